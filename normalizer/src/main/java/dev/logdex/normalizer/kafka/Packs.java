package dev.logdex.normalizer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Many raw records of one partition as one record, and back again, each with its own key, headers,
 * time and offset. Kafka Streams spends more on a record of one line than reading the line costs; a
 * pack goes through it as one. A pack exists between the consumer and the processor only.
 *
 * <p>It has the offset of its first record: while it waits, a commit says that nothing of it has
 * been read. When it has been processed, all of it has.
 */
final class Packs {
  private static final String MARK = "logdex.pack";
  private static final byte[] NOTHING = {};

  /** A pack is closed when it has grown so long; large enough that its own cost does not show. */
  private static final int PACK_BYTES = 128 * 1024;

  /** What a record takes beside its key, value and headers. */
  private static final int FRAME_BYTES = 2 * Long.BYTES + 3 * Integer.BYTES;

  private static final int NULL = -1;

  /** The key is that of the record before. */
  private static final int SAME = -2;

  private Packs() {}

  /** Takes the records of a pack. */
  interface Reader {
    void read(byte @Nullable [] key, byte[] value, Headers headers, long timestamp, long offset);
  }

  /** Packs records of one partition in their order. */
  static List<ConsumerRecord<byte[], byte[]>> pack(List<ConsumerRecord<byte[], byte[]>> records) {
    List<ConsumerRecord<byte[], byte[]>> packs = new ArrayList<>();
    int from = 0;
    while (from < records.size()) {
      int to = from;
      int bytes = 0;
      while (to < records.size() && (to == from || bytes < PACK_BYTES)) {
        bytes += bytes(records.get(to));
        to++;
      }
      packs.add(pack(records.subList(from, to), bytes));
      from = to;
    }
    return packs;
  }

  static boolean isPack(Headers headers) {
    return headers.lastHeader(MARK) != null;
  }

  /**
   * Gives the records of a pack in their order.
   *
   * @throws IllegalArgumentException when it is none
   */
  static void unpack(byte[] pack, Reader reader) {
    ByteBuffer in = ByteBuffer.wrap(pack);
    byte[] key = null;
    try {
      while (in.hasRemaining()) {
        long offset = in.getLong();
        long timestamp = in.getLong();
        int keyLength = in.getInt();
        key = keyLength == SAME ? key : bytes(in, keyLength);
        Headers headers = headers(in);
        byte[] value = bytes(in, in.getInt());
        reader.read(key, value == null ? NOTHING : value, headers, timestamp, offset);
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a pack of records ends too soon", e);
    }
  }

  private static ConsumerRecord<byte[], byte[]> pack(
      List<ConsumerRecord<byte[], byte[]>> records, int bytes) {
    ByteBuffer out = ByteBuffer.allocate(bytes);
    byte[] last = null;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      out.putLong(record.offset()).putLong(record.timestamp());
      byte[] key = record.key();
      if (key != null && Arrays.equals(key, last)) {
        out.putInt(SAME);
      } else {
        write(key, out);
      }
      last = key;
      write(record.headers(), out);
      write(record.value(), out);
    }
    ConsumerRecord<byte[], byte[]> first = records.get(0);
    byte[] frames = out.array();
    if (out.hasRemaining()) {
      frames = Arrays.copyOf(frames, out.position());
    }
    return new ConsumerRecord<>(
        first.topic(),
        first.partition(),
        first.offset(),
        first.timestamp(),
        TimestampType.LOG_APPEND_TIME,
        0,
        frames.length,
        NOTHING,
        frames,
        new RecordHeaders().add(MARK, NOTHING),
        first.leaderEpoch() == null ? Optional.empty() : first.leaderEpoch());
  }

  private static int bytes(ConsumerRecord<byte[], byte[]> record) {
    int bytes = FRAME_BYTES + length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      bytes += 2 * Integer.BYTES + header.key().getBytes(UTF_8).length + length(header.value());
    }
    return bytes;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static void write(byte @Nullable [] bytes, ByteBuffer out) {
    if (bytes == null) {
      out.putInt(NULL);
    } else {
      out.putInt(bytes.length).put(bytes);
    }
  }

  private static void write(Headers headers, ByteBuffer out) {
    Header[] all = headers.toArray();
    out.putInt(all.length);
    for (Header header : all) {
      write(header.key().getBytes(UTF_8), out);
      write(header.value(), out);
    }
  }

  private static byte @Nullable [] bytes(ByteBuffer in, int length) {
    if (length == NULL) {
      return null;
    }
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static Headers headers(ByteBuffer in) {
    int count = in.getInt();
    RecordHeaders headers = new RecordHeaders();
    for (int i = 0; i < count; i++) {
      byte[] name = bytes(in, in.getInt());
      byte[] value = bytes(in, in.getInt());
      headers.add(new String(name == null ? NOTHING : name, UTF_8), value);
    }
    return headers;
  }
}
