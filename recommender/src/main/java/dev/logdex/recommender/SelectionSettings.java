package dev.logdex.recommender;

import dev.logdex.recommender.selection.GoodEnough;
import dev.logdex.recommender.selection.Policy;
import dev.logdex.recommender.selection.Policy.Overrides;
import dev.logdex.recommender.selection.Preset;
import dev.logdex.recommender.selection.SelectorChoice;
import dev.logdex.recommender.selection.StorageBudget;
import dev.logdex.runtime.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The settings that say how indexes are chosen. */
final class SelectionSettings {
  private static final String SELECTION = "selection";
  private static final String PRESET = "selection.preset";
  private static final String BYTE_PRICE = "selection.byte.price";
  private static final String KEEP_SHARE = "selection.keep.share";
  private static final String SCAN_TOLERANCE = "selection.scan.tolerance";
  private static final String SCAN_COST_MAX = "selection.scan.cost.max";
  private static final String INDEXES_MAX = "selection.indexes.max";
  private static final String STORAGE_MAX = "selection.storage.max.bytes";
  private static final String DATABASE_STORAGE_MAX = "selection.database.storage.max.bytes";
  private static final String WRITE_OVERHEAD_MAX = "selection.write.overhead.max";
  private static final String HOT_LOST_MAX = "selection.hot.updates.lost.max";

  private static final String OPTIMISER = "optimiser";
  private static final String GOOD_ENOUGH = "good-enough";
  private static final String AUTO = "auto";
  private static final String BY_PRESET = " Not given: as the preset says.";

  private SelectionSettings() {}

  static ConfigDef define(ConfigDef definition) {
    return bounds(
        definition
            .define(
                SELECTION,
                ConfigDef.Type.STRING,
                OPTIMISER,
                ConfigDef.ValidString.in(OPTIMISER, GOOD_ENOUGH),
                ConfigDef.Importance.MEDIUM,
                "How indexes are chosen: by weighted cost within bounds, or by the plain cover of"
                    + " scans that knows no rates and no bounds.")
            .define(
                PRESET,
                ConfigDef.Type.STRING,
                AUTO,
                ConfigDef.ValidString.in(presets()),
                ConfigDef.Importance.MEDIUM,
                "Goals and bounds of the optimiser; auto takes the one that fits how a table is"
                    + " read and written."));
  }

  private static String[] presets() {
    List<String> words = Arrays.stream(Preset.values()).map(Preset::word).toList();
    return Stream.concat(Stream.of(AUTO), words.stream()).toArray(String[]::new);
  }

  private static ConfigDef bounds(ConfigDef definition) {
    ConfigDef with = definition;
    with =
        optional(
            with,
            BYTE_PRICE,
            ConfigDef.Type.DOUBLE,
            "Planner units that one byte written into indexes is worth.");
    with =
        optional(
            with,
            KEEP_SHARE,
            ConfigDef.Type.DOUBLE,
            "Share of a table's cost, as it would be with every index there, that an index must save"
                + " by itself.");
    with =
        optional(
            with,
            SCAN_TOLERANCE,
            ConfigDef.Type.DOUBLE,
            "Share by which a scan may cost more than under its best index and count as served as"
                + " well.");
    with =
        optional(
            with,
            SCAN_COST_MAX,
            ConfigDef.Type.DOUBLE,
            "Planner units a minute that no single scan should cost in the end; what is above"
                + " weighs ten times.");
    with =
        optional(
            with, INDEXES_MAX, ConfigDef.Type.LONG, "Indexes that are recommended for one table.");
    with =
        optional(
            with,
            STORAGE_MAX,
            ConfigDef.Type.LONG,
            "Bytes that all recommended indexes of a table may take.");
    with =
        with.define(
            DATABASE_STORAGE_MAX,
            ConfigDef.Type.LONG,
            null,
            Settings.notNegativeIfGiven(),
            ConfigDef.Importance.MEDIUM,
            "Bytes that all recommended indexes of a database may take, divided among its tables"
                + " by what they save. Not given: no bound.");
    with =
        optional(
            with,
            WRITE_OVERHEAD_MAX,
            ConfigDef.Type.DOUBLE,
            "Bytes into recommended indexes for each byte into the table.");
    return optional(
        with,
        HOT_LOST_MAX,
        ConfigDef.Type.DOUBLE,
        "Heap-only updates a minute that recommended indexes of a table may end.");
  }

  private static ConfigDef optional(
      ConfigDef definition, String name, ConfigDef.Type type, String sentence) {
    return definition.define(
        name,
        type,
        null,
        Settings.notNegativeIfGiven(),
        ConfigDef.Importance.LOW,
        sentence + BY_PRESET);
  }

  static SelectorChoice of(Settings settings) {
    if (settings.text(SELECTION).equals(GOOD_ENOUGH)) {
      return SelectorChoice.always(new GoodEnough());
    }
    Long indexes = settings.longIntegerIfGiven(INDEXES_MAX);
    return new Policy(
        preset(settings.text(PRESET)),
        new Overrides(
            settings.realIfGiven(BYTE_PRICE),
            settings.realIfGiven(KEEP_SHARE),
            settings.realIfGiven(SCAN_TOLERANCE),
            settings.realIfGiven(SCAN_COST_MAX),
            indexes == null ? null : Math.toIntExact(Math.min(indexes, Integer.MAX_VALUE)),
            settings.longIntegerIfGiven(STORAGE_MAX),
            settings.realIfGiven(WRITE_OVERHEAD_MAX),
            settings.realIfGiven(HOT_LOST_MAX)));
  }

  static StorageBudget budget(Settings settings) {
    Long bytes = settings.longIntegerIfGiven(DATABASE_STORAGE_MAX);
    return new StorageBudget(bytes == null ? Long.MAX_VALUE : bytes);
  }

  private static @Nullable Preset preset(String word) {
    return Arrays.stream(Preset.values())
        .filter(preset -> preset.word().equals(word))
        .findFirst()
        .orElse(null);
  }
}
