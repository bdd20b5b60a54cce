package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.PlanEvidence;
import dev.logdex.normalizer.event.Sample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What room text and samples leave for plans in a record, which must stay below a mebibyte. */
final class RecordRoom {
  /** For everything that has no length of its own to speak of. */
  private static final int RESERVED = 130_000;

  private static final int PLAN_FIELDS = 200;

  private RecordRoom() {}

  /** The first plans that fit. */
  static List<PlanEvidence> fitting(List<PlanEvidence> plans, String text, List<Sample> samples) {
    if (plans.isEmpty()) {
      return plans;
    }
    long left = (1L << 20) - RESERVED - jsonLength(text);
    for (Sample sample : samples) {
      left -= jsonLength(sample.statement());
      for (@Nullable String parameter : sample.parameters()) {
        left -= parameter == null ? 0 : jsonLength(parameter);
      }
    }
    List<PlanEvidence> fitting = new ArrayList<>();
    for (PlanEvidence plan : plans) {
      long length = jsonLength(plan.plan()) + PLAN_FIELDS;
      if (length <= left) {
        fitting.add(plan);
        left -= length;
      }
    }
    return fitting;
  }

  /** At most so many bytes a text takes as JSON in UTF-8. */
  private static long jsonLength(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        length += c == '\n' || c == '\t' || c == '\r' ? 2 : 6;
      } else if (c < 0x80) {
        length += c == '"' || c == '\\' ? 2 : 1;
      } else {
        length += 3;
      }
    }
    return length;
  }
}
