package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.fingerprint.StatementNormalizer;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.Parameters;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds to windows what a log might tell, and plays the store that their pieces go to. */
final class LogOf {
  static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
  private static final Place PLACE = new Place("0:0", 1);

  final Map<String, byte[]> store = new HashMap<>();
  private final StatementNormalizer normalizer = new StatementNormalizer();
  private final WindowLimits limits;
  private final WindowCaps caps;
  OpenWindows windows;

  LogOf(WindowLimits limits, WindowCaps caps) {
    this.limits = limits;
    this.caps = caps;
    this.windows = new OpenWindows(limits, caps);
  }

  LogOf() {
    this(WindowLimits.DEFAULT, WindowCaps.DEFAULT);
  }

  LogOf call(String statement) {
    return call("shop", "ann", statement, Parameters.NONE, TEN, 1.5, 0);
  }

  LogOf call(String statement, Instant at, @Nullable Double elapsedMs) {
    return call("shop", "ann", statement, Parameters.NONE, at, elapsedMs, 0);
  }

  LogOf call(
      String database,
      String user,
      String statement,
      Parameters parameters,
      Instant at,
      @Nullable Double elapsedMs,
      long queryId) {
    Utf8 text = view(statement);
    read(text);
    windows.add(
        new Execution(database, user, text, parameters, at, elapsedMs, queryId, PLACE), normalizer);
    overwrite(text);
    return this;
  }

  LogOf event(StatementEvent.Kind kind, String statement, double elapsedMs, long bytes) {
    Utf8 text = view(statement);
    read(text);
    windows.add(
        new StatementEvent(kind, "shop", "ann", text, TEN, elapsedMs, bytes, 0, PLACE), normalizer);
    overwrite(text);
    return this;
  }

  LogOf plan(String statement, String plan, Instant at, double elapsedMs, double rows) {
    Utf8 text = view(statement);
    Utf8 planText = view(plan);
    read(text);
    windows.add(
        new LoggedPlan(
            "shop", "ann", text, LoggedPlan.Format.TEXT, planText, at, elapsedMs, rows, 42, PLACE),
        normalizer);
    overwrite(text);
    overwrite(planText);
    return this;
  }

  /** What a commit does. Returns the bytes that went to the store, keys included. */
  int commit() {
    int[] bytes = {0};
    windows.drainChanges(
        (name, piece) -> {
          bytes[0] += name.length() + (piece == null ? 0 : piece.length);
          if (piece == null) {
            store.remove(name);
          } else {
            store.put(name, piece);
          }
        });
    return bytes[0];
  }

  /** What a restart does. */
  LogOf restart() {
    windows = new OpenWindows(limits, caps);
    windows.restore(new ArrayList<>(store.entrySet()));
    return this;
  }

  List<QueryWindow> all() {
    return windows.takeAll();
  }

  QueryWindow only() {
    List<QueryWindow> all = all();
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " windows");
    }
    return all.get(0);
  }

  private void read(Utf8 text) {
    normalizer.read(text.bytes(), text.from(), text.length());
  }

  private static Utf8 view(String text) {
    Utf8 utf8 = Utf8.of(text);
    return Utf8.view(utf8.bytes(), 0, utf8.length());
  }

  /** Texts are views of a buffer that is used again: whoever keeps one unasked is found out. */
  private static void overwrite(Utf8 text) {
    Arrays.fill(text.bytes(), (byte) '#');
  }
}
