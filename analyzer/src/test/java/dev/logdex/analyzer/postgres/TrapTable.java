package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The table of {@code docs/traps.md}, a section for each class of tests: what was measured is
 * written to {@code target/traps.md}.
 */
final class TrapTable {
  private static final String HEAD = "| trap | plain | Logdex | how |\n|---|---|---|---|\n";

  /** Of all classes of the run, by section. */
  private static final SortedMap<String, SortedMap<String, String>> MEASURED = new TreeMap<>();

  private final String section;

  TrapTable(String section) {
    this.section = section;
    MEASURED.put(section, new TreeMap<>());
  }

  /** Adds a row. */
  void told(String trap, String plain, String ours, String how) {
    MEASURED
        .get(section)
        .put(trap, "| " + trap + " | " + plain + " | " + ours + " | " + how + " |\n");
  }

  /** Text with planner units in it, as {@code %,.1f}. */
  static String say(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }

  /** Writes what was measured; every row that is documented must have been, and no other. */
  void write() throws IOException {
    StringBuilder text = new StringBuilder();
    MEASURED.forEach(
        (name, rows) -> {
          text.append("## ").append(name).append("\n\n").append(HEAD);
          rows.values().forEach(text::append);
          text.append('\n');
        });
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/traps.md"), text);
    assertThat(
            documented()
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| trap |"))
                .map(line -> line.split(" \\| ", 2)[0].substring(2)))
        .as("rows of docs/traps.md, section " + section)
        .containsExactlyInAnyOrderElementsOf(MEASURED.get(section).keySet());
  }

  private String documented() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/traps.md"))) {
      folder = folder.getParent();
    }
    String all = Files.readString(folder.resolve("docs/traps.md"));
    int from = all.indexOf("## " + section + "\n");
    if (from < 0) {
      return "";
    }
    int to = all.indexOf("\n## ", from);
    return all.substring(from, to < 0 ? all.length() : to);
  }

  static TableAnalysis table(DatabaseAnalysis analysis, String name) {
    return analysis.tables().stream()
        .filter(each -> each.table().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** What the statement costs with a candidate whose definition contains the text. */
  static Optional<Double> cost(TableAnalysis table, String index) {
    return table.statementCosts().stream()
        .filter(each -> each.index().contains(index))
        .map(StatementCost::cost)
        .findFirst();
  }
}
