package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.structured.LogField;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of the table with its paths as slot numbers. */
final class CompiledForm {
  /** The table, in its order. */
  static final List<CompiledForm> ALL;

  /** The members that all rows together ask for. */
  static final JsonPaths PATHS = new JsonPaths();

  static {
    List<CompiledForm> all = new ArrayList<>();
    JsonForms.ROWS.forEach(row -> all.add(new CompiledForm(row)));
    ALL = List.copyOf(all);
  }

  /** Members that must be there, the first of them with a certain value where one is told. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and seen by nobody else
  private record Mark(int slot, boolean exact, byte @Nullable [] value) {
    boolean fits(JsonMembers members) {
      if (value == null) {
        return members.has(slot);
      }
      if (exact) {
        return members.is(slot, value);
      }
      return members.isText(slot) && members.text(slot).contains(new String(value, UTF_8));
    }
  }

  private final JsonForm form;
  private final List<Mark> marks = new ArrayList<>();
  private final List<Integer> absent = new ArrayList<>();
  private final Map<JsonPart, int[]> parts = new EnumMap<>(JsonPart.class);
  private final Map<LogField, int[]> fields = new EnumMap<>(LogField.class);
  private final int remoteHost;
  private final int remotePort;
  private final int items;
  private @Nullable String container;

  private CompiledForm(JsonForm form) {
    this.form = form;
    for (String mark : form.marks()) {
      if (mark.startsWith("<")) {
        container = mark.substring(1);
      } else if (mark.startsWith("!")) {
        absent.add(PATHS.slot(mark.substring(1)));
      } else {
        marks.add(mark(mark));
      }
    }
    for (JsonPart part : JsonPart.values()) {
      parts.put(part, slots(form.parts().getOrDefault(part, JsonForms.usual(part))));
    }
    String pattern = form.fields();
    if (pattern != null) {
      for (LogField field : LogField.values()) {
        fields.put(field, slots(paths(pattern, JsonForm.namesOf(field))));
      }
    }
    remoteHost = pattern == null ? -1 : PATHS.slot(pattern.replace("*", "remote_host"));
    remotePort = pattern == null ? -1 : PATHS.slot(pattern.replace("*", "remote_port"));
    items = form.items() == null ? -1 : PATHS.slot(form.items());
  }

  private static Mark mark(String text) {
    int end = text.indexOf('=');
    boolean exact = end >= 0;
    end = exact ? end : text.indexOf('~');
    return end < 0
        ? new Mark(PATHS.slot(text), false, null)
        : new Mark(
            PATHS.slot(text.substring(0, end)), exact, text.substring(end + 1).getBytes(UTF_8));
  }

  private static List<String> paths(String pattern, List<String> names) {
    return names.stream().map(name -> pattern.replace("*", name)).toList();
  }

  private static int[] slots(List<String> paths) {
    return paths.stream().mapToInt(PATHS::slot).toArray();
  }

  /**
   * Whether the document has the marks of this form.
   *
   * @param within the form of which the document is an item; empty when it is none
   */
  boolean fits(JsonMembers members, String within) {
    if (container != null && !container.equals(within)) {
      return false;
    }
    for (Mark mark : marks) {
      if (!mark.fits(members)) {
        return false;
      }
    }
    return absent.stream().noneMatch(members::has);
  }

  String name() {
    return form.name();
  }

  @Nullable IgnoredCause ignored() {
    return form.ignored();
  }

  boolean has(JsonForm.Trait trait) {
    return form.traits().contains(trait);
  }

  boolean hasFields() {
    return form.fields() != null;
  }

  boolean hasItems() {
    return items >= 0;
  }

  /** Slot of the array; only when the form {@link #hasItems}. */
  int items() {
    return items;
  }

  /** Slot of the member that holds the part; -1 when none does. */
  int find(JsonPart part, JsonMembers members) {
    int[] slots = parts.get(part);
    return slots == null ? -1 : members.firstText(slots);
  }

  /** Slot of the member that holds the field; -1 when none does. */
  int find(LogField field, JsonMembers members) {
    int[] slots = fields.get(field);
    return slots == null ? -1 : members.firstText(slots);
  }

  int remoteHost() {
    return remoteHost;
  }

  int remotePort() {
    return remotePort;
  }
}
