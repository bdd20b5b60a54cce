package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The DETAIL part of {@code deadlock detected}: a line for each process about whom it waits for,
 * then for each its number, a colon and what it ran, of which the server shows no more than {@code
 * track_activity_query_size} (deadlock.c). Numbers and order tell all of it, in any language; the
 * process that writes the message comes first.
 */
final class Deadlock {
  private static final int MOST_PROCESSES = 100;
  private static final int MOST_BYTES_BEFORE_NUMBER = 60;

  private Deadlock() {}

  /** Views of what each process ran, as far as the part tells. */
  static List<Utf8> statements(Utf8 detail) {
    List<Long> processes = new ArrayList<>();
    int line = 0;
    while (line < detail.length() && processes.size() < MOST_PROCESSES) {
      Numbered numbered = Numbered.at(detail, line);
      if (numbered == null) {
        return List.of();
      }
      if (numbered.textFrom >= 0 && processes.contains(numbered.process)) {
        return statements(detail, line, processes);
      }
      processes.add(numbered.process);
      line = nextLine(detail, line);
    }
    return List.of();
  }

  private static List<Utf8> statements(Utf8 detail, int from, List<Long> processes) {
    List<Utf8> statements = new ArrayList<>();
    int textFrom = -1;
    int next = 0;
    for (int line = from; line < detail.length(); line = nextLine(detail, line)) {
      Numbered numbered = next == processes.size() ? null : Numbered.at(detail, line);
      if (numbered != null && numbered.textFrom >= 0 && numbered.process == processes.get(next)) {
        if (textFrom >= 0) {
          statements.add(SqlText.strip(detail.part(textFrom, line)));
        }
        textFrom = numbered.textFrom;
        next++;
      }
    }
    if (textFrom >= 0) {
      statements.add(SqlText.strip(detail.part(textFrom)));
    }
    return statements;
  }

  private static int nextLine(Utf8 text, int from) {
    int end = text.indexOf((byte) '\n', from);
    return end < 0 ? text.length() : end + 1;
  }

  /**
   * A line with a process's number in it.
   *
   * @param textFrom where the text after number and colon begins; -1 when no colon follows
   */
  private record Numbered(long process, int textFrom) {
    static @Nullable Numbered at(Utf8 text, int line) {
      int at = line;
      while (at < text.length()
          && at - line < MOST_BYTES_BEFORE_NUMBER
          && text.at(at) != '\n'
          && !(text.at(at) >= '0' && text.at(at) <= '9')) {
        at++;
      }
      Template.Match number = new Template.Match();
      int end = number.readNumber(text, at);
      if (end < 0) {
        return null;
      }
      int colon = Template.skipBlanks(text, end);
      boolean told = colon < text.length() && text.at(colon) == ':';
      return new Numbered(number.number(), told ? Template.skipBlanks(text, colon + 1) : -1);
    }
  }
}
