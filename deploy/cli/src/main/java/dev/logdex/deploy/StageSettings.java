package dev.logdex.deploy;

import dev.logdex.embedded.ScratchFolder;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of stages that run inside a command, made of its options. */
final class StageSettings {
  private StageSettings() {}

  /** With local state in a folder that goes with the command: Kafka has what it was made of. */
  static Map<String, String> ofNormalizer(
      Map<String, String> shared, LogFormatOptions format, OpenParts parts) {
    Map<String, String> settings = new HashMap<>(shared);
    @Nullable String prefix = format.prefix();
    if (prefix != null) {
      settings.put("log.line.prefix", prefix);
    }
    @Nullable ZoneId zone = format.timezone();
    if (zone != null) {
      settings.put("log.timezone", zone.getId());
    }
    settings.put(
        "state.dir", parts.add(ScratchFolder.create("logdex-state", left -> {})).path().toString());
    return settings;
  }
}
