package dev.logdex.ingest.outlet;

import static java.util.Objects.requireNonNull;

import dev.logdex.ingest.event.LogHeader;
import java.util.Map;

/**
 * Lines of one source that travel together: the key, the value and the headers of one record of the
 * logs topic. Its arrays are not copied, so not to be changed once it is made.
 */
public final class Parcel {
  private final String source;
  private final byte[] lines;
  private final Map<LogHeader, byte[]> headers;

  /**
   * Lines with what else is known of them.
   *
   * @param source what the order of the lines is defined within: a host, a drain token, a file
   * @param lines the raw lines as they came, line ends included
   */
  public Parcel(String source, byte[] lines, Map<LogHeader, byte[]> headers) {
    this.source = requireNonNull(source, "source");
    this.lines = requireNonNull(lines, "lines");
    this.headers = Map.copyOf(headers);
  }

  /** Lines of which nothing else is known. */
  public Parcel(String source, byte[] lines) {
    this(source, lines, Map.of());
  }

  public String source() {
    return source;
  }

  public byte[] lines() {
    return lines;
  }

  public Map<LogHeader, byte[]> headers() {
    return headers;
  }
}
