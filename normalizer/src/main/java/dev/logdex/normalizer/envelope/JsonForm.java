package dev.logdex.normalizer.envelope;

import dev.logdex.normalizer.structured.LogField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of {@link JsonForms}: how a shipper's or platform's JSON is recognised, and which members
 * hold what. Paths are those of {@link JsonPaths}; of several for the same part the first one that
 * is there counts.
 *
 * @param name what the operator pins, and what inspect prints
 * @param marks members that must be there: {@code path}, {@code path=value} or {@code path~part of
 *     the value}; {@code !path} must not be there, and {@code <name} stands for being an item of
 *     that form
 * @param fields how the members of an entry that comes in fields are called: a path with {@code *}
 *     for the field's name; null when the form holds text
 * @param items member that is an array of documents; null when there is none
 * @param ignored why such a document is no log line; null when it is one
 */
record JsonForm(
    String name,
    List<String> marks,
    Map<JsonPart, List<String>> parts,
    List<Trait> traits,
    @Nullable String fields,
    @Nullable String items,
    @Nullable IgnoredCause ignored) {
  /** What holds for all lines of a form. */
  enum Trait {
    /** Nothing but a Postgres's lines comes this way. */
    ONLY_POSTGRES,
    /** rsyslog wrote it, which escapes control characters. */
    ESCAPED,
    /** A document holds one entry, so a further line of its text continues it, TAB or not. */
    ONE_ENTRY,
    /** A text without a line end goes on in the next document. */
    ENDS_WITH_LINE,
    /** Arrives in any order: what comes together is sorted by its time. */
    SORTED,
    /** AlloyDB: {@code [file.cc:123]} stands before the message. */
    SOURCE_PLACE
  }

  JsonForm {
    marks = List.copyOf(marks);
    parts = Map.copyOf(parts);
    traits = List.copyOf(traits);
  }

  static JsonForm named(String name, String... marks) {
    return new JsonForm(name, List.of(marks), Map.of(), List.of(), null, null, null);
  }

  JsonForm with(JsonPart part, String... paths) {
    Map<JsonPart, List<String>> all = new EnumMap<>(JsonPart.class);
    all.putAll(parts);
    all.put(part, List.of(paths));
    return new JsonForm(name, marks, all, traits, fields, items, ignored);
  }

  JsonForm text(String... paths) {
    return with(JsonPart.TEXT, paths);
  }

  JsonForm with(Trait trait) {
    List<Trait> all = new ArrayList<>(traits);
    all.add(trait);
    return new JsonForm(name, marks, parts, all, fields, items, ignored);
  }

  JsonForm fields(String pattern) {
    return new JsonForm(name, marks, parts, traits, pattern, items, ignored);
  }

  JsonForm items(String path) {
    return new JsonForm(name, marks, parts, traits, fields, path, ignored);
  }

  JsonForm ignoredAs(IgnoredCause cause) {
    return new JsonForm(name, marks, parts, traits, fields, items, cause);
  }

  /** Other names that the field has somewhere: in the jsonlog extension, or for its parts. */
  static List<String> namesOf(LogField field) {
    List<String> names = new ArrayList<>();
    names.add(field.cnpgName());
    String jsonName = field.jsonName();
    if (jsonName != null && !jsonName.equals(field.cnpgName())) {
      names.add(jsonName);
    }
    if (field == LogField.DETAIL) {
      names.add("detail_log"); // the extension's name, and that of log_error_verbosity's source
    }
    return names;
  }
}
