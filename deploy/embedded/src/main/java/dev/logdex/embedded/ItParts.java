package dev.logdex.embedded;

import java.util.HashMap;
import java.util.Map;

/**
 * The real parts that integration tests run on: one broker and one Postgres, shared by all tests of
 * a JVM, started when first asked for and stopped at its exit.
 *
 * <p>{@code IT_KAFKA} (bootstrap servers) and {@code IT_POSTGRES} (an address as for {@link
 * LocalPostgres#ADDRESS_VARIABLE}) name others to use instead.
 */
public final class ItParts {
  private ItParts() {}

  /** Bootstrap servers of the broker. Topics stay, so tests give theirs names of their own. */
  public static String kafka() {
    return Kafka.BOOTSTRAP_SERVERS;
  }

  /** The Postgres; each test makes databases of its own in it. */
  public static PostgresServer postgres() {
    return Postgres.SERVER;
  }

  private static void closeAtExit(String name, Runnable close) {
    Runtime.getRuntime().addShutdownHook(new Thread(close, "close-" + name));
  }

  private static final class Kafka {
    static final String BOOTSTRAP_SERVERS = bootstrapServers();

    private static String bootstrapServers() {
      String given = System.getenv().getOrDefault("IT_KAFKA", "");
      if (!given.isBlank()) {
        return given;
      }
      EmbeddedKafka kafka = EmbeddedKafka.start();
      closeAtExit("kafka", kafka::close);
      return kafka.bootstrapServers();
    }
  }

  private static final class Postgres {
    static final PostgresServer SERVER = start();

    private static PostgresServer start() {
      Map<String, String> environment = new HashMap<>(System.getenv());
      // an address that is meant for Logdex itself is not for tests
      environment.put(LocalPostgres.ADDRESS_VARIABLE, environment.getOrDefault("IT_POSTGRES", ""));
      LocalPostgres postgres = LocalPostgres.start(environment, Map.of(), System.err::println);
      closeAtExit("postgres", postgres::close);
      return postgres;
    }
  }
}
