package dev.logdex.recommender.page;

import dev.logdex.recommender.advice.VisibleText;
import java.util.List;
import java.util.stream.Stream;

/**
 * Markup that is safe to send. It is made of {@link Element elements}, whose names stand in this
 * package, and of text, which is always escaped: there is no way in for a string as it came.
 */
interface Html {
  /** No text on the page is longer; code points. */
  int LONGEST_TEXT = 20_000;

  Html NOTHING = page -> {};

  void writeTo(StringBuilder page);

  /** Text that may hold anything: what is invisible is replaced, what is too long is cut. */
  static Html text(String text) {
    return page -> escape(VisibleText.oneLine(VisibleText.cut(text, LONGEST_TEXT)), page);
  }

  static Html all(Html... parts) {
    return all(List.of(parts));
  }

  static Html all(List<? extends Html> parts) {
    return page -> parts.forEach(part -> part.writeTo(page));
  }

  static Html all(Stream<? extends Html> parts) {
    return all(parts.toList());
  }

  default String markup() {
    StringBuilder page = new StringBuilder();
    writeTo(page);
    return page.toString();
  }

  /** Escapes for text and for attribute values in double quotes alike. */
  private static void escape(String text, StringBuilder page) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> page.append("&amp;");
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '"' -> page.append("&quot;");
        case '\'' -> page.append("&#39;");
        default -> page.append(c);
      }
    }
  }
}
