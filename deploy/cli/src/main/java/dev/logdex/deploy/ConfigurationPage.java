package dev.logdex.deploy;

import static java.util.stream.Collectors.joining;

import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** Every setting of every stage, and every topic, as a page of Markdown. */
final class ConfigurationPage {
  private static final String INTRODUCTION =
      """
      # Configuration

      <!-- Written by `logdex configuration`; a test fails when this page differs from the code. -->

      Each stage reads its settings from a properties file (`--config FILE`), from the environment
      (`LOGDEX_` and the name in capitals with `_` for `.`: `LOGDEX_BOOTSTRAP_SERVERS`) and from the
      command line (`-s name=value`); the later wins. One file may hold the settings of all stages.
      A name that no stage knows, or a bad value, stops the start, and all errors are told at once.

      Durations are ISO-8601: `PT10S` is ten seconds, `PT5M` five minutes, `P1D` a day.
      Settings that begin with `kafka.` go to Kafka's clients without that beginning, for example
      `kafka.security.protocol=SSL`.
      """;

  private ConfigurationPage() {}

  static String markdown() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    Set<String> shared = Settings.base().names();
    section(page, "Every stage", "", keys(Settings.base(), Set.of()));
    for (StageName stage : StageName.values()) {
      section(
          page,
          capitalised(stage.word()),
          stage.summary() + "\n\n",
          keys(stage.definition(), shared));
    }
    topics(page);
    return page.toString();
  }

  private static List<ConfigKey> keys(ConfigDef definition, Set<String> without) {
    List<ConfigKey> keys = new ArrayList<>(new TreeMap<>(definition.configKeys()).values());
    keys.removeIf(key -> without.contains(key.name));
    return keys;
  }

  private static void section(
      StringBuilder page, String title, String summary, List<ConfigKey> keys) {
    page.append("\n## ").append(title).append("\n\n").append(summary);
    page.append("| setting | default | values | meaning |\n|---|---|---|---|\n");
    for (ConfigKey key : keys) {
      row(page, "`" + key.name + "`", value(key), values(key), key.documentation);
    }
  }

  private static void topics(StringBuilder page) {
    page.append(
            "\n## Topics\n\nCreated with these settings when they are missing, and never changed;")
        .append(" names begin with `topic.prefix`.\n\n");
    page.append("| topic | partitions | settings |\n|---|---|---|\n");
    for (Topic topic : Topic.values()) {
      String settings =
          new TreeMap<>(topic.settings())
              .entrySet().stream()
                  .map(setting -> "`" + setting.getKey() + "=" + setting.getValue() + "`")
                  .collect(joining("<br>"));
      row(
          page,
          "`" + topic.named(Topic.DEFAULT_PREFIX) + "`",
          Integer.toString(topic.partitions()),
          settings);
    }
  }

  private static void row(StringBuilder page, String... cells) {
    page.append(
        Arrays.stream(cells)
            .map(cell -> cell.replace("|", "\\|"))
            .collect(joining(" | ", "| ", " |\n")));
  }

  private static String value(ConfigKey key) {
    if (!key.hasDefault()) {
      return "*must be set*";
    }
    Object value = ConfigDef.convertToString(key.defaultValue, key.type);
    return value == null || value.toString().isEmpty() ? "" : "`" + value + "`";
  }

  private static String values(ConfigKey key) {
    return key.validator == null
        ? key.type.toString().toLowerCase(Locale.ROOT)
        : key.validator.toString();
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
