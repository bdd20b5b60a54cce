package dev.logdex.normalizer.fingerprint;

import dev.logdex.sql.SqlLexer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Prints how many megabytes of statements a second of one core's time reads. Run by hand. */
final class FingerprintThroughput {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT \"orders\".\"id\", \"orders\".\"customer_id\", \"orders\".\"placed_at\" FROM"
              + " \"orders\" WHERE \"orders\".\"customer_id\" = 482913 AND \"orders\".\"status\" IN"
              + " ('new', 'paid', 'shipped') ORDER BY \"orders\".\"placed_at\" DESC LIMIT 25",
          "SELECT u.id, u.name, count(o.id) AS order_count FROM users u LEFT JOIN orders o ON"
              + " o.user_id = u.id WHERE u.created_at > '2024-01-01'::timestamptz AND u.email LIKE"
              + " 'someone%' GROUP BY u.id, u.name HAVING count(o.id) > 5 ORDER BY 3 DESC",
          "INSERT INTO events (id, kind, payload, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
          "UPDATE accounts SET balance = balance - 120.50, updated_at = now() WHERE id = 77123"
              + " /*application='shop',controller='accounts',action='pay'*/",
          "INSERT INTO documents (id, body) VALUES (17, '"
              + "Lorem ipsum dolor sit amet, ''consectetur'' adipiscing elit. ".repeat(8)
              + "')");

  private FingerprintThroughput() {}

  public static void main(String[] args) {
    for (int round = 0; round < 5; round++) {
      for (String statement : STATEMENTS) {
        byte[] text = statement.getBytes(StandardCharsets.UTF_8);
        System.out.printf(
            Locale.ROOT,
            "%5d bytes  lexer %5.0f MB/s  fingerprint %5.0f MB/s%n",
            text.length,
            lexed(text),
            fingerprinted(text));
      }
    }
  }

  private static double lexed(byte[] text) {
    SqlLexer lexer = new SqlLexer();
    int repetitions = 100_000_000 / text.length;
    int tokens = 0;
    long start = cpuNanos();
    for (int i = 0; i < repetitions; i++) {
      lexer.reset(text, 0, text.length);
      while (lexer.next()) {
        tokens++;
      }
    }
    return megabytesPerSecond(text, repetitions, cpuNanos() - start, tokens);
  }

  private static double fingerprinted(byte[] text) {
    StatementNormalizer normalizer = new StatementNormalizer();
    int repetitions = 100_000_000 / text.length;
    long sum = 0;
    long start = cpuNanos();
    for (int i = 0; i < repetitions; i++) {
      normalizer.read(text, 0, text.length);
      sum += normalizer.fingerprint().bits();
    }
    return megabytesPerSecond(text, repetitions, cpuNanos() - start, sum);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The last argument keeps the work from being optimised away. */
  private static double megabytesPerSecond(byte[] text, int repetitions, long nanos, long result) {
    return result == 42 ? 0 : (double) text.length * repetitions * 1000 / nanos;
  }
}
