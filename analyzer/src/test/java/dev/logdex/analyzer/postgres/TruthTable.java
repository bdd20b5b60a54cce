package dev.logdex.analyzer.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The rows of docs/truth.md: what was promised of an index, what the planner says when it is built,
 * and how long the statement takes. The times are those of one machine, which nothing asserts.
 */
final class TruthTable {
  private static final int RUNS = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;
  private final List<String> rows = new ArrayList<>();

  TruthTable(String url) {
    this.url = url;
    rows.add("| statement | index | cost today | promised | built | today ms | built ms |");
    rows.add("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
  }

  /** Planner units of the statement today, as promised with the index, and with it. */
  record Costs(double today, double promised, double built) {}

  void add(String statement, String index, Costs costs, String before, String after) {
    rows.add(
        String.format(
            Locale.ROOT,
            "| `%s` | `%s` | %.2f | %.2f | %.2f | %s | %s |",
            escaped(statement),
            escaped(index),
            costs.today,
            costs.promised,
            costs.built,
            before,
            after));
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }

  /** Median of the execution times in milliseconds; a statement that writes is not run. */
  String time(String statement) {
    if (!statement.startsWith("SELECT")) {
      return "-";
    }
    double[] times = new double[RUNS];
    try (Connection connection = DriverManager.getConnection(url);
        Statement sql = connection.createStatement()) {
      for (int run = 0; run < RUNS; run++) {
        try (ResultSet plan =
            sql.executeQuery("EXPLAIN (ANALYZE, TIMING off, FORMAT JSON) " + statement)) {
          plan.next();
          times[run] = JSON.readTree(plan.getString(1)).get(0).get("Execution Time").asDouble();
        }
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
    Arrays.sort(times);
    return String.format(Locale.ROOT, "%.2f", times[RUNS / 2]);
  }

  void write() {
    try {
      Files.createDirectories(Path.of("target"));
      Files.writeString(Path.of("target/truth.md"), String.join("\n", rows) + "\n", UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
