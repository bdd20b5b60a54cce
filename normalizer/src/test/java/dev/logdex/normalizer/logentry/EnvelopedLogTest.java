package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.logdex.normalizer.statement.SeenExecution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The log of a real run, as each shipper would carry it: what was executed stays the same. */
class EnvelopedLogTest {
  private static final String TIME = "2026-11-21T00:25:13.031Z";
  private static List<String> lines = List.of();
  private static List<String> expected = List.of();

  /** How a shipper makes records of lines. */
  private record Shipper(String name, Function<List<String>, List<byte[]>> wrap) {
    static Shipper perLine(String name, String before, String after) {
      return new Shipper(name, all -> records(all.stream().map(l -> before + l + after)));
    }

    static Shipper json(String name, String before, String after) {
      return new Shipper(name, all -> records(all.stream().map(l -> before + quoted(l) + after)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void readLog() throws IOException {
    String log;
    try (InputStream in =
        Objects.requireNonNull(EnvelopedLogTest.class.getResourceAsStream("/pg15/debian.log"))) {
      log = new String(in.readAllBytes(), UTF_8);
    }
    lines = List.of(log.split("\n", -1));
    lines = lines.subList(0, lines.size() - 1);
    expected = executions(Told.by(log));
  }

  static List<Shipper> shippers() {
    String vector =
        ",\"host\":\"db1\",\"file\":\"/var/log/pg.log\",\"source_type\":\"file\",\"timestamp\":\""
            + TIME
            + "\"}\n";
    String kubernetes = ",\"kubernetes\":{\"pod_name\":\"p\",\"container_name\":\"c\"}}";
    return List.of(
        new Shipper("one record", all -> records(Stream.of(String.join("\n", all)))),
        Shipper.perLine("bare, line by line", "", ""),
        Shipper.perLine("CRI", TIME + " stderr F ", ""),
        Shipper.perLine("aws logs tail", TIME + " ", "\n"),
        Shipper.perLine("Logstash plain", TIME + " db1 ", ""),
        Shipper.perLine("rsyslog imfile", TIME + " vm postgresql ", "\n"),
        Shipper.json("Vector", "{\"message\":", vector),
        Shipper.json("Fluent Bit", "{\"@timestamp\":1795220713.03,\"log\":", kubernetes),
        Shipper.json(
            "Filebeat",
            "{\"@metadata\":{\"beat\":\"filebeat\"},\"log\":{\"offset\":1,\"file\":{\"path\":\"f\"}},"
                + "\"host\":{\"name\":\"h\"},\"message\":",
            "}"),
        Shipper.json(
            "Logstash", "{\"@version\":\"1\",\"host\":\"h\",\"message\":", ",\"path\":\"/x\"}"),
        Shipper.json(
            "Cloud SQL",
            "{\"logName\":\"p%2Fpostgres.log\",\"resource\":{\"labels\":{\"database_id\":\"P:I\"}},"
                + "\"timestamp\":\""
                + TIME
                + "\",\"textPayload\":",
            "}"),
        Shipper.json(
            "Loki", "{\"streams\":[{\"stream\":{\"host\":\"h\"},\"values\":[[\"1\",", "]]}]}"),
        Shipper.json(
            "OTLP",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":",
            "}}]}]}]}"),
        Shipper.json("PlanetScale", "{\"_time\":\"" + TIME + "\",\"_msg\":", "}"),
        new Shipper(
            "Docker, cut at 16 KiB",
            all ->
                records(
                    all.stream()
                        .flatMap(line -> parts(line + "\n", 64))
                        .map(
                            part ->
                                "{\"log\":"
                                    + quoted(part)
                                    + ",\"stream\":\"stderr\",\"time\":\""
                                    + TIME
                                    + "\"}"))),
        new Shipper(
            "CRI, cut, in Fluent Bit",
            all ->
                records(
                    all.stream()
                        .flatMap(
                            line -> {
                              List<String> parts = parts(line, 64).toList();
                              int last = parts.size() - 1;
                              return Stream.iterate(0, i -> i <= last, i -> i + 1)
                                  .map(
                                      i ->
                                          TIME
                                              + " stderr "
                                              + (i == last ? "F " : "P ")
                                              + parts.get(i));
                            })
                        .map(line -> "{\"log\":" + quoted(line) + kubernetes))),
        new Shipper("Vector, lines joined", all -> records(messages(all).map(m -> vector(m)))),
        new Shipper("NDJSON", all -> records(Stream.of(ndjson(all)))),
        new Shipper("CloudWatch, gzip", all -> List.of(gzip(cloudWatch(all)))),
        new Shipper(
            "CloudWatch, gzip and base64",
            all -> List.of(Base64.getEncoder().encode(gzip(cloudWatch(all))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shippers")
  void executionsAreThoseOfTheBareLog(Shipper shipper) {
    Told told = new Told();
    InspectableLog log = SourceLogs.open("source", LogSettings.defaults(), told);
    for (byte[] record : shipper.wrap().apply(lines)) {
      Told.feed(log, record);
    }
    log.flush();

    assertThat(told.letters).isEmpty();
    assertThat(executions(told)).containsExactlyElementsOf(expected);
  }

  @Test
  void entriesInFieldsAreExecutedLikeLines() {
    String jsonlog =
        "{\"timestamp\":\"2026-11-20 23:54:44.054 UTC\",\"user\":\"app\",\"dbname\":\"shop\","
            + "\"pid\":7,\"session_id\":\"6b00e492.7\",\"line_num\":1,\"error_severity\":\"LOG\","
            + "\"message\":\"duration: 1.5 ms  execute a: SELECT $1\","
            + "\"detail\":\"parameters: $1 = 'x'\"}";
    String cnpg =
        "{\"level\":\"info\",\"ts\":1.5,\"logger\":\"postgres\",\"msg\":\"record\","
            + "\"logging_pod\":\"p\",\"record\":"
            + jsonlog
                .replace("timestamp", "log_time")
                .replace("\"user\"", "\"user_name\"")
                .replace("dbname", "database_name")
                .replace("\"pid\":7", "\"process_id\":\"7\"")
            + "}";
    String line =
        """
        2026-11-20 23:54:44.054 UTC [7] app@shop LOG:  duration: 1.5 ms  execute a: SELECT $1
        2026-11-20 23:54:44.054 UTC [7] app@shop DETAIL:  parameters: $1 = 'x'
        """;
    List<String> bare = executions(Told.by(line));
    assertThat(bare).hasSize(1);
    assertThat(executions(Told.by(jsonlog + "\n"))).isEqualTo(bare);
    assertThat(executions(Told.by(cnpg))).isEqualTo(bare);
    assertThat(executions(Told.by(vector(jsonlog)))).isEqualTo(bare);
    assertThat(executions(Told.by("{\"log\":" + quoted(cnpg + "\n") + ",\"@timestamp\":1.5}")))
        .isEqualTo(bare);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shippers")
  void aRestartAfterEveryRecordChangesNothing(Shipper shipper) {
    Told told = new Told();
    Told.Store store = new Told.Store();
    for (byte[] record : shipper.wrap().apply(lines.subList(0, Math.min(300, lines.size())))) {
      InspectableLog log =
          SourceLogs.restore("source", LogSettings.defaults(), told, store.pieces.entrySet());
      Told.feed(log, record);
      store.drain(log);
    }
    SourceLogs.restore("source", LogSettings.defaults(), told, store.pieces.entrySet()).flush();
    Told uncut = Told.by(String.join("\n", lines.subList(0, Math.min(300, lines.size()))));

    assertThat(told.letters).isEmpty();
    assertThat(executions(told)).containsExactlyElementsOf(executions(uncut));
  }

  private static List<String> executions(Told told) {
    return told.executions.stream().map(EnvelopedLogTest::facts).toList();
  }

  private static String facts(SeenExecution execution) {
    return execution.user()
        + "@"
        + execution.database()
        + "|"
        + execution.statement()
        + "|"
        + execution.parameters()
        + "|"
        + execution.elapsedMs()
        + "|"
        + execution.loggedAt();
  }

  private static List<byte[]> records(Stream<String> records) {
    return records.map(record -> record.getBytes(UTF_8)).toList();
  }

  private static Stream<String> parts(String line, int length) {
    List<String> parts = new ArrayList<>();
    for (int from = 0; from < line.length() || from == 0; from += length) {
      parts.add(line.substring(from, Math.min(line.length(), from + length)));
    }
    return parts.stream();
  }

  /** Each line with those that continue it, as a multi-line setting joins them. */
  private static Stream<String> messages(List<String> all) {
    List<String> messages = new ArrayList<>();
    for (String line : all) {
      if (line.startsWith("\t") && !messages.isEmpty()) {
        messages.add(messages.remove(messages.size() - 1) + "\n" + line);
      } else {
        messages.add(line);
      }
    }
    return messages.stream();
  }

  private static String vector(String message) {
    return "{\"message\":" + quoted(message) + ",\"source_type\":\"file\",\"file\":\"f\"}";
  }

  private static String ndjson(List<String> all) {
    return all.stream().map(EnvelopedLogTest::vector).collect(Collectors.joining("\n"));
  }

  private static byte[] cloudWatch(List<String> all) {
    List<String> messages = messages(all).toList();
    List<String> events = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      events.add(
          "{\"id\":\"" + i + "\",\"timestamp\":1,\"message\":" + quoted(messages.get(i)) + "}");
    }
    return ("{\"messageType\":\"DATA_MESSAGE\",\"logGroup\":\"g\",\"logStream\":\"s\",\"logEvents\":["
            + String.join(",", events)
            + "]}")
        .getBytes(UTF_8);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(plain);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return zipped.toByteArray();
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
