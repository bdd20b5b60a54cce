package dev.logdex.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.embedded.EmbeddedKafka;
import dev.logdex.ingest.event.LogHeader;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same logs of several servers, their records arriving in another order each time: what is
 * advised in the end, and where it stands, does not depend on it.
 */
@Timeout(900)
class ShuffledReplaysIT {
  private static final int REPLAYS = 10;
  private static final int SOURCES = 4;

  @TempDir private Path folder;

  @Test
  void tenReplaysInShuffledOrderEndWithTheSameAdvice() throws Exception {
    try (ScratchDatabase database = ScratchDatabase.create("shuffled");
        EmbeddedKafka kafka = EmbeddedKafka.start()) {
      fill(database);
      List<List<String>> sources = sources();
      Map<String, String> first = replay(kafka, database, sources, 0);
      assertThat(first).hasSizeGreaterThanOrEqualTo(3);

      for (int seed = 1; seed < REPLAYS; seed++) {
        assertThat(replay(kafka, database, sources, seed)).as("seed %s", seed).isEqualTo(first);
      }
    }
  }

  /** The state, definition and saving of each recommendation at the end, by its id. */
  private Map<String, String> replay(
      EmbeddedKafka kafka, ScratchDatabase database, List<List<String>> sources, int seed)
      throws IOException {
    String prefix = "shuffle" + seed + ".";
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    TopicAdmin.createMissing(client, prefix);
    send(client, Topic.LOGS.named(prefix), sources, new Random(seed));
    Path last = Files.writeString(folder.resolve("last-" + seed + ".log"), line(9, "SELECT 1"));
    Run run =
        Run.logdex(
            "advise",
            "--bootstrap-servers",
            kafka.bootstrapServers(),
            "--topic-prefix",
            prefix,
            "--database",
            database.url(),
            last.toString());
    assertThat(run.code()).as(run.notes()).isZero();
    assertThat(run.results()).contains("801 executions");
    Map<String, String> states = new TreeMap<>();
    try (TopicReader<RecommendationEvent> reader =
        TopicReader.open(client, Topic.RECOMMENDATIONS.named(prefix), RecommendationEvent.class)) {
      reader.readToEnd(
          event ->
              states.put(
                  event.subject(),
                  event.data().state().word()
                      + " "
                      + event.data().ddl()
                      + " "
                      + event.data().savingPerMinute()));
    }
    return states;
  }

  /** Records of a source keep their order, as in any log; those of several sources do not. */
  private static void send(
      Map<String, Object> client, String topic, List<List<String>> sources, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int source = 0; source < sources.size(); source++) {
      order.addAll(Collections.nCopies(sources.get(source).size(), source));
    }
    Collections.shuffle(order, random);
    int[] next = new int[sources.size()];
    Map<String, Object> settings = new HashMap<>(client);
    // a topic just created may refuse the first request and take the second: KAFKA-15591
    settings.put("max.in.flight.requests.per.connection", 1);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int source : order) {
        String record = sources.get(source).get(next[source]++);
        var unused =
            producer.send(new ProducerRecord<>(topic, "db" + source, record.getBytes(UTF_8)));
      }
      for (int source = 0; source < sources.size(); source++) {
        var end = new ProducerRecord<String, byte[]>(topic, "db" + source, new byte[0]);
        end.headers().add(LogHeader.END_OF_INPUT.key(), new byte[0]);
        var unused = producer.send(end);
      }
    }
  }

  private static List<List<String>> sources() {
    List<List<String>> sources = new ArrayList<>();
    Random values = new Random(42);
    for (int source = 0; source < SOURCES; source++) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        lines.add(line(i, statement(source, i, values)));
      }
      sources.add(lines);
    }
    return sources;
  }

  private static String statement(int source, int i, Random values) {
    int value = values.nextInt(5000);
    return switch ((i + source) % 4) {
      case 0 -> "SELECT * FROM a WHERE x = " + value;
      case 1 -> "SELECT * FROM b WHERE y = " + value + " ORDER BY z DESC LIMIT 5";
      case 2 -> "SELECT count(*) FROM a JOIN b ON b.a_id = a.id WHERE a.x = " + value;
      default -> "UPDATE b SET z = now() WHERE id = " + value;
    };
  }

  private static String line(int i, String statement) {
    return String.format(
        "2026-11-20 10:%02d:%02d.000 UTC [%d] app@shop LOG:  duration: 3.5 ms  statement: %s%n",
        i / 20, i % 20 * 3, 100 + i % 3, statement);
  }

  private static void fill(ScratchDatabase database) throws SQLException {
    database.execute(
        """
        CREATE TABLE a (id integer PRIMARY KEY, x integer NOT NULL);
        CREATE TABLE b (
          id integer PRIMARY KEY, a_id integer NOT NULL, y integer NOT NULL, z timestamptz NOT NULL
        );
        INSERT INTO a SELECT n, n % 5000 FROM generate_series(1, 40000) n;
        INSERT INTO b SELECT n, n % 40000, n % 3000, timestamptz '2026-01-01' + n * interval '1 s'
        FROM generate_series(1, 60000) n;
        ANALYZE
        """);
  }
}
