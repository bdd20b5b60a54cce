package dev.logdex.ingest;

import dev.logdex.ingest.kafka.ShipperSettings;
import dev.logdex.ingest.tail.StartAt;
import dev.logdex.ingest.tail.TailOptions;
import dev.logdex.runtime.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The settings that say which files are followed, and how. */
final class FileSettings {
  private static final String PATHS = "files.paths";
  private static final String SOURCE = "files.source";
  private static final String FROM = "files.from";
  private static final String STATE_DIR = "files.state.dir";
  private static final String CHECKPOINT_INTERVAL = "files.checkpoint.interval";
  private static final String GONE_TIME = "files.gone.time";
  private static final String OPEN_MAX = "files.open.max";

  private FileSettings() {}

  static ConfigDef define(ConfigDef definition) {
    return places(definition)
        .define(
            CHECKPOINT_INTERVAL,
            ConfigDef.Type.STRING,
            "PT1S",
            Settings.duration(),
            ConfigDef.Importance.LOW,
            "How often is saved how far followed files were read. What was read since is sent again"
                + " after a kill, and counted once.")
        .define(
            GONE_TIME,
            ConfigDef.Type.STRING,
            "PT1M",
            Settings.duration(),
            ConfigDef.Importance.LOW,
            "A followed file that was removed or renamed is closed when it has not grown for so"
                + " long.")
        .define(
            OPEN_MAX,
            ConfigDef.Type.INT,
            256,
            ConfigDef.Range.atLeast(1),
            ConfigDef.Importance.LOW,
            "Followed files open at a time; those quiet for longest are closed for others.");
  }

  private static ConfigDef places(ConfigDef definition) {
    return definition
        .define(
            PATHS,
            ConfigDef.Type.LIST,
            "",
            ConfigDef.Importance.MEDIUM,
            "Files, folders and globs to follow, comma-separated; of a folder its .log, .csv and"
                + " .json files, and those packed as .gz.")
        .define(
            SOURCE,
            ConfigDef.Type.STRING,
            "",
            ConfigDef.Importance.LOW,
            "What the server is called that writes the followed files; not given: their paths.")
        .define(
            FROM,
            ConfigDef.Type.STRING,
            "beginning",
            ConfigDef.LambdaValidator.with(
                FileSettings::requireStart, () -> "beginning, end, or a time"),
            ConfigDef.Importance.MEDIUM,
            "Where followed files begin that are there at the start and of which nothing is"
                + " remembered: beginning, end, or a time of their entries like"
                + " 2026-11-21T10:00Z.")
        .define(
            STATE_DIR,
            ConfigDef.Type.STRING,
            "",
            ConfigDef.Importance.HIGH,
            "Folder that remembers how far followed files were read. Not given: after a restart"
                + " they are read again as "
                + FROM
                + " says.");
  }

  private static void requireStart(String name, Object value) {
    try {
      StartAt.parse(String.valueOf(value));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          name, value, "is not beginning, end or a time like 2026-11-21T10:00Z");
    }
  }

  static TailOptions of(Settings settings, ShipperSettings shipper) {
    return new TailOptions(
        settings.list(PATHS),
        settings.text(SOURCE),
        folder(settings.text(STATE_DIR)),
        StartAt.parse(settings.text(FROM)),
        shipper.limits(),
        shipper.followInterval(),
        shipper.followQuietTime(),
        settings.duration(GONE_TIME),
        settings.duration(CHECKPOINT_INTERVAL),
        settings.integer(OPEN_MAX));
  }

  private static Optional<Path> folder(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      throw new ConfigException(STATE_DIR, text, "is not a folder's name");
    }
  }
}
