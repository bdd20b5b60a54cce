package dev.logdex.normalizer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.source.RawRecord;
import dev.logdex.normalizer.source.RawRecord.Stretch;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawRecordsTest {
  private final Record<byte[], byte[]> record =
      new Record<>("db1".getBytes(UTF_8), "line\n".getBytes(UTF_8), 1234);

  @Test
  void keyPlaceAndTimeAreTaken() {
    RawRecord raw = read(record, 3, 14);

    assertThat(raw.source()).isEqualTo("db1");
    assertThat(raw.place()).isEqualTo("3:14");
    assertThat(raw.arrivedAt()).isEqualTo(Instant.ofEpochMilli(1234));
    assertThat(raw.stretch()).isNull();
    assertThat(raw.endOfInput()).isFalse();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "")
  void withoutAKeyThePartitionIsTheSource(String key) {
    Record<byte[], byte[]> unkeyed = record.withKey(key == null ? null : key.getBytes(UTF_8));

    assertThat(read(unkeyed, 3, 14).source()).isEqualTo("unkeyed-3");
  }

  @Test
  void aSourceCannotReachIntoAnothersState() {
    Record<byte[], byte[]> odd = record.withKey("a\0state".getBytes(UTF_8));

    assertThat(read(odd, 0, 0).source()).isEqualTo("a\ufffdstate");
  }

  @Test
  void aTombstoneHasNoLines() {
    assertThat(read(record.withValue(null), 0, 0).value()).isEmpty();
  }

  @Test
  void fileAndPositionAreAStretch() {
    record.headers().add("logdex.file", "f1".getBytes(UTF_8));
    record.headers().add("logdex.position", "4096".getBytes(UTF_8));
    record.headers().add("logdex.end-of-input", new byte[0]);

    assertThat(read(record, 0, 0).stretch()).isEqualTo(new Stretch("f1", 4096));
    assertThat(read(record, 0, 0).endOfInput()).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "x", "-1", "99999999999999999999"})
  void aPositionThatIsNoneIsPassedOver(String position) {
    record.headers().add("logdex.file", "f1".getBytes(UTF_8));
    record.headers().add("logdex.position", position == null ? null : position.getBytes(UTF_8));

    assertThat(read(record, 0, 0).stretch()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logdex.delivery", "Logplex-Frame-Id"})
  void aDeliveryHasTheNameThatItsSenderGaveIt(String header) {
    assertThat(read(record, 0, 0).delivery()).isNull();
    record.headers().add(header, "f1".getBytes(UTF_8));

    assertThat(read(record, 0, 0).delivery()).asString(UTF_8).isEqualTo("f1");
  }

  @Test
  void manySourcesKeepTheirNames() {
    RawRecords records = new RawRecords();
    for (int round = 0; round < 2; round++) {
      for (int source = 0; source < 5000; source++) {
        Record<byte[], byte[]> keyed = record.withKey(("db" + source).getBytes(UTF_8));
        assertThat(read(records, keyed, 0, 0).source()).isEqualTo("db" + source);
      }
    }
  }

  @Test
  void aRecordWithoutATimeArrivedWithTheOneBeforeIt() {
    assertThat(RawRecords.arrival(consumed(77), 5)).isEqualTo(77);
    assertThat(RawRecords.arrival(consumed(-1), 5)).isEqualTo(5);
    assertThat(RawRecords.arrival(consumed(-1), -1)).isZero();
  }

  private static RawRecord read(Record<byte[], byte[]> record, int partition, long offset) {
    return read(new RawRecords(), record, partition, offset);
  }

  private static RawRecord read(
      RawRecords records, Record<byte[], byte[]> record, int partition, long offset) {
    return records.of(
        record.key(), record.value(), record.headers(), record.timestamp(), partition, offset);
  }

  private static ConsumerRecord<Object, Object> consumed(long timestamp) {
    return new ConsumerRecord<>(
        "t",
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        null,
        null,
        new RecordHeaders(),
        Optional.empty());
  }
}
