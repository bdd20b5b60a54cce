package dev.logdex.normalizer.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Kinds of statements as applications send them. The texts of a kind differ in tables, columns and
 * values, so that the processor cannot learn one text by heart; they are the same in every run.
 */
public enum Corpus {
  /** The seven statements of pgbench's TPC-B-like script, 4 to 95 bytes. */
  PGBENCH,
  /** SELECTs as an object mapper writes them: 200 to 600 bytes, every name quoted. */
  ORM_SELECT,
  /** One row of 20 columns, values as literals or, in every second one, as parameters. */
  INSERT,
  /** 100 to 500 numbers or strings in an IN list. */
  IN_LIST,
  /** Reports on many lines, written by hand, with comments and joins. */
  REPORT,
  /** Some of each. */
  MIX;

  private static final int BYTES = 256 * 1024;

  private static final List<String> TABLES =
      List.of(
          "orders",
          "customers",
          "line_items",
          "products",
          "shipments",
          "invoices",
          "accounts",
          "addresses",
          "user_sessions",
          "audit_events",
          "payments",
          "stock_levels");

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "customer_id",
          "status",
          "created_at",
          "updated_at",
          "email",
          "name",
          "total_cents",
          "currency",
          "description",
          "position",
          "deleted_at",
          "parent_id",
          "quantity",
          "token",
          "locale",
          "last_seen_at",
          "price",
          "sku",
          "active");

  /** About a quarter of a megabyte of statements: they stay in a core's cache, as a log's do. */
  Texts texts() {
    Random random = new Random(1);
    Texts.Builder texts = new Texts.Builder();
    while (texts.length() < BYTES) {
      texts.add(text(random).getBytes(StandardCharsets.UTF_8));
    }
    return texts.build();
  }

  private String text(Random random) {
    return switch (this) {
      case PGBENCH -> pgbench(random);
      case ORM_SELECT -> ormSelect(random);
      case INSERT -> insert(random);
      case IN_LIST -> inList(random);
      case REPORT -> report(random);
      case MIX -> mix(random);
    };
  }

  private static String pgbench(Random random) {
    int account = random.nextInt(1_000_000);
    int delta = random.nextInt(10_000) - 5_000;
    return switch (random.nextInt(7)) {
      case 0 -> "BEGIN;";
      case 1 ->
          "UPDATE pgbench_accounts SET abalance = abalance + "
              + delta
              + " WHERE aid = "
              + account
              + ";";
      case 2 -> "SELECT abalance FROM pgbench_accounts WHERE aid = " + account + ";";
      case 3 ->
          "UPDATE pgbench_tellers SET tbalance = tbalance + "
              + delta
              + " WHERE tid = "
              + account % 100
              + ";";
      case 4 ->
          "UPDATE pgbench_branches SET bbalance = bbalance + "
              + delta
              + " WHERE bid = "
              + account % 10
              + ";";
      case 5 ->
          "INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ("
              + account % 100
              + ", "
              + account % 10
              + ", "
              + account
              + ", "
              + delta
              + ", CURRENT_TIMESTAMP);";
      default -> "END;";
    };
  }

  private static String ormSelect(Random random) {
    String table = one(TABLES, random);
    StringBuilder sql = new StringBuilder("SELECT ");
    int columns = 4 + random.nextInt(9);
    for (int i = 0; i < columns; i++) {
      sql.append(i == 0 ? "" : ", ").append(column(table, random));
    }
    sql.append(" FROM \"").append(table).append('"');
    if (random.nextBoolean()) {
      String joined = one(TABLES, random);
      sql.append(" INNER JOIN \"").append(joined).append("\" ON ");
      sql.append(column(joined, random)).append(" = ").append(column(table, random));
    }
    sql.append(" WHERE ").append(column(table, random)).append(" = ");
    sql.append(random.nextBoolean() ? "$1" : Integer.toString(random.nextInt(1_000_000)));
    sql.append(" AND ").append(column(table, random)).append(" IN ('new', 'paid', 'shipped')");
    sql.append(" AND ").append(column(table, random)).append(" IS NULL ORDER BY ");
    sql.append(column(table, random)).append(random.nextBoolean() ? " DESC" : " ASC");
    sql.append(" LIMIT ").append(1 + random.nextInt(100));
    if (random.nextBoolean()) {
      sql.append(" /*application='shop',controller='").append(table).append("',action='index'*/");
    }
    return sql.toString();
  }

  private static String column(String table, Random random) {
    return '"' + table + "\".\"" + one(COLUMNS, random) + '"';
  }

  private static String insert(Random random) {
    boolean parameters = random.nextBoolean();
    StringBuilder values = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      values.append(i == 1 ? "" : ", ").append(parameters ? "$" + i : literal(random));
    }
    return "INSERT INTO \""
        + one(TABLES, random)
        + "\" (\""
        + String.join("\", \"", COLUMNS)
        + "\") VALUES ("
        + values
        + ") RETURNING \"id\"";
  }

  private static String literal(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Integer.toString(random.nextInt(1_000_000) - 500_000);
      case 1 -> String.format(Locale.ROOT, "%.2f", random.nextDouble() * 1000);
      case 2 -> "NULL";
      case 3 -> "'2024-03-" + (10 + random.nextInt(20)) + " 12:34:56.789012'::timestamptz";
      case 4 -> "'customer" + random.nextInt(1000) + "@example.com'";
      default -> "'It''s the " + random.nextInt(1000) + "th of its kind, and not the last one'";
    };
  }

  private static String inList(Random random) {
    boolean numbers = random.nextBoolean();
    StringBuilder sql = new StringBuilder("SELECT * FROM ").append(one(TABLES, random));
    sql.append(" WHERE ").append(one(COLUMNS, random)).append(" IN (");
    int items = 100 + random.nextInt(400);
    for (int i = 0; i < items; i++) {
      int value = random.nextInt(10_000_000);
      sql.append(i == 0 ? "" : ", ").append(numbers ? value : "'k" + value + "'");
    }
    return sql.append(") ORDER BY created_at DESC").toString();
  }

  private static String report(Random random) {
    String table = one(TABLES, random);
    StringBuilder sql = new StringBuilder("-- weekly figures of ").append(table).append("\nWITH ");
    sql.append("recent AS (\n    SELECT *\n    FROM ").append(table);
    sql.append("\n    WHERE created_at >= now() - interval '").append(random.nextInt(30));
    sql.append(" days'\n)\nSELECT\n    date_trunc('week', r.created_at) AS week,\n");
    int columns = 3 + random.nextInt(10);
    for (int i = 0; i < columns; i++) {
      String column = one(COLUMNS, random);
      sql.append("    sum(CASE WHEN r.").append(column).append(" = '").append(i);
      sql.append("' THEN coalesce(r.").append(one(COLUMNS, random)).append(", 0) ELSE 0 END)");
      sql.append(" AS ").append(column).append("_total,\n");
    }
    sql.append("    count(DISTINCT r.customer_id) AS customers  /* not visits */\nFROM recent r\n");
    sql.append("LEFT JOIN ").append(one(TABLES, random)).append(" o ON o.").append(table);
    sql.append("_id = r.id AND o.").append(one(COLUMNS, random)).append(" IS NOT NULL\n");
    sql.append("WHERE r.").append(one(COLUMNS, random)).append(" BETWEEN ");
    sql.append(random.nextInt(100)).append(" AND ").append(random.nextInt(1000));
    return sql.append("\nGROUP BY 1\nHAVING count(*) > 10\nORDER BY 1 DESC NULLS LAST").toString();
  }

  private static String mix(Random random) {
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> pgbench(random);
      case 4, 5, 6, 7 -> ormSelect(random);
      case 8, 9, 10 -> insert(random);
      default -> report(random);
    };
  }

  private static <T> T one(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
