package dev.logdex.normalizer;

import static dev.logdex.normalizer.LogLines.execute;
import static dev.logdex.normalizer.LogLines.statement;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalizerTopologyTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final String FIRST = "2026-01-01T10:00:05Z";
  private static final String SECOND = "2026-01-01T10:00:15Z";
  private static final String NEXT_WINDOW = "2026-01-01T10:01:05Z";
  private static final String PAST_GRACE = "2026-01-01T10:01:10Z";

  private final Map<String, String> settings = new HashMap<>(Map.of("window.retention", "PT10M"));

  @TempDir Path folder;

  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> logs;
  private TestOutputTopic<String, QueryWindow> windows;
  private TestOutputTopic<String, DeadLetter> letters;
  private Instant arrival = START;

  @AfterEach
  void close() {
    if (driver != null) {
      driver.close();
    }
  }

  @Test
  void thePictureIsTheOneThatWasAgreed() throws IOException {
    NormalizerConfig config = NormalizerConfig.parse(Map.of());
    Topology topology =
        new NormalizerTopology(config, Normalizer.logs(config)).build(config.streams());
    try (InputStream golden = getClass().getResourceAsStream("/topology.txt")) {
      assertThat(topology.describe().toString())
          .isEqualTo(new String(golden.readAllBytes(), UTF_8));
    }
  }

  @Test
  void executionsOfAWindowAreOneRecordUnderTheWindowsKey() {
    start();
    send("db1", statement(FIRST, 1.5, "select * from t where id = 1"));
    send("db1", statement(SECOND, 0.5, "SELECT * FROM t WHERE id = 2"));

    assertThat(windows.isEmpty()).isTrue();
    end("db1");

    KeyValue<String, QueryWindow> record = windows.readKeyValue();
    QueryWindow window = record.value;
    assertThat(record.key).isEqualTo(window.key());
    assertThat(record.key).isEqualTo("shop/" + window.fingerprint() + "/2026-01-01T10:00:00Z");
    assertThat(window.text()).isEqualTo("select * from t where id = $1");
    assertThat(window.calls()).isEqualTo(2);
    assertThat(window.totalTimeMs()).isEqualTo(2.0);
    assertThat(window.minTimeMs()).isEqualTo(0.5);
    assertThat(window.maxTimeMs()).isEqualTo(1.5);
    assertThat(window.users()).containsExactly(Map.entry("app", 2L));
    assertThat(window.samples()).extracting(Sample::calls).containsExactly(1L, 1L);
    assertThat(windows.isEmpty()).isTrue();
    assertThat(letters.isEmpty()).isTrue();
  }

  @Test
  void anExecuteAndItsParametersAreOneCallWithASample() {
    start();
    send(
        "db1",
        execute(FIRST, 1.5, "select * from t where a = $1 and b = $2", "$1 = '7', $2 = NULL"));
    end("db1");

    QueryWindow window = windows.readValue();
    assertThat(window.calls()).isEqualTo(1);
    assertThat(window.samples())
        .containsExactly(
            new Sample(
                "select * from t where a = $1 and b = $2", Arrays.asList("7", null), 1, 1.5));
  }

  @Test
  void aWindowLeavesWhenEventTimeHasPassedItByTheGrace() {
    start();
    send("db1", statement(FIRST, 1, "select 1"));
    send("db1", statement(NEXT_WINDOW, 1, "select 1"));
    send("db1", statement("2026-01-01T10:01:09.999Z", 1, "select 1"));
    assertThat(windows.isEmpty()).isTrue();

    send("db1", statement(PAST_GRACE, 1, "select 1"));
    send("db1", statement(PAST_GRACE, 1, "select 1"));

    assertThat(calls()).isEqualTo(Map.of("2026-01-01T10:00:00Z", 1L));
  }

  @Test
  void windowsOfOneStatementReplaceEachOtherAsTheyGrow() {
    start();
    send("db1", statement(FIRST, 1, "select 1"));
    end("db1");
    send("db2", statement(SECOND, 2, "select 1"));
    end("db2");

    List<KeyValue<String, QueryWindow>> records = windows.readKeyValuesToList();
    assertThat(records).extracting(record -> record.key).hasSize(2);
    assertThat(records.get(0).key).isEqualTo(records.get(1).key);
    assertThat(records).extracting(record -> record.value.calls()).containsExactly(1L, 2L);
    assertThat(records.get(1).value.totalTimeMs()).isEqualTo(3.0);
  }

  @Test
  void everythingLeavesWhenNothingArrives() {
    start();
    send("db1", statement(FIRST, 1, "select 1"));

    driver.advanceWallClockTime(Duration.ofMillis(2900));
    assertThat(windows.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofMillis(600));

    assertThat(calls()).isEqualTo(Map.of("2026-01-01T10:00:00Z", 1L));
  }

  @Test
  void aSourceThatFellSilentIsSettledThoughOthersGoOn() {
    start();
    send("silent", statement(FIRST, 1, "select 1"));
    for (int second = 0; second < 10; second++) {
      arrival = arrival.plusSeconds(1);
      send("busy", statement("2026-01-01T10:02:1" + second + "Z", 1, "select a from b"));
    }

    assertThat(calls()).isEqualTo(Map.of("2026-01-01T10:00:00Z", 1L));
  }

  @Test
  void aFilesLastEntryWaitsForTheRestOfTheFile() {
    start();
    String head = statement(FIRST, 1, "select a");
    sendFile("db1", "f1", 0, head);
    driver.advanceWallClockTime(Duration.ofMinutes(5));
    arrival = arrival.plusSeconds(300);
    assertThat(windows.isEmpty()).isTrue();

    sendFile("db1", "f1", head.length(), "\tfrom t\n");
    end("db1");

    assertThat(windows.readValue().text()).isEqualTo("select a from t");
    assertThat(windows.isEmpty()).isTrue();
    assertThat(letters.isEmpty()).isTrue();
  }

  @Test
  void linesSentTwiceAreCountedOnce() {
    start();
    String first = statement(FIRST, 1, "select 1");
    String second = statement(SECOND, 1, "select 1");
    sendFile("db1", "f1", 0, first);
    sendFile("db1", "f1", 0, first + second);
    sendFile("db1", "f1", first.length(), second);
    end("db1");
    sendFile("db1", "f1", 0, first + second);
    end("db1");

    assertThat(calls()).isEqualTo(Map.of("2026-01-01T10:00:00Z", 2L));
    assertThat(letters.isEmpty()).isTrue();
  }

  @Test
  void theSameLinesInAnotherFileOrOfAnotherSourceCount() {
    start();
    String line = statement(FIRST, 1, "select 1");
    sendFile("db1", "f1", 0, line);
    sendFile("db1", "f2", 0, line);
    sendFile("db2", "f1", 0, line);
    send("db3", line);
    send("db3", line);
    List.of("db1", "db2", "db3").forEach(this::end);

    assertThat(calls()).isEqualTo(Map.of("2026-01-01T10:00:00Z", 5L));
  }

  @Test
  void aStatementThatWasCutGoesToDeadLettersAndTheRestCounts() {
    start();
    send("db1", statement(FIRST, 1, "select * from t where name = 'unfinis"));
    send("db1", statement(SECOND, 1, "select 1"));
    end("db1");

    KeyValue<String, DeadLetter> letter = letters.readKeyValue();
    assertThat(letter.key).isEqualTo("db1");
    assertThat(letter.value.reason()).isEqualTo(DeadLetterReason.TRUNCATED_STATEMENT);
    assertThat(letter.value.place()).startsWith("0:0:");
    assertThat(letter.value.detail()).doesNotContain("unfinis");
    assertThat(calls()).isEqualTo(Map.of("2026-01-01T10:00:00Z", 1L));
  }

  @Test
  void linesThatAreNoLogGoToDeadLetters() {
    start();
    send("db1", statement(FIRST, 1, "select 1") + "no log line at all\n");
    send("db1", statement(SECOND, 1, "select 1"));
    end("db1");

    assertThat(letters.readValue().reason()).isEqualTo(DeadLetterReason.NOT_A_LOG_LINE);
    assertThat(letters.isEmpty()).isTrue();
    assertThat(calls()).isEqualTo(Map.of("2026-01-01T10:00:00Z", 2L));
  }

  @Test
  void aCommentAloneIsNeitherCountedNorRejected() {
    start();
    send("db1", statement(FIRST, 1, "-- nothing"));
    end("db1");

    assertThat(windows.isEmpty()).isTrue();
    assertThat(letters.isEmpty()).isTrue();
  }

  @Test
  void linesWithoutAKeyAreOneSource() {
    start();
    logs.pipeInput(
        new TestRecord<>(null, statement(FIRST, 1, "select 1").getBytes(UTF_8), arrival));
    logs.pipeInput(new TestRecord<>(null, "no log line\n".getBytes(UTF_8), arrival));
    driver.advanceWallClockTime(Duration.ofSeconds(4));

    assertThat(letters.readKeyValue().key).isEqualTo("unkeyed-0");
    assertThat(calls()).isEqualTo(Map.of("2026-01-01T10:00:00Z", 1L));
  }

  @Test
  void aRecordWithoutAnythingDoesNoHarm() {
    start();
    logs.pipeInput(new TestRecord<>("db1".getBytes(UTF_8), null, arrival));
    send("db1", "");
    end("db1");

    assertThat(windows.isEmpty()).isTrue();
    assertThat(letters.isEmpty()).isTrue();
  }

  @Test
  void tooManyWindowsLeaveEarlyAndStillAddUp() {
    settings.put("partials.max", "2");
    start();
    for (int round = 0; round < 3; round++) {
      for (String table : List.of("a", "b", "c", "d")) {
        send("db1", statement(FIRST, 1, "select * from " + table));
      }
    }
    end("db1");

    Map<String, Long> byKey = new TreeMap<>();
    windows.readKeyValuesToList().forEach(record -> byKey.put(record.key, record.value.calls()));
    assertThat(byKey.values()).containsExactly(3L, 3L, 3L, 3L);
  }

  @Test
  void statementsBeyondTheBoundAreOneWindowWhereverTheyMeet() {
    settings.put("fingerprints.max", "2");
    start();
    for (String table : List.of("a", "b", "c", "d")) {
      send("db1", statement(FIRST, 1, "select * from " + table));
    }
    end("db1"); // the task's own bound: c and d are others
    for (String table : List.of("e", "f", "a")) {
      send("db1", statement(SECOND, 1, "select * from " + table));
      end("db1"); // the merging's bound: e and f are others; a is known
    }

    Map<String, Long> byKey = new TreeMap<>();
    windows
        .readKeyValuesToList()
        .forEach(
            record -> byKey.put(record.value.text() + record.value.part(), record.value.calls()));
    assertThat(byKey)
        .isEqualTo(
            Map.of(
                "select * from a",
                2L,
                "select * from b",
                1L,
                "other statements",
                2L,
                "other statementsothers-0",
                2L));
  }

  @Test
  void aDeliveryThatComesAgainIsCountedOnce() {
    start();
    for (int times = 0; times < 2; times++) {
      TestRecord<byte[], byte[]> record =
          new TestRecord<>(
              "db1".getBytes(UTF_8), statement(FIRST, 1, "select 1").getBytes(UTF_8), arrival);
      record.headers().add(LogHeader.DELIVERY.key(), "frame 1".getBytes(UTF_8));
      logs.pipeInput(record);
    }
    end("db1");

    assertThat(calls()).isEqualTo(Map.of("2026-01-01T10:00:00Z", 1L));
  }

  @Test
  void whatComesForAForgottenWindowIsARecordOfItsOwn() {
    start();
    send("db1", statement(FIRST, 1, "select 1"));
    send("db1", statement("2026-01-01T11:00:00Z", 1, "select 1"));
    end("db1");
    driver.advanceWallClockTime(Duration.ofMinutes(15));
    send("db2", statement(SECOND, 1, "select 1"));
    end("db2");
    send("db3", statement(SECOND, 1, "select 1"));
    end("db3");

    List<QueryWindow> all = windows.readValuesToList();
    assertThat(all).extracting(QueryWindow::part).containsExactly("", "", "0-2", "0-2");
    assertThat(all).extracting(QueryWindow::calls).containsExactly(1L, 1L, 1L, 2L);
    assertThat(all.get(2).key()).isEqualTo(all.get(0).key() + "/0-2");
  }

  @Test
  void aWindowIsNotForgottenWhileEventTimeStandsStill() {
    start();
    send("db1", statement(FIRST, 1, "select 1"));
    end("db1");
    driver.advanceWallClockTime(Duration.ofHours(10));
    send("db2", statement(SECOND, 1, "select 1"));
    end("db2");

    assertThat(windows.readValuesToList()).extracting(QueryWindow::calls).containsExactly(1L, 2L);
  }

  @Test
  void anOldWindowThatIsStillKnownIsReplacedAndNotSplit() {
    start();
    send("db1", statement(FIRST, 1, "select 1"));
    send("db1", statement("2026-01-01T11:00:00Z", 1, "select 1"));
    end("db1");
    send("db2", statement(SECOND, 1, "select 1"));
    end("db2");

    assertThat(windows.readValuesToList())
        .extracting(window -> window.windowStart() + window.part() + ":" + window.calls())
        .containsExactly(
            "2026-01-01T10:00:00Z:1", "2026-01-01T11:00:00Z:1", "2026-01-01T10:00:00Z:2");
  }

  @Test
  void oneLineFromTheFutureDoesNotLoseTheOthers() {
    start();
    send("db1", statement("2099-01-01T00:00:00Z", 1, "select 1"));
    send("db1", statement(FIRST, 1, "select 1"));
    send("db1", statement(SECOND, 1, "select 1"));
    send("db1", statement(NEXT_WINDOW, 1, "select 1"));
    end("db1");

    Map<String, Long> byKey = new TreeMap<>();
    windows.readKeyValuesToList().forEach(record -> byKey.put(record.key, record.value.calls()));
    assertThat(byKey.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(4);
  }

  @Test
  void samplesCanBeTurnedOff() {
    settings.put("samples", "off");
    start();
    send("db1", statement(FIRST, 1, "select * from t where secret = 'xyzzy'"));
    end("db1");

    QueryWindow window = windows.readValue();
    assertThat(window.samples()).isEmpty();
    assertThat(EventJson.line(window)).doesNotContain("xyzzy");
  }

  private void start() {
    settings.put("state.dir", folder.toString());
    NormalizerConfig config = NormalizerConfig.parse(settings);
    Properties properties = new Properties();
    properties.putAll(config.streams().originals());
    driver =
        new TopologyTestDriver(
            new NormalizerTopology(config, Normalizer.logs(config)).build(config.streams()),
            properties,
            START);
    logs =
        driver.createInputTopic(
            "logdex.logs", new ByteArraySerializer(), new ByteArraySerializer());
    windows =
        driver.createOutputTopic(
            "logdex.query-windows",
            new StringDeserializer(),
            EventJson.deserializer(QueryWindow.class));
    letters =
        driver.createOutputTopic(
            "logdex.dead-letters",
            new StringDeserializer(),
            EventJson.deserializer(DeadLetter.class));
  }

  private void send(String source, String lines) {
    logs.pipeInput(new TestRecord<>(source.getBytes(UTF_8), lines.getBytes(UTF_8), arrival));
  }

  private void sendFile(String source, String file, long position, String lines) {
    TestRecord<byte[], byte[]> record =
        new TestRecord<>(source.getBytes(UTF_8), lines.getBytes(UTF_8), arrival);
    record.headers().add(LogHeader.FILE.key(), file.getBytes(UTF_8));
    record.headers().add(LogHeader.POSITION.key(), Long.toString(position).getBytes(UTF_8));
    logs.pipeInput(record);
  }

  private void end(String source) {
    TestRecord<byte[], byte[]> record =
        new TestRecord<>(source.getBytes(UTF_8), new byte[0], arrival);
    record.headers().add(LogHeader.END_OF_INPUT.key(), new byte[0]);
    logs.pipeInput(record);
  }

  /** Calls by window start; of each key the newest record. */
  private Map<String, Long> calls() {
    Map<String, QueryWindow> newest = new TreeMap<>();
    windows.readKeyValuesToList().forEach(record -> newest.put(record.key, record.value));
    Map<String, Long> calls = new TreeMap<>();
    newest
        .values()
        .forEach(window -> calls.merge(window.windowStart().toString(), window.calls(), Long::sum));
    return calls;
  }
}
