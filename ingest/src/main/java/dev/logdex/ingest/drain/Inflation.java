package dev.logdex.ingest.drain;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** The compressions of request bodies, undone within a bound. */
public enum Inflation {
  NONE,
  GZIP,
  /** HTTP's deflate, which is zlib. */
  DEFLATE,
  ZSTD;

  /** What a request's {@code Content-Encoding} asks for. */
  public static Inflation of(RequestHead head) throws RefusedException {
    String name = head.header("content-encoding").orElse("identity").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "identity", "" -> NONE;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "zstd" -> ZSTD;
      default ->
          throw new RefusedException(
              Refusal.UNKNOWN_TYPE, "the content encoding must be gzip, deflate or zstd");
    };
  }

  /**
   * What was compressed.
   *
   * @param maxBytes no more memory than this is taken for the answer
   */
  public byte[] inflate(byte[] packed, int maxBytes) throws RefusedException {
    if (this == NONE) {
      return packed;
    }
    try (InputStream in = open(new ByteArrayInputStream(packed))) {
      byte[] plain = in.readNBytes(maxBytes + 1);
      if (plain.length > maxBytes) {
        throw new RefusedException(
            Refusal.TOO_LARGE, "the body inflates to more than is allowed in one request");
      }
      return plain;
    } catch (IOException e) {
      throw new RefusedException(Refusal.MALFORMED, "the body cannot be inflated", e);
    }
  }

  private InputStream open(InputStream packed) throws IOException {
    return switch (this) {
      case NONE -> packed;
      case GZIP -> new GZIPInputStream(packed);
      case DEFLATE -> new InflaterInputStream(packed);
      case ZSTD -> new ZstdInputStream(packed);
    };
  }

  static boolean isGzip(byte[] bytes) {
    return bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
  }
}
