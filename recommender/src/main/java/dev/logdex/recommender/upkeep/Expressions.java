package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.Observation.Misestimate;
import dev.logdex.analyzer.event.Scan;
import dev.logdex.analyzer.event.TableAnalysis;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the function call that a condition compares with a constant, where there is one. */
final class Expressions {
  private static final Pattern COMPARED =
      Pattern.compile(
          "\\(*(?<call>[a-z_][a-z0-9_]*\\(.+\\)) (?:=|<|>|<=|>=|~~) \\$\\d+(?:::[a-z0-9_ ]+)?\\)*");

  private Expressions() {}

  /** Of the scans that the observed statements make of the observed column; in parentheses. */
  static List<String> of(TableAnalysis analysis, Misestimate seen) {
    return seen.columns().size() != 1
        ? List.of()
        : analysis.scans().stream()
            .filter(scan -> scan.statements().stream().anyMatch(seen.fingerprints()::contains))
            .map(Scan::whereClauses)
            .filter(clauses -> clauses.size() == 1)
            .flatMap(clauses -> call(clauses.get(0)).stream())
            .filter(call -> call.contains(seen.columns().get(0)))
            .map(call -> "(" + call + ")")
            .distinct()
            .sorted()
            .toList();
  }

  private static Optional<String> call(String clause) {
    Matcher compared = COMPARED.matcher(clause);
    return compared.matches()
        ? Optional.of(compared.group("call"))
            .filter(Expressions::isOneCall)
            .filter(call -> call.indexOf('$') < 0)
        : Optional.empty();
  }

  /** Whether the parenthesis that opens first closes last, and all in between are in pairs. */
  private static boolean isOneCall(String text) {
    int depth = 0;
    for (int i = text.indexOf('('); i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == '\'' || c == '"' || (depth == 0 && i < text.length() - 1)) {
        return false;
      }
    }
    return depth == 0;
  }
}
