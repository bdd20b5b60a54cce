package dev.logdex.normalizer.structured;

import dev.logdex.normalizer.text.Utf8;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One log entry as fields. Reused from entry to entry: read it before the next one. */
public final class FieldEntry {
  private final Map<LogField, Utf8> values = new EnumMap<>(LogField.class);

  public void clear() {
    values.clear();
  }

  public void put(LogField field, Utf8 value) {
    values.put(field, value);
  }

  /** Null when the entry does not have the field; an empty text is something else. */
  public @Nullable Utf8 get(LogField field) {
    return values.get(field);
  }
}
