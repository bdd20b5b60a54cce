package dev.logdex.analyzer.statement;

import dev.logdex.sql.TokenKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gives parameters a type where Postgres cannot tell one. A driver had told it when the statement
 * ran; in the log that is lost.
 */
public final class ParameterCasts {
  private static final Set<String> TYPES_BEFORE_CONSTANTS =
      Set.of("interval", "date", "time", "timetz", "timestamp", "timestamptz");
  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "%");

  /** How values look, and the type of those that look so; the first that fits. */
  private static final List<Map.Entry<Pattern, String>> FORMS =
      List.of(
          Map.entry(Pattern.compile("-?\\d{1,9}"), "integer"),
          Map.entry(Pattern.compile("-?\\d{10,18}"), "bigint"),
          Map.entry(Pattern.compile("-?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?"), "numeric"),
          Map.entry(Pattern.compile("(?i)t|f|true|false"), "boolean"),
          Map.entry(Pattern.compile("\\d{4}-\\d\\d-\\d\\d"), "date"),
          Map.entry(
              Pattern.compile("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?"),
              "timestamp"),
          Map.entry(
              Pattern.compile(
                  "\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[-+]\\d\\d(:?\\d\\d)?)"),
              "timestamptz"),
          Map.entry(Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "uuid"));

  private ParameterCasts() {}

  /**
   * Texts of pg_stat_statements have {@code interval $1} where {@code interval '1 day'} stood,
   * which is no SQL: it becomes {@code $1::interval}.
   */
  public static String afterTypes(String text) {
    Tokens tokens = new Tokens(text);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Tokens.Token type = tokens.get(i);
      boolean typed =
          type.kind() == TokenKind.IDENTIFIER
              && TYPES_BEFORE_CONSTANTS.contains(type.name())
              && tokens.is(i + 1, TokenKind.PARAMETER);
      if (typed) {
        Tokens.Token parameter = tokens.get(i + 1);
        out.append(tokens.between(copied, type.start())).append(parameter.text());
        out.append("::").append(type.name());
        copied = parameter.end();
      }
    }
    return out.append(tokens.rest(copied)).toString();
  }

  /**
   * Gives each place of a parameter a number of its own: then each can have the type that its place
   * wants. For a generic plan nothing is lost, since that knows no value.
   */
  public static String apart(String text) {
    int[] number = {0};
    return rewritten(text, (tokens, place) -> Optional.of("$" + ++number[0]));
  }

  /** Casts one parameter wherever it stands. */
  public static String cast(String text, String parameter, String type) {
    return rewritten(
        text,
        (tokens, place) ->
            Optional.of(tokens.get(place).text())
                .filter(parameter::equals)
                .map(same -> same + "::" + type));
  }

  /** Casts the parameters that are operands of arithmetic, by turns to these types. */
  public static String castOperands(String text, List<String> types) {
    int[] seen = {0};
    return rewritten(
        text,
        (tokens, place) ->
            isOperand(tokens, place)
                ? Optional.of(tokens.get(place).text() + "::" + types.get(seen[0]++ % types.size()))
                : Optional.empty());
  }

  /**
   * Casts every parameter to the type that its value looks like.
   *
   * @param values of {@code $1…}; a null one gets no cast
   */
  public static String castByValues(String text, List<@Nullable String> values) {
    return rewritten(
        text,
        (tokens, place) -> {
          String parameter = tokens.get(place).text();
          return value(parameter, values).map(value -> parameter + "::" + typeOf(value));
        });
  }

  private static Optional<String> value(String parameter, List<@Nullable String> values) {
    String digits = parameter.substring(1);
    int number = digits.length() > 5 ? 0 : Integer.parseInt(digits);
    return number < 1 || number > values.size()
        ? Optional.empty()
        : Optional.ofNullable(values.get(number - 1));
  }

  /** The type of which a value in text form most likely is. */
  static String typeOf(String value) {
    return FORMS.stream()
        .filter(form -> form.getKey().matcher(value).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("text");
  }

  private static boolean isOperand(Tokens tokens, int place) {
    return isArithmetic(tokens, place - 1) || isArithmetic(tokens, place + 1);
  }

  private static boolean isArithmetic(Tokens tokens, int place) {
    return tokens.is(place, TokenKind.OPERATOR) && ARITHMETIC.contains(tokens.get(place).text());
  }

  private static String rewritten(
      String text, BiFunction<Tokens, Integer, Optional<String>> replacement) {
    Tokens tokens = new Tokens(text);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      boolean uncast = tokens.is(i, TokenKind.PARAMETER) && !tokens.is(i + 1, TokenKind.TYPECAST);
      boolean numbered = tokens.is(i, TokenKind.PARAMETER);
      Optional<String> other = numbered ? replacement.apply(tokens, i) : Optional.empty();
      if (other.isPresent() && (uncast || !other.get().contains("::"))) {
        out.append(tokens.between(copied, tokens.get(i).start())).append(other.get());
        copied = tokens.get(i).end();
      }
    }
    return out.append(tokens.rest(copied)).toString();
  }
}
