package dev.logdex.normalizer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.normalizer.source.RawRecord;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Reads what a shipper put around the lines: key, headers and time. */
public final class RawRecords {
  private static final byte[] NOTHING = new byte[0];

  private RawRecords() {}

  /**
   * When a record arrived. One without a time must not stop the stream: it arrived with the one
   * before it.
   *
   * @param partitionTime of the record before it; negative when there was none
   */
  public static long arrival(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
  }

  static RawRecord of(Record<byte[], byte[]> record, int partition, long offset) {
    return new RawRecord(
        source(record.key(), partition),
        record.value() == null ? NOTHING : record.value(),
        partition + ":" + offset,
        Instant.ofEpochMilli(record.timestamp()),
        stretch(record.headers()),
        record.headers().lastHeader(LogHeader.END_OF_INPUT.key()) != null);
  }

  /** Lines without a key have an order within their partition only, so that is their source. */
  private static String source(byte @Nullable [] key, int partition) {
    return key == null || key.length == 0
        ? "unkeyed-" + partition
        : new String(key, UTF_8).replace('\0', '\ufffd');
  }

  private static RawRecord.@Nullable Stretch stretch(Headers headers) {
    Header file = headers.lastHeader(LogHeader.FILE.key());
    Header position = headers.lastHeader(LogHeader.POSITION.key());
    if (file == null || file.value() == null || position == null || position.value() == null) {
      return null;
    }
    try {
      long offset = Long.parseLong(new String(position.value(), UTF_8));
      return offset < 0 ? null : new RawRecord.Stretch(new String(file.value(), UTF_8), offset);
    } catch (NumberFormatException e) {
      // somebody else's header of the same name: the lines count, a second sending is not seen
      return null;
    }
  }
}
