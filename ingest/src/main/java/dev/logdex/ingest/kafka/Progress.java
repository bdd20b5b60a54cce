package dev.logdex.ingest.kafka;

/** Hears how far the reading of a file has come; called often, so it should be quick. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (done, total) -> {};

  /**
   * Hears of another block.
   *
   * @param bytesDone bytes of the file read so far; packed ones where the file is compressed
   * @param bytesTotal size of the file when the reading began
   */
  void read(long bytesDone, long bytesTotal);
}
