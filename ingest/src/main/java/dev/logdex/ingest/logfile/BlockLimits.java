package dev.logdex.ingest.logfile;

/**
 * How lines are packed into blocks.
 *
 * @param blockBytes whole lines are packed together up to this many bytes; a longer line is a block
 *     of its own
 * @param lineBytes a line is cut after this many bytes, its line end not counted
 */
public record BlockLimits(int blockBytes, int lineBytes) {
  /** 64 KiB a block: large enough that a record's costs vanish, small enough to be held often. */
  public static final BlockLimits DEFAULT = new BlockLimits(64 * 1024, 6 * 1024 * 1024);

  public BlockLimits {
    if (blockBytes < 1) {
      throw new IllegalArgumentException("blockBytes must be positive: " + blockBytes);
    }
    if (lineBytes < blockBytes) {
      throw new IllegalArgumentException(
          "lineBytes must not be less than blockBytes: " + lineBytes + " < " + blockBytes);
    }
  }
}
