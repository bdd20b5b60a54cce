package dev.logdex.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of a server whose data nobody needs once it has ended. */
final class ServerSettings {
  private ServerSettings() {}

  /** Arguments of {@code postgres}; settings of the caller win over those chosen here. */
  static List<String> arguments(Map<String, String> chosenByCaller) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fsync", "off");
    settings.put("synchronous_commit", "off");
    settings.put("full_page_writes", "off");
    settings.put("wal_level", "minimal");
    settings.put("max_wal_senders", "0");
    // statistics, and with them plans, change when ANALYZE is run and at no other time
    settings.put("autovacuum", "off");
    // the library for it is large and is not unpacked with the server
    settings.put("jit", "off");
    settings.put("logging_collector", "off");
    settings.putAll(chosenByCaller);
    List<String> arguments = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          arguments.add("-c");
          arguments.add(name + "=" + value);
        });
    return arguments;
  }
}
