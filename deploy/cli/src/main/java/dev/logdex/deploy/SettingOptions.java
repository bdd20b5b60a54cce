package dev.logdex.deploy;

import dev.logdex.runtime.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the settings of a stage that runs by itself come from; the later wins. */
final class SettingOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings as a properties file; it may hold those of other stages, too.")
  private @Nullable Path file;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "NAME=VALUE",
      description = "A setting; may be repeated. 'logdex configuration' lists them all.")
  private Map<String, String> given = new LinkedHashMap<>();

  SettingOptions() {}

  /**
   * What was given for the stage, not checked yet.
   *
   * @param environment the process's environment
   * @throws CommandFailure when the file cannot be read
   */
  Map<String, String> of(StageName stage, Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>();
    if (file != null) {
      settings.putAll(fromFile(file, stage));
    }
    settings.putAll(Settings.fromEnvironment(stage.definition(), environment));
    settings.putAll(given);
    return settings;
  }

  private static Map<String, String> fromFile(Path file, StageName stage) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure("Cannot read the settings in " + file + ": " + e, e);
    }
    Map<String, String> settings = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (stage.definition().names().contains(name) || !isOfAnotherStage(name)) {
        settings.put(name, properties.getProperty(name));
      }
    }
    return settings;
  }

  private static boolean isOfAnotherStage(String name) {
    return Arrays.stream(StageName.values())
        .map(StageName::definition)
        .map(ConfigDef::names)
        .anyMatch(names -> names.contains(name));
  }
}
