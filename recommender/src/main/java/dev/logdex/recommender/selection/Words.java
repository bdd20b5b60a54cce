package dev.logdex.recommender.selection;

/** Finds a name in SQL text as a whole word. */
final class Words {
  private Words() {}

  /** Whether {@code word} stands in the text with no part of a name on either side. */
  static boolean contains(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      if ((at == 0 || !isNamePart(text.charAt(at - 1)) || !isNamePart(word.charAt(0)))
          && (end == text.length()
              || !isNamePart(text.charAt(end))
              || !isNamePart(word.charAt(word.length() - 1)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
