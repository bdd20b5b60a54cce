package dev.logdex.ingest.tail;

import static java.util.Objects.requireNonNull;

import dev.logdex.ingest.logfile.BlockLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which files are followed, and how.
 *
 * @param patterns files, folders and globs
 * @param source what the logs' server is called; empty to call each log by its path
 * @param stateFolder where is remembered how far they were read; empty for nowhere
 * @param from where files begin that are there at the start
 * @param limits how lines are packed
 * @param interval how often files are looked at
 * @param quietTime a log that has not grown for so long has come to its end for now
 * @param goneTime a file that was removed or renamed is closed when it has not grown for so long
 * @param checkpointInterval how often places are saved
 * @param openMax files open at a time
 */
public record TailOptions(
    List<String> patterns,
    String source,
    Optional<Path> stateFolder,
    StartAt from,
    BlockLimits limits,
    Duration interval,
    Duration quietTime,
    Duration goneTime,
    Duration checkpointInterval,
    int openMax) {
  public TailOptions {
    patterns = List.copyOf(patterns);
    requireNonNull(source, "source");
    requireNonNull(stateFolder, "stateFolder");
    requireNonNull(from, "from");
    requireNonNull(limits, "limits");
    requireNonNull(interval, "interval");
    requireNonNull(quietTime, "quietTime");
    requireNonNull(goneTime, "goneTime");
    requireNonNull(checkpointInterval, "checkpointInterval");
    if (openMax < 1) {
      throw new IllegalArgumentException("openMax must be positive: " + openMax);
    }
  }

  /**
   * The same for other files.
   *
   * @param otherSource null for the same
   * @param otherFrom null for the same
   */
  public TailOptions of(
      List<String> otherPatterns, @Nullable String otherSource, @Nullable StartAt otherFrom) {
    return new TailOptions(
        otherPatterns,
        otherSource == null ? source : otherSource,
        stateFolder,
        otherFrom == null ? from : otherFrom,
        limits,
        interval,
        quietTime,
        goneTime,
        checkpointInterval,
        openMax);
  }

  /** Whether there is anything to follow. */
  public boolean isOn() {
    return !patterns.isEmpty();
  }

  /** What the lines of a file are keyed by. */
  String sourceOf(Path file) {
    Path log = LogNames.logOf(file);
    if (source.isEmpty()) {
      return log.toString();
    }
    // one log is the server's; of several each must keep its own order
    return isOneFile() ? source : source + ":" + log;
  }

  private boolean isOneFile() {
    return patterns.size() == 1 && FilePattern.isOneFile(patterns.get(0));
  }
}
