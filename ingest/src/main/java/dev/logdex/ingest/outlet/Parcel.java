package dev.logdex.ingest.outlet;

import static java.util.Objects.requireNonNull;

import dev.logdex.ingest.event.LogHeader;
import java.util.Map;

/**
 * Lines of one source that travel together: the key, the value and the headers of one record of the
 * logs topic.
 *
 * @param source what the order of the lines is defined within: a host, a drain token, a file
 * @param lines the raw lines as they came, line ends included; not copied, so not to be changed
 * @param headers what else is known of them; values are not copied either
 */
public record Parcel(String source, byte[] lines, Map<LogHeader, byte[]> headers) {
  public Parcel {
    requireNonNull(source, "source");
    requireNonNull(lines, "lines");
    headers = Map.copyOf(headers);
  }

  /** Lines of which nothing else is known. */
  public Parcel(String source, byte[] lines) {
    this(source, lines, Map.of());
  }
}
