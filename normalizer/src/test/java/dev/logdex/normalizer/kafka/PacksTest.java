package dev.logdex.normalizer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PacksTest {
  @Test
  void recordsComeOutOfAPackAsTheyWere() {
    ConsumerRecord<byte[], byte[]> withHeaders = record(9, 50, "b", "three");
    withHeaders.headers().add("h", "v".getBytes(UTF_8)).add("none", null);
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(
            record(3, 40, "a", "one"),
            record(4, -1, "a", "two"),
            withHeaders,
            record(12, 51, null, "four"),
            record(13, 51, null, null),
            record(14, 51, "", ""));

    List<ConsumerRecord<byte[], byte[]>> packs = Packs.pack(records);

    assertThat(packs).hasSize(1);
    assertThat(unpacked(packs))
        .containsExactly(
            "3 40 a=one []",
            "4 -1 a=two []",
            "9 50 b=three [h=v, none=null]",
            "12 51 null=four []",
            "13 51 null= []",
            "14 51 = []");
  }

  @Test
  void aPackHasTheOffsetOfItsFirstRecordSoThatNothingOfItIsCommittedWhileItWaits() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int offset = 0; offset < 1000; offset++) {
      records.add(record(offset, 0, "a", "x".repeat(1000)));
    }

    List<ConsumerRecord<byte[], byte[]>> packs = Packs.pack(records);

    assertThat(packs).hasSizeBetween(7, 9);
    long next = 0;
    for (ConsumerRecord<byte[], byte[]> pack : packs) {
      assertThat(Packs.isPack(pack.headers())).isTrue();
      assertThat(pack.offset()).isEqualTo(next);
      next += unpacked(List.of(pack)).size();
    }
    assertThat(next).isEqualTo(1000);
  }

  @Test
  void aLongRecordIsAPackOfItsOwn() {
    List<ConsumerRecord<byte[], byte[]>> packs =
        Packs.pack(
            List.of(
                record(0, 0, "a", "x".repeat(1 << 20)), record(1, 0, "a", "y".repeat(1 << 20))));

    assertThat(packs).extracting(ConsumerRecord::offset).containsExactly(0L, 1L);
  }

  @Test
  void aMarkOnARecordOfTheTopicMeansNothing() {
    ConsumerRecord<byte[], byte[]> forged = record(0, 0, "a", "one");
    forged.headers().add("logdex.pack", new byte[0]);

    assertThat(unpacked(Packs.pack(List.of(forged)))).containsExactly("0 0 a=one [logdex.pack=]");
  }

  @Test
  void whatIsNoPackIsRefused() {
    byte[] pack = Packs.pack(List.of(record(0, 0, "a", "one"))).get(0).value();
    for (int length = 1; length < pack.length; length++) {
      byte[] cut = Arrays.copyOf(pack, length);
      assertThatThrownBy(() -> Packs.unpack(cut, (key, value, headers, timestamp, offset) -> {}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<String> unpacked(List<ConsumerRecord<byte[], byte[]>> packs) {
    List<String> records = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> pack : packs) {
      Packs.unpack(
          pack.value(),
          (key, value, headers, timestamp, offset) -> {
            List<String> told = new ArrayList<>();
            headers.forEach(header -> told.add(header.key() + "=" + text(header.value())));
            records.add(
                offset + " " + timestamp + " " + text(key) + "=" + text(value) + " " + told);
          });
    }
    return records;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      long offset, long timestamp, String key, String value) {
    return new ConsumerRecord<>(
        "logs",
        2,
        offset,
        timestamp,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8),
        new RecordHeaders(),
        Optional.empty());
  }
}
