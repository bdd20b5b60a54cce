import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/**
 * Writes a stderr log such as a busy server writes: log_line_prefix '%m [%p] %q%u@%d ', every
 * statement with its duration, backends taking turns. The same arguments give the same bytes.
 *
 * <p>{@code java StderrLog.java FILE MEGABYTES [short|orm|long|mixed]}
 */
final class StderrLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String[] TABLES = {
    "orders", "customers", "line_items", "products", "shipments", "invoices", "payments", "carts",
    "addresses", "coupons", "reviews", "stock_levels", "suppliers", "returns", "sessions", "events"
  };
  private static final String[] COLUMNS = {
    "id", "customer_id", "status", "created_at", "updated_at", "total_cents", "currency", "note",
    "shipped_at", "reference", "channel", "region_id", "priority", "external_id"
  };

  private final Random random = new Random(7);
  private final StringBuilder out = new StringBuilder();
  private long millis = Instant.parse("2026-11-20T00:00:00Z").toEpochMilli();
  private String time = TIME.format(Instant.ofEpochMilli(millis));

  private StderrLog() {}

  public static void main(String[] args) throws IOException {
    new StderrLog().write(
        Path.of(args[0]), Long.parseLong(args[1]) << 20, args.length > 2 ? args[2] : "mixed");
  }

  private void write(Path file, long bytes, String mix) throws IOException {
    try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      long written = 0;
      while (written < bytes) {
        out.setLength(0);
        while (out.length() < 1 << 16) {
          entry(mix);
        }
        byte[] text = out.toString().getBytes(StandardCharsets.UTF_8);
        to.write(text);
        written += text.length;
      }
    }
  }

  private void entry(String mix) {
    if (random.nextInt(3) == 0) {
      millis += 1;
      time = TIME.format(Instant.ofEpochMilli(millis));
    }
    String prefix = time + " UTC [" + (20_000 + random.nextInt(64)) + "] app@shop ";
    int kind = random.nextInt(100);
    switch (mix) {
      case "short" -> shortEntry(prefix, kind);
      case "orm" -> ormEntry(prefix);
      case "long" -> longEntry(prefix);
      default -> {
        if (kind < 60) {
          shortEntry(prefix, random.nextInt(100));
        } else if (kind < 90) {
          ormEntry(prefix);
        } else {
          longEntry(prefix);
        }
      }
    }
  }

  private StringBuilder head(String prefix) {
    return out.append(prefix)
        .append("LOG:  duration: ")
        .append(random.nextInt(20))
        .append('.')
        .append(100 + random.nextInt(900))
        .append(" ms  ");
  }

  /** What pgbench runs; and now and then something that is no statement. */
  private void shortEntry(String prefix, int kind) {
    int account = 1 + random.nextInt(5_000_000);
    if (kind < 20) {
      head(prefix).append("statement: BEGIN;\n");
    } else if (kind < 38) {
      head(prefix).append("statement: UPDATE pgbench_accounts SET abalance = abalance + ")
          .append(random.nextInt(10_000) - 5000).append(" WHERE aid = ").append(account)
          .append(";\n");
    } else if (kind < 56) {
      head(prefix).append("statement: SELECT abalance FROM pgbench_accounts WHERE aid = ")
          .append(account).append(";\n");
    } else if (kind < 70) {
      head(prefix).append("statement: UPDATE pgbench_tellers SET tbalance = tbalance + 17 WHERE tid")
          .append(" = ").append(account % 500).append(";\n");
    } else if (kind < 84) {
      head(prefix).append("statement: INSERT INTO pgbench_history (tid, bid, aid, delta, mtime)")
          .append(" VALUES (").append(account % 500).append(", 7, ").append(account)
          .append(", -311, CURRENT_TIMESTAMP);\n");
    } else if (kind < 99) {
      head(prefix).append("statement: END;\n");
    } else {
      out.append(prefix).append("ERROR:  duplicate key value violates unique constraint \"k\"\n");
      out.append(prefix).append("DETAIL:  Key (id)=(").append(account).append(") already exists.\n");
      out.append(prefix).append("STATEMENT:  insert into k (id) values (").append(account)
          .append(")\n");
    }
  }

  /** One line of 300 to 600 bytes, by an object-relational mapper. */
  private void ormEntry(String prefix) {
    String table = TABLES[random.nextInt(TABLES.length)];
    head(prefix).append("statement: SELECT ");
    int columns = 6 + random.nextInt(8);
    for (int i = 0; i < columns; i++) {
      out.append(i == 0 ? "" : ", ").append('"').append(table).append("\".\"").append(COLUMNS[i])
          .append('"');
    }
    out.append(" FROM \"").append(table).append("\" WHERE \"").append(table)
        .append("\".\"customer_id\" = ").append(random.nextInt(1_000_000)).append(" AND \"")
        .append(table).append("\".\"status\" IN ('new', 'paid', 'shipped') ORDER BY \"")
        .append(table).append("\".\"created_at\" DESC LIMIT ").append(10 + random.nextInt(40))
        .append('\n');
  }

  /** A statement of several lines with its parameters. */
  private void longEntry(String prefix) {
    String table = TABLES[random.nextInt(TABLES.length)];
    head(prefix).append("execute <unnamed>: SELECT t.id,\n");
    int columns = 4 + random.nextInt(8);
    for (int i = 1; i < columns; i++) {
      out.append("\t       t.").append(COLUMNS[i]).append(",\n");
    }
    out.append("\t       count(l.id) AS lines\n\t  FROM ").append(table)
        .append(" t\n\t  LEFT JOIN line_items l ON l.order_id = t.id\n\t WHERE t.customer_id = $1\n")
        .append("\t   AND t.created_at >= $2\n\t   AND t.note <> $3\n\t GROUP BY t.id\n")
        .append("\t ORDER BY t.created_at DESC\n");
    out.append(prefix).append("DETAIL:  parameters: $1 = '").append(random.nextInt(1_000_000))
        .append("', $2 = '2026-11-01 00:00:00+00', $3 = 'it''s nothing, $2 = ''x'''\n");
  }
}
