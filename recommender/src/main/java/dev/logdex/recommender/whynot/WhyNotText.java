package dev.logdex.recommender.whynot;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.advice.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The statements that got nothing, summed up by reason, as plain text of 100 columns. */
public final class WhyNotText {
  private static final int WIDTH = 100;
  private static final int EXAMPLES = 3;
  private static final int EXAMPLE_LENGTH = 300;
  private static final String INDENT = "    ";

  private WhyNotText() {}

  /** Empty when every statement got something; ends with a line end otherwise. */
  public static String render(List<WhyNot> statements) {
    if (statements.isEmpty()) {
      return "";
    }
    List<String> lines = new ArrayList<>();
    lines.add(Figures.counted(statements.size(), "query", "queries") + " got nothing:");
    Map<WhyNotReason, List<WhyNot>> byReason =
        statements.stream()
            .collect(groupingBy(WhyNot::reason, () -> new EnumMap<>(WhyNotReason.class), toList()));
    byReason.entrySet().stream()
        .sorted(Comparator.comparingInt(reason -> -reason.getValue().size()))
        .forEach(reason -> lines.addAll(group(reason.getKey(), reason.getValue())));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> group(WhyNotReason reason, List<WhyNot> statements) {
    List<String> lines = new ArrayList<>();
    long calls = statements.stream().mapToLong(WhyNot::calls).sum();
    lines.add("");
    lines.addAll(
        VisibleText.wrap(
            "%s (%s, %s): %s"
                .formatted(
                    reason.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    Figures.counted(statements.size(), "query", "queries"),
                    Figures.counted(calls, "call", "calls"),
                    reason.meaning()),
            WIDTH));
    statements.stream()
        .sorted(
            Comparator.comparingLong((WhyNot statement) -> -statement.calls())
                .thenComparing(WhyNot::fingerprint))
        .limit(EXAMPLES)
        .forEach(statement -> lines.addAll(example(statement)));
    return lines;
  }

  private static List<String> example(WhyNot statement) {
    List<String> lines = new ArrayList<>();
    VisibleText.wrap(
            statement.fingerprint()
                + " ("
                + Figures.counted(statement.calls(), "call", "calls")
                + "): "
                + statement.sentence(),
            WIDTH - 2)
        .forEach(line -> lines.add("  " + line));
    VisibleText.wrapSql(VisibleText.cut(statement.text(), EXAMPLE_LENGTH), WIDTH - INDENT.length())
        .forEach(line -> lines.add(INDENT + line));
    return lines;
  }
}
