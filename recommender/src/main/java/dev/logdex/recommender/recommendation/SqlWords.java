package dev.logdex.recommender.recommendation;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words of an expression that may stand in a name: no literals, no casts, no operators. */
final class SqlWords {
  private static final Pattern STRING =
      Pattern.compile(
          "(?i)\\be'(?:[^'\\\\]|\\\\.|'')*+'?|'(?:[^']|'')*+'?|(\\$\\w*\\$).*?(?:\\1|\\z)",
          Pattern.DOTALL);
  private static final Pattern CAST =
      Pattern.compile(
          "(?i)::\\s*(?:character varying|bit varying|double precision"
              + "|time(?:stamp)?(?:\\(\\d+\\))? with(?:out)? time zone|\"[^\"]*+\"|[\\w.]+)"
              + "(?:\\([\\d, ]*\\))?(?:\\[\\d*\\])*");
  private static final Pattern WORD =
      Pattern.compile(
          "\"(?:[^\"]|\"\")*+\"|(?<![\\w$])[\\p{L}_][\\p{L}\\p{N}_$]*",
          Pattern.UNICODE_CHARACTER_CLASS);

  private SqlWords() {}

  /** The words in order, joined by underscores; empty when there are none. */
  static String of(String expression) {
    String bare = CAST.matcher(STRING.matcher(expression).replaceAll(" ")).replaceAll(" ");
    return WORD.matcher(bare)
        .results()
        .map(MatchResult::group)
        .map(SqlWords::word)
        .collect(joining("_"));
  }

  private static String word(String token) {
    return token.startsWith("\"") ? SqlIdentifier.unquoted(token) : token.toLowerCase(Locale.ROOT);
  }
}
