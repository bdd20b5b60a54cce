package dev.logdex.deploy.benchmark;

import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.deploy.terminal.TextTable;
import dev.logdex.deploy.terminal.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of the benchmark as a person reads them. */
final class SelectionText {
  private SelectionText() {}

  static List<String> of(List<SupposedFigures> supposed, List<SetFigures> measured) {
    List<String> lines = new ArrayList<>();
    lines.add("Not built (HypoPG):");
    lines.addAll(supposed(supposed));
    lines.add("");
    lines.add("Built:");
    lines.addAll(summary(measured));
    for (SetFigures set : measured) {
      lines.add("");
      lines.add(set.set().name() + ":");
      set.set()
          .indexes()
          .forEach(index -> lines.add("  " + Amounts.bytes(index.sizeBytes()) + "  " + index));
      lines.addAll(queries(set));
      lines.add(slower(set));
    }
    return lines;
  }

  private static List<String> supposed(List<SupposedFigures> figures) {
    TextTable table =
        new TextTable(
            Column.text("set"),
            Column.number("indexes"),
            Column.number("expected size"),
            Column.number("planner cost"),
            Column.number("of today's"));
    for (SupposedFigures each : figures) {
      table.row(
          each.set().name(),
          Integer.toString(each.set().indexes().size()),
          Amounts.bytes(each.set().sizeBytes()),
          whole(each.cost()),
          percent(each.cost() / figures.get(0).cost()));
    }
    return table.lines();
  }

  private static List<String> summary(List<SetFigures> figures) {
    TextTable table =
        new TextTable(
            Column.text("set"),
            Column.number("indexes"),
            Column.number("expected size"),
            Column.number("real size"),
            Column.number("build s"),
            Column.number("cost before"),
            Column.number("cost after"),
            Column.number("mean ratio"),
            Column.number("s before"),
            Column.number("s after"),
            Column.number("mean ratio"),
            Column.number("slower"));
    for (SetFigures each : figures) {
      table.row(
          each.set().name(),
          Integer.toString(each.set().indexes().size()),
          Amounts.bytes(each.set().sizeBytes()),
          Amounts.bytes(each.sizeBytes()),
          String.format(Locale.ROOT, "%.1f", each.buildSeconds()),
          whole(each.costBefore()),
          whole(each.costAfter()),
          ratio(each.meanCostRatio()),
          String.format(Locale.ROOT, "%.1f", each.msBefore() / 1000),
          String.format(Locale.ROOT, "%.1f", each.msAfter() / 1000),
          ratio(each.meanTimeRatio()),
          Integer.toString(each.slower().size()));
    }
    return table.lines();
  }

  private static List<String> queries(SetFigures set) {
    TextTable table =
        new TextTable(
            Column.text("query"),
            Column.number("cost before"),
            Column.number("cost after"),
            Column.number("ratio"),
            Column.number("ms before"),
            Column.number("ms after"),
            Column.number("ratio"),
            Column.text(""));
    for (QueryFigures each : set.queries()) {
      table.row(
          each.query(),
          whole(each.costBefore()),
          whole(each.costAfter()),
          ratio(each.costRatio()),
          each.before().toString(),
          each.after().toString(),
          ratio(each.after().ms() / each.before().ms()),
          each.samePlan() ? "same plan" : each.isSlower() ? "slower" : "");
    }
    return table.lines();
  }

  private static String slower(SetFigures set) {
    return set.slower().isEmpty()
        ? "No query is slower."
        : "Slower: " + String.join(", ", set.slower().stream().map(QueryFigures::query).toList());
  }

  private static String whole(double amount) {
    return Amounts.count(Math.round(amount));
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, "%.3f", ratio);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
