package dev.logdex.ingest.tail;

import dev.logdex.ingest.logfile.LogBlock;

/** Counts that only grow. */
final class Totals {
  long lines;
  long bytes;
  long rotations;
  long truncations;
  private OpenLog.Cuts cuts = OpenLog.Cuts.NONE;

  void sent(LogBlock block) {
    lines += block.lines();
    bytes += block.bytes().length;
  }

  void cut(OpenLog.Cuts more) {
    cuts = cuts.plus(more);
  }

  OpenLog.Cuts cuts() {
    return cuts;
  }
}
