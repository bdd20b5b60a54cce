package dev.logdex.normalizer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.normalizer.source.RawRecord;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a shipper put around the lines: key, headers and time. Remembers the names of some
 * sources, so that none is made anew for every record. Not thread-safe.
 */
public final class RawRecords {
  /** As a bridge from HTTP to Kafka passes it on from Heroku's Logplex. */
  static final String LOGPLEX_FRAME = "Logplex-Frame-Id";

  private static final byte[] NOTHING = new byte[0];
  private static final int NAMES_REMEMBERED = 1024;

  /** By the key's hash; a name whose place is taken is made again. */
  private final @Nullable Named[] names = new @Nullable Named[NAMES_REMEMBERED];

  private Instant lastArrival = Instant.EPOCH;

  RawRecords() {}

  /**
   * When a record arrived. One without a time must not stop the stream: it arrived with the one
   * before it.
   *
   * @param partitionTime of the record before it; negative when there was none
   */
  public static long arrival(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
  }

  RawRecord of(
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers,
      long timestamp,
      int partition,
      long offset) {
    byte[] lines = value == null ? NOTHING : value;
    String source = source(key, partition);
    String place = partition + ":" + offset;
    Instant arrivedAt = arrivedAt(timestamp);
    if (!headers.iterator().hasNext()) {
      return new RawRecord(source, lines, place, arrivedAt, null, null, false);
    }
    return new RawRecord(
        source,
        lines,
        place,
        arrivedAt,
        stretch(headers),
        delivery(headers),
        headers.lastHeader(LogHeader.END_OF_INPUT.key()) != null);
  }

  /** Records that were sent together have one time. */
  private Instant arrivedAt(long timestamp) {
    if (lastArrival.toEpochMilli() != timestamp) {
      lastArrival = Instant.ofEpochMilli(timestamp);
    }
    return lastArrival;
  }

  /** Lines without a key have an order within their partition only, so that is their source. */
  private String source(byte @Nullable [] key, int partition) {
    if (key == null || key.length == 0) {
      return "unkeyed-" + partition;
    }
    int place = spread(Arrays.hashCode(key));
    Named known = names[place];
    if (known != null && Arrays.equals(known.key, key)) {
      return known.name;
    }
    String name = new String(key, UTF_8).replace('\0', '\ufffd');
    names[place] = new Named(key, name);
    return name;
  }

  private static int spread(int hash) {
    return (hash ^ hash >>> 16) & NAMES_REMEMBERED - 1;
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

  private static byte @Nullable [] delivery(Headers headers) {
    Header own = headers.lastHeader(LogHeader.DELIVERY.key());
    Header found = own == null ? headers.lastHeader(LOGPLEX_FRAME) : own;
    return found == null || found.value() == null || found.value().length == 0
        ? null
        : found.value();
  }

  private static final class Named {
    private final byte[] key;
    private final String name;

    Named(byte[] key, String name) {
      this.key = key;
      this.name = name;
    }
  }
}
