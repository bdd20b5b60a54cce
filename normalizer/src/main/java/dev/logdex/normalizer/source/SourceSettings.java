package dev.logdex.normalizer.source;

import static java.util.Objects.requireNonNull;

import dev.logdex.normalizer.window.WindowLimits;
import java.time.Duration;

/**
 * How the sources of a task are read.
 *
 * @param quietTime a source that has been silent for so long has nothing more to say for now
 * @param retention a source that has been silent for so long is forgotten
 * @param windows sizes and bounds of the windows that executions are added up in
 */
public record SourceSettings(Duration quietTime, Duration retention, WindowLimits windows) {
  public SourceSettings {
    requireNonNull(quietTime, "quietTime");
    requireNonNull(retention, "retention");
    requireNonNull(windows, "windows");
  }
}
