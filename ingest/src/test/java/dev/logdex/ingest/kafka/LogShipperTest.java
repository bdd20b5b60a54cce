package dev.logdex.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.logfile.BlockLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogShipperTest {
  private static final String FILE = LogHeader.FILE.key();
  private static final String POSITION = LogHeader.POSITION.key();
  private static final String END = LogHeader.END_OF_INPUT.key();

  private final MockProducer<byte[], byte[]> producer = producer(true);
  private final ShipperSettings settings =
      new ShipperSettings(
          Map.of(),
          "logdex.",
          new BlockLimits(8, 12),
          "lz4",
          Duration.ofMillis(1),
          Duration.ofMillis(3));
  private final LogShipper shipper = new LogShipper(settings, producer);

  @TempDir Path folder;

  @Test
  void aFileBecomesRecordsOfWholeLinesWithTheirPlaces() throws IOException {
    Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\n");

    ShippedLog shipped = shipper.ship(log, "db1", Progress.NONE);

    assertThat(values()).containsExactly("one\ntwo\n", "three\n", "");
    assertThat(keys()).containsOnly("db1");
    assertThat(headers(POSITION)).containsExactly("0", "8", "-");
    assertThat(headers(FILE).subList(0, 2)).doesNotContain("-").hasSize(2);
    assertThat(headers(FILE).get(0)).isEqualTo(headers(FILE).get(1));
    assertThat(headers(END)).containsExactly("-", "-", "");
    assertThat(shipped.records()).isEqualTo(2);
    assertThat(shipped.lines()).isEqualTo(3);
    assertThat(shipped.bytes()).isEqualTo(14);
    assertThat(shipped.cutLines()).isZero();
    assertThat(shipped.endOffset()).isEqualTo(2);
    assertThat(shipped.partition().topic()).isEqualTo("logdex.logs");
  }

  @Test
  void shippingAgainGivesTheSameRecords() throws IOException {
    Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\n");
    shipper.ship(log, "db1", Progress.NONE);
    List<String> first = described();
    producer.clear();

    shipper.ship(log, "db1", Progress.NONE);

    assertThat(described()).isEqualTo(first);
  }

  @Test
  void anEmptyFileIsOnlyAnEnd() throws IOException {
    Path log = Files.writeString(folder.resolve("empty.log"), "");

    assertThat(shipper.ship(log, "db1", Progress.NONE).records()).isZero();
    assertThat(headers(END)).containsExactly("");
  }

  @Test
  void whatIsCutOffALongLineIsReported() throws IOException {
    Path log = Files.writeString(folder.resolve("long.log"), "0123456789abcdefg\nx\n");

    ShippedLog shipped = shipper.ship(log, "db1", Progress.NONE);

    assertThat(values()).containsExactly("0123456789ab", "x\n", "");
    assertThat(headers(POSITION)).containsExactly("0", "18", "-");
    assertThat(shipped.cutLines()).isEqualTo(1);
    assertThat(shipped.cutBytes()).isEqualTo(5);
  }

  @Test
  void progressEndsAtTheSizeOfTheFile() throws IOException {
    Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\n");
    List<String> heard = new ArrayList<>();

    shipper.ship(log, "db1", (done, total) -> heard.add(done + "/" + total));

    assertThat(heard).last().isEqualTo("14/14");
  }

  @Test
  void aStreamHasNoPlaces() throws IOException {
    shipper.ship(new ByteArrayInputStream("one\ntwo".getBytes(UTF_8)), "stdin");

    assertThat(values()).containsExactly("one\n", "two", "");
    assertThat(headers(POSITION)).containsOnly("-");
    assertThat(headers(FILE)).containsOnly("-");
    assertThat(headers(END)).containsExactly("-", "-", "");
  }

  @Test
  void aFollowedFileIsShippedLineByLineAndItsRestAtTheEnd() throws IOException {
    Path log = Files.writeString(folder.resolve("live.log"), "one\nt");
    Iterator<String> writes = List.of("wo\n", "thr", "ee\nfour\nla", "st").iterator();
    List<Integer> seenSoFar = new ArrayList<>();

    ShippedLog shipped =
        shipper.follow(
            log,
            "db1",
            () -> {
              seenSoFar.add(producer.history().size());
              append(log, writes.next());
              return !writes.hasNext();
            });

    assertThat(String.join("", values())).isEqualTo("one\ntwo\nthree\nfour\nlast");
    assertThat(seenSoFar).containsExactly(0, 1, 1, 3);
    assertThat(headers(POSITION)).containsExactly("0", "8", "14", "19", "-");
    assertThat(shipped.lines()).isEqualTo(5);
  }

  @Test
  void aFollowedFileThatHasGoneQuietIsAtItsEndForNowOnce() throws IOException {
    Path log = Files.writeString(folder.resolve("live.log"), "one\n");
    Iterator<String> writes = List.of("", "", "", "", "", "", "", "", "two\n").iterator();

    shipper.follow(
        log,
        "db1",
        () -> {
          append(log, writes.next());
          return !writes.hasNext();
        });

    assertThat(values()).containsExactly("one\n", "", "two\n", "");
    assertThat(headers(END)).containsExactly("-", "", "-", "");
  }

  @Test
  void aRefusedRecordIsAnErrorThatNamesTheSource() throws IOException {
    MockProducer<byte[], byte[]> refusing = producer(false);
    Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\n");
    LogShipper broken = new LogShipper(settings, refusing);

    assertThatThrownBy(
            () ->
                broken.ship(
                    log,
                    "db1",
                    (done, total) ->
                        refusing.errorNext(new TopicAuthorizationException("logdex.logs"))))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("db1")
        .hasRootCauseInstanceOf(TopicAuthorizationException.class);
  }

  @Test
  void aFileWithoutAGivenSourceIsKnownByItsAbsolutePath() {
    assertThat(LogShipper.sourceOf(Path.of("a/../b.log")))
        .isEqualTo(Path.of("").toAbsolutePath() + "/b.log");
  }

  private static void append(Path log, String text) {
    try {
      Files.writeString(log, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> keys() {
    return each(record -> new String(record.key(), UTF_8));
  }

  private List<String> values() {
    return each(record -> new String(record.value(), UTF_8));
  }

  private List<String> headers(String name) {
    return each(
        record -> {
          Header header = record.headers().lastHeader(name);
          return header == null ? "-" : new String(header.value(), UTF_8);
        });
  }

  private List<String> described() {
    List<String> values = values();
    List<String> files = headers(FILE);
    List<String> positions = headers(POSITION);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      all.add(files.get(i) + positions.get(i) + values.get(i));
    }
    return all;
  }

  private List<String> each(Function<ProducerRecord<byte[], byte[]>, String> part) {
    return producer.history().stream().map(part).toList();
  }

  private static MockProducer<byte[], byte[]> producer(boolean completing) {
    return new MockProducer<>(
        completing, null, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
