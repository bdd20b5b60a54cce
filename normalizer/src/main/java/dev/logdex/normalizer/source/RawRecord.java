package dev.logdex.normalizer.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record of the logs topic.
 *
 * @param source whose order of lines is kept
 * @param value lines, or a shipper's envelope; not to be changed
 * @param place what a dead letter calls it
 * @param arrivedAt when the broker took it, or what its shipper says
 * @param stretch which bytes of which file the value is; null when the shipper does not say
 * @param delivery what its sender calls it, the same when it sends it again; null when it does not
 *     say
 * @param endOfInput nothing more comes from the source for now
 */
@SuppressWarnings("ArrayRecordComponent") // raw records are not compared, and a copy would cost
public record RawRecord(
    String source,
    byte[] value,
    String place,
    Instant arrivedAt,
    @Nullable Stretch stretch,
    byte @Nullable [] delivery,
    boolean endOfInput) {

  /**
   * A stretch of a file.
   *
   * @param file identity of the file
   * @param position offset of the first byte
   */
  public record Stretch(String file, long position) {}
}
