package dev.logdex.normalizer.envelope;

import static dev.logdex.normalizer.envelope.FieldDocumentsTest.quoted;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetterReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class NestedEnvelopesTest {
  private static final String HEAD = "2026-11-21 00:25:13 UTC [1] LOG:  statement: SELECT 1";
  private static final String CRI = "2026-11-21T00:25:13.031Z stderr F ";

  @Test
  void fluentBitAroundCriAroundStderr() {
    Unwrapped told =
        Unwrapped.of(
            "{\"@timestamp\":1.5,\"log\":" + quoted(CRI + HEAD) + "}",
            "{\"@timestamp\":1.5,\"log\":" + quoted(CRI + "\tFROM t") + "}");

    assertThat(told.texts()).containsExactly(HEAD, "\tFROM t");
    assertThat(told.forms()).containsOnly("stderr in cri in fluent-bit");
  }

  @Test
  void filebeatAroundRsyslogsFileAroundAChunk() {
    Unwrapped told =
        Unwrapped.of(
            "{\"@metadata\":{\"beat\":\"filebeat\"},\"host\":{\"name\":\"collector\"},\"message\":"
                + "\"Nov 21 00:25:13 vm postgres[23162]: [8-3] #011#011name\"}");

    assertThat(told.lines.get(0))
        .extracting(
            Unwrapped.Line::form,
            Unwrapped.Line::stream,
            Unwrapped.Line::message,
            Unwrapped.Line::chunk,
            Unwrapped.Line::text)
        .containsExactly("syslog in filebeat", "vm postgres[23162]", 8L, 3L, "\t\tname");
  }

  @Test
  void cloudWatchAroundLinesOfRdsWithContinuations() throws IOException {
    String batch =
        "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"timestamp\":1,\"message\":"
            + "\"2026-11-21 00:23:45 UTC::1(5):u@d:[2]:LOG:  statement: SELECT\\n\\t1\"},"
            + "{\"id\":\"2\",\"timestamp\":1,\"message\":\"2026-11-21 00:23:46 UTC::@:[3]:LOG:"
            + "  x\"}],\"logGroup\":\"g\",\"logStream\":\"s\"}";
    byte[] zipped = gzip(batch.getBytes(UTF_8));
    Unwrapped told = new Unwrapped();
    EnvelopeReader reader = Unwrapped.reader();
    told.read(reader, zipped);
    // sent again, in base64
    told.read(reader, Base64.getEncoder().encode(zipped));
    told.read(
        Unwrapped.reader(),
        "{\"awslogs\":{\"data\":\"" + Base64.getEncoder().encodeToString(zipped) + "\"}}");

    assertThat(told.texts().subList(0, 2))
        .containsExactly(
            "2026-11-21 00:23:45 UTC::1(5):u@d:[2]:LOG:  statement: SELECT\n\t1",
            "2026-11-21 00:23:46 UTC::@:[3]:LOG:  x");
    assertThat(told.texts()).hasSize(4);
    assertThat(told.ignored).hasSize(2).containsOnly(IgnoredCause.SENT_AGAIN);
    assertThat(told.lines.get(0).stream()).isEqualTo("g s");
  }

  @Test
  void aFourthEnvelopeIsRejected() {
    String one = "{\"message\":" + quoted(HEAD) + "}";
    String two = "{\"message\":" + quoted(one) + "}";
    String three = "{\"message\":" + quoted(two) + "}";
    String four = "{\"message\":" + quoted(three) + "}";
    Unwrapped told = Unwrapped.of(three, four);

    assertThat(told.texts()).containsExactly(HEAD);
    assertThat(told.reasons).containsExactly(DeadLetterReason.MALFORMED_ENVELOPE);
  }

  @Test
  void severalDocumentsInARecordAndOneOverSeveralLinesAreRead() {
    String document = "{\"message\":\"" + HEAD + "\"}";
    String pretty = "{\n  \"message\": \"" + HEAD + "\",\n  \"tags\": [\n    {\n  }\n  ]\n}";
    assertThat(
            Unwrapped.of(
                    document + "\n" + document + "\n",
                    document + document,
                    pretty + "\n" + pretty,
                    "[" + document + ", " + document + "]",
                    "[\n" + document + ",\n" + document + "\n]\n")
                .texts())
        .hasSize(10)
        .containsOnly(HEAD);
  }

  @Test
  void aPinnedEnvelopeIsTheOnlyOneOutside() {
    String vector = "{\"message\":" + quoted(CRI + HEAD) + ",\"source_type\":\"file\"}";
    Unwrapped pinned = new Unwrapped().read(Unwrapped.reader("vector"), vector);
    assertThat(pinned.forms()).containsExactly("stderr in cri in vector");

    Unwrapped other = new Unwrapped().read(Unwrapped.reader("filebeat"), vector + "\n" + HEAD);
    assertThat(other.reasons)
        .containsExactly(DeadLetterReason.NOT_A_LOG_LINE, DeadLetterReason.NOT_A_LOG_LINE);

    Unwrapped cri =
        new Unwrapped().read(Unwrapped.reader("cri"), CRI + HEAD + "\n" + HEAD + "\n" + vector);
    assertThat(cri.forms()).containsExactly("stderr in cri");
    assertThat(cri.reasons).hasSize(2);

    Unwrapped stderr = new Unwrapped().read(Unwrapped.reader("stderr"), vector + "\n" + CRI + HEAD);
    assertThat(stderr.texts()).containsExactly(vector, CRI + HEAD);

    Unwrapped plain =
        new Unwrapped()
            .read(
                Unwrapped.reader("logstash-plain"),
                "2026-11-21T00:25:13.031Z db1 user=u LOG:  hello");
    assertThat(plain.texts()).containsExactly("user=u LOG:  hello");
  }

  @Test
  void repetitionsThatADaemonFoldedCountEach() {
    Unwrapped told =
        Unwrapped.of(
            "Nov 21 00:25:13 vm postgres[1]: message repeated 3 times: [ " + HEAD + "]",
            "Nov 21 00:25:13 vm sshd[1]: message repeated 2 times: [ Failed password]");

    assertThat(told.texts()).containsExactly(HEAD, HEAD, HEAD);
    assertThat(told.ignored).containsOnly(IgnoredCause.OTHER_PROGRAM);
  }

  @Test
  void whatCarriersLostIsToldWithItsNumber() {
    Unwrapped told =
        Unwrapped.of(
            "Nov 21 00:25:13 vm rsyslogd: imuxsock lost 123 messages from pid 456 due to"
                + " rate-limiting",
            "<46>1 2026-11-21T00:25:13Z vm rsyslogd - - - imjournal: 7 messages lost due to"
                + " rate-limiting",
            "2026-11-21T00:25:13.000000+00:00 heroku[logplex]: Error L10 (output buffer overflow):"
                + " 500 messages dropped since 2026-11-21T00:24:00+00:00.",
            "Nov 21 00:25:13 vm last message repeated 4 times",
            "Nov 21 00:25:13 vm myapp[7]: lost 123 messages");

    assertThat(told.reasons).hasSize(4).containsOnly(DeadLetterReason.LINES_LOST);
    assertThat(told.details.toString()).contains("123", "7 ", "500", "4 repetitions");
    assertThat(told.ignored).containsExactly(IgnoredCause.OTHER_PROGRAM);
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(plain);
    }
    return zipped.toByteArray();
  }
}
