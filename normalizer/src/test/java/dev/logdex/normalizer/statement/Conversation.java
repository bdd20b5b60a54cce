package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says messages to a statement log, each in a buffer that is used again, and takes down what comes
 * of it.
 */
final class Conversation implements StatementLog.Outlet {
  static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  final List<SeenExecution> executions = new ArrayList<>();

  /** {@code KIND statement}, with time or size where there is one. */
  final List<String> events = new ArrayList<>();

  final List<String> users = new ArrayList<>();
  final List<LoggedPlan> plans = new ArrayList<>();
  final List<DeadLetterReason> reasons = new ArrayList<>();
  final Map<String, byte[]> store = new HashMap<>();
  StatementLog log;
  String backend = "1234";
  String session = "";
  @Nullable String context;
  private long second;

  Conversation() {
    this(100, 1_000_000);
  }

  Conversation(int maxPending, long maxBytes) {
    log = new StatementLog(maxPending, maxBytes, this);
  }

  void say(String... messages) {
    for (String message : messages) {
      say("LOG", message, null, null);
    }
  }

  void withDetail(String message, String detail) {
    say("LOG", message, detail, null);
  }

  void about(String message, String statement) {
    say("LOG", message, null, statement);
  }

  void error(String message, @Nullable String statement) {
    say("ERROR", message, null, statement);
  }

  void say(String level, String message, @Nullable String detail, @Nullable String statement) {
    second++;
    List<byte[]> buffers = new ArrayList<>();
    log.message(
        new LogEntry(
            LineWord.valueOf(level),
            null,
            "shop",
            "app",
            "",
            backend,
            session,
            -1,
            77,
            START.plusSeconds(second),
            START.plusSeconds(second),
            view(message, buffers),
            detail == null ? null : view(detail, buffers),
            context == null ? null : view(context, buffers),
            statement == null ? null : view(statement, buffers),
            new Place("place", second)));
    buffers.forEach(buffer -> Arrays.fill(buffer, (byte) '!'));
  }

  void wait(int seconds) {
    second += seconds;
  }

  /** What a restart does: another log goes on from what was kept. */
  void restart() throws IOException {
    drain();
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    log.write(new DataOutputStream(header));
    log = new StatementLog(100, 1_000_000, this);
    log.read(new DataInputStream(new ByteArrayInputStream(header.toByteArray())));
    Map<String, DataInputStream> states = new HashMap<>();
    store.forEach(
        (key, state) -> states.put(key, new DataInputStream(new ByteArrayInputStream(state))));
    log.restore(states);
  }

  void drain() {
    log.drainChanges(
        (key, state) -> {
          if (state == null) {
            store.remove(key);
            return;
          }
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try {
            state.write(new DataOutputStream(bytes));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          store.put(key, bytes.toByteArray());
        });
  }

  List<String> statements() {
    return executions.stream().map(SeenExecution::statement).toList();
  }

  private static Utf8 view(String text, List<byte[]> buffers) {
    byte[] bytes = Utf8.of("<<" + text + ">>").bytes();
    buffers.add(bytes);
    return Utf8.view(bytes, 2, bytes.length - 2);
  }

  @Override
  public void execution(Execution execution) {
    executions.add(SeenExecution.of(execution));
  }

  @Override
  public void event(StatementEvent event) {
    String amount =
        event.bytes() > 0
            ? " " + event.bytes()
            : event.elapsedMs() > 0 ? " " + event.elapsedMs() : "";
    events.add(event.kind() + " " + event.statement() + amount);
    users.add(event.user());
  }

  @Override
  public void plan(LoggedPlan plan) {
    plans.add(
        new LoggedPlan(
            plan.database(),
            plan.user(),
            Utf8.of(plan.statement().toString()),
            plan.format(),
            Utf8.of(plan.plan().toString()),
            plan.at(),
            plan.elapsedMs(),
            plan.rows(),
            plan.queryId(),
            plan.place()));
  }

  @Override
  public void rejected(LogEntry message, DeadLetterReason reason, String detail) {
    reasons.add(reason);
  }
}
