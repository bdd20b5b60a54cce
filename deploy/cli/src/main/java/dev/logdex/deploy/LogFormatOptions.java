package dev.logdex.deploy;

import dev.logdex.normalizer.logentry.LogSettings;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a person may have to tell about a log, because the log does not. */
final class LogFormatOptions {
  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--prefix",
      paramLabel = "LOG_LINE_PREFIX",
      description = "The server's log_line_prefix, such as '%%m [%%p] '; detected when not given.")
  private @Nullable String prefix;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description =
          "The server's log_timezone, such as Europe/Berlin; needed where the log's time"
              + " zone abbreviations are ambiguous.")
  private @Nullable String timezone;

  LogFormatOptions() {}

  /** Null when the log's abbreviations tell. */
  private @Nullable ZoneId timezone() {
    try {
      return timezone == null ? null : ZoneId.of(timezone);
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(), timezone + " is not a time zone like Europe/Berlin", e);
    }
  }

  /** The same as settings of the normalizer. */
  Map<String, String> stageSettings() {
    Map<String, String> settings = new HashMap<>();
    if (prefix != null) {
      settings.put("log.line.prefix", prefix);
    }
    @Nullable ZoneId zone = timezone();
    if (zone != null) {
      settings.put("log.timezone", zone.getId());
    }
    return settings;
  }

  LogSettings settings() {
    return LogSettings.defaults().withPrefix(prefix).withZone(timezone());
  }
}
