package dev.logdex.analyzer.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The statements that Logdex sends of its own, each in a file beside this package's classes. */
enum SqlFile {
  SERVER,
  EPOCH,
  RELATIONS,
  RELATION,
  NAMED,
  TABLES,
  COLUMNS,
  INDEXES,
  PARTITIONS,
  TAKEN_NAMES,
  INDEX_EXPRESSIONS,
  EXTENDED_EXPRESSIONS,
  TYPES,
  CASTS,
  OPERATORS,
  COMMUTATORS,
  CREATE_INDEX,
  RESET_INDEXES,
  UNLOCK,
  BACKEND,
  BUILT_INDEX,
  HYPOPG,
  PARAMETERS,
  HIDING,
  HIDE_INDEX,
  HIDE_ON_COPY,
  UNHIDE_INDEXES,
  WITHOUT_INDEXES,
  SETTING,
  IDENTIFY,
  EXAMINE_SERVER,
  EXAMINE_HYPOPG,
  EXAMINE_ROLE,
  EXAMINE_UNREADABLE,
  EXAMINE_STATISTICS,
  EXAMINE_SETTINGS;

  private final String text = read(name().toLowerCase(Locale.ROOT).replace('_', '-'));

  String text() {
    return text;
  }

  /** The text with the quoted name of HypoPG's schema in it. */
  String text(String hypopgSchema) {
    return text.replace("%s", hypopgSchema);
  }

  private static String read(String name) {
    String file = name + ".sql";
    try (InputStream in = SqlFile.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + file);
      }
      return withoutComments(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Comments are for who reads the file, not for the server's log. */
  private static String withoutComments(String sql) {
    return sql.lines().filter(line -> !line.startsWith("--")).collect(joining("\n"));
  }
}
