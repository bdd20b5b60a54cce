package dev.logdex.ingest.outlet.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.outlet.Parcel;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A parcel in a segment: length and checksum of what follows, then source, headers and lines, each
 * behind its length.
 */
final class ParcelCodec {
  /** Length and checksum. */
  static final int FRAME_BYTES = 8;

  private ParcelCodec() {}

  /** The parcel with length and checksum before it. */
  static ByteBuffer encode(Parcel parcel) {
    byte[] source = parcel.source().getBytes(UTF_8);
    ByteBuffer out = ByteBuffer.allocate(size(parcel, source));
    out.position(FRAME_BYTES);
    put(out, source);
    out.put((byte) parcel.headers().size());
    parcel
        .headers()
        .forEach(
            (header, value) -> {
              put(out, header.key().getBytes(UTF_8));
              put(out, value);
            });
    put(out, parcel.lines());
    out.putInt(0, out.capacity() - FRAME_BYTES);
    out.putInt(Integer.BYTES, checksum(out.array(), FRAME_BYTES));
    return out.flip();
  }

  /**
   * The parcel of what stands behind length and checksum; a header of a later version, which is not
   * known here, is left out.
   *
   * @throws java.nio.BufferUnderflowException when it is no parcel
   */
  static Parcel decode(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    String source = new String(get(in), UTF_8);
    Map<LogHeader, byte[]> headers = new EnumMap<>(LogHeader.class);
    for (int left = in.get(); left > 0; left--) {
      String key = new String(get(in), UTF_8);
      byte[] value = get(in);
      header(key).ifPresent(header -> headers.put(header, value));
    }
    return new Parcel(source, get(in), headers);
  }

  static int size(Parcel parcel) {
    return size(parcel, parcel.source().getBytes(UTF_8));
  }

  static int checksum(byte[] bytes, int from) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, bytes.length - from);
    return (int) checksum.getValue();
  }

  private static int size(Parcel parcel, byte[] source) {
    int size = FRAME_BYTES + 2 * Integer.BYTES + source.length + 1 + parcel.lines().length;
    for (Map.Entry<LogHeader, byte[]> header : parcel.headers().entrySet()) {
      size += 2 * Integer.BYTES + header.getKey().key().length() + header.getValue().length;
    }
    return size;
  }

  private static Optional<LogHeader> header(String key) {
    return Arrays.stream(LogHeader.values()).filter(one -> one.key().equals(key)).findFirst();
  }

  private static void put(ByteBuffer out, byte[] bytes) {
    out.putInt(bytes.length).put(bytes);
  }

  private static byte[] get(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }
}
