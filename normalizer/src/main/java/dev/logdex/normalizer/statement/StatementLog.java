package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.text.Utf8;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells executions from the messages of one source, and counts each once: a statement that {@code
 * log_statement} announces waits for its {@code duration:} line, which makes it one timed
 * execution; for the process going on to something else, which makes it one without a time; or for
 * an ERROR about it, which makes it none, as pg_stat_statements counts no failed statement.
 *
 * <p>Not executions: parse and bind, further fetches from a portal, plans of auto_explain,
 * STATEMENT parts, texts without any statement.
 */
public final class StatementLog {
  /** Takes what is found out. */
  public interface Outlet {
    void execution(Execution execution);

    void event(StatementEvent event);

    void plan(LoggedPlan plan);

    void rejected(LogEntry message, DeadLetterReason reason, String detail);
  }

  /** What RDS puts at the end of a message that it cut. */
  public static final String TRUNCATION_MARK = "[Your log message was truncated]";

  /**
   * How long an announced statement is waited for by the source's time. Where the server logs
   * durations the statement may just run long; where it does not, nothing more comes.
   */
  private static final Duration WAIT_WITH_DURATIONS = Duration.ofHours(1);

  private static final Duration WAIT_WITHOUT = Duration.ofMinutes(1);

  private final int maxPending;
  private final long maxPendingChars;
  private final Outlet outlet;

  /** By backend, longest waiting first. */
  private final Map<String, PendingStatement> pending = new LinkedHashMap<>();

  private final Set<String> changed = new HashSet<>();
  private long pendingChars;
  private long order;
  private boolean durationsSeen;
  private boolean languageTold;
  private Instant newest = Instant.MIN;

  /**
   * @param maxPending the most announced statements to remember; beyond it the oldest is taken as
   *     executed
   * @param maxPendingChars the most text in them together, likewise
   */
  public StatementLog(int maxPending, long maxPendingChars, Outlet outlet) {
    this.maxPending = maxPending;
    this.maxPendingChars = maxPendingChars;
    this.outlet = outlet;
  }

  /** Reads one whole message. Messages of one backend come in their order. */
  public void message(LogEntry message) {
    if (message.at().isAfter(newest)) {
      newest = message.at();
    }
    PendingStatement before = pending.get(message.backend());
    if (before != null && !before.isOfSameProcess(message)) {
      settle(message.backend());
      before = null;
    }
    switch (message.level()) {
      case LOG -> log(message, before);
      case ERROR, FATAL, PANIC -> failed(message, before);
      default -> {
        // notices and warnings come from within the statement
      }
    }
    settleOverdue();
  }

  /** A message of the backend was lost or damaged, so nothing later can be told to go with it. */
  public void lost(String backend) {
    settle(backend);
  }

  /** Nothing more comes: announced statements are taken as executed. */
  public void settleAll() {
    for (String backend : List.copyOf(pending.keySet())) {
      settle(backend);
    }
  }

  /** Tells the operator, once, that the server's messages are translated. */
  public void foreignLanguage(LogEntry message, String language) {
    if (!languageTold) {
      languageTold = true;
      outlet.rejected(
          message,
          DeadLetterReason.UNSUPPORTED_LANGUAGE,
          "the server logs in "
              + language
              + ", which is not read; set lc_messages = 'C' to have its statements counted"
              + " (told once per source)");
    }
  }

  private void log(LogEntry message, @Nullable PendingStatement before) {
    if (message.statement() != null) {
      return; // statement logging hides that part; a RAISE LOG may say anything
    }
    StatementMessage read = StatementMessage.read(message.text().toString());
    if (read.kind() == MessageKind.OTHER) {
      String language = ForeignPhrases.languageOf(message.text().toString());
      if (language != null) {
        foreignLanguage(message, language);
      }
      return;
    }
    if (read.kind() == MessageKind.DURATION) {
      durationsSeen = true;
      if (before != null && read.elapsedMs() != null) {
        forget(message.backend());
        outlet.execution(before.timed(read.elapsedMs(), message.at()));
      }
      return;
    }
    boolean sameLoggedTwice =
        before != null
            && read.kind().isExecution()
            && read.elapsedMs() != null
            && before.logged().equals(read.sql());
    if (sameLoggedTwice) {
      forget(message.backend());
    } else if (read.kind().endsStatementBefore()) {
      settle(message.backend());
    }
    if (read.kind().isExecution()) {
      execution(message, read);
    }
  }

  private void execution(LogEntry message, StatementMessage read) {
    if (read.sql().stripTrailing().endsWith(TRUNCATION_MARK)) {
      outlet.rejected(
          message, DeadLetterReason.TRUNCATED_STATEMENT, "the platform cut the log message");
      return;
    }
    if (SqlText.isBlank(read.sql())) {
      return;
    }
    PendingStatement statement = statement(message, read);
    if (read.elapsedMs() != null) {
      outlet.execution(statement.timed(read.elapsedMs(), message.at()));
    } else {
      remember(message.backend(), statement);
      changed.add(message.backend());
      makeRoom();
    }
  }

  private PendingStatement statement(LogEntry message, StatementMessage read) {
    String detail = message.detail() == null ? null : message.detail().toString();
    PreparedCall call =
        read.kind() == MessageKind.STATEMENT ? PreparedCall.of(read.sql(), detail) : null;
    Parameters parameters =
        call != null
            ? Parameters.of(call.parameters())
            : message.detail() == null ? Parameters.NONE : Parameters.in(message.detail());
    return new PendingStatement(
        message.database(),
        message.user(),
        message.session(),
        message.lineNumber(),
        message.at(),
        read.sql(),
        call != null ? call.statement() : read.sql(),
        parameters.detached(),
        message.queryId(),
        message.place(),
        order++,
        newest);
  }

  // Without a STATEMENT part an ERROR is about what runs; a FATAL may come while nothing does.
  private void failed(LogEntry message, @Nullable PendingStatement before) {
    if (before == null) {
      return;
    }
    Utf8 statement = message.statement();
    boolean aboutIt =
        statement == null
            ? message.level() != LineWord.FATAL
            : statement.toString().strip().equals(before.logged().strip());
    if (aboutIt) {
      forget(message.backend());
    } else {
      settle(message.backend());
    }
  }

  private void settle(String backend) {
    PendingStatement statement = forget(backend);
    if (statement != null) {
      outlet.execution(statement.untimed());
    }
  }

  private @Nullable PendingStatement forget(String backend) {
    PendingStatement statement = pending.remove(backend);
    if (statement != null) {
      changed.add(backend);
      pendingChars -= statement.chars();
    }
    return statement;
  }

  private void remember(String backend, PendingStatement statement) {
    pending.put(backend, statement);
    pendingChars += statement.chars();
  }

  private void makeRoom() {
    while (pending.size() > maxPending || (pendingChars > maxPendingChars && pending.size() > 1)) {
      settle(pending.keySet().iterator().next());
    }
  }

  private void settleOverdue() {
    Duration wait = durationsSeen ? WAIT_WITH_DURATIONS : WAIT_WITHOUT;
    while (!pending.isEmpty()) {
      Map.Entry<String, PendingStatement> eldest = pending.entrySet().iterator().next();
      if (!eldest.getValue().seen().plus(wait).isBefore(newest)) {
        return;
      }
      settle(eldest.getKey());
    }
  }

  /** Gives what changed since the last call, by backend; null where nothing is pending any more. */
  public void drainChanges(BiConsumer<String, @Nullable PendingState> changes) {
    for (String backend : changed) {
      PendingStatement statement = pending.get(backend);
      changes.accept(backend, statement == null ? null : statement::write);
    }
    changed.clear();
  }

  /** One backend's pending statement, ready to be written. */
  public interface PendingState {
    void write(DataOutputStream out) throws IOException;
  }

  public void write(DataOutputStream out) throws IOException {
    out.writeLong(order);
    out.writeBoolean(durationsSeen);
    out.writeBoolean(languageTold);
    StateText.write(out, newest);
  }

  public void read(DataInputStream in) throws IOException {
    order = in.readLong();
    durationsSeen = in.readBoolean();
    languageTold = in.readBoolean();
    newest = StateText.readTime(in);
  }

  /** Takes back what {@link #drainChanges} gave, in any order. */
  public void restore(Map<String, DataInputStream> states) throws IOException {
    Map<String, PendingStatement> read = new LinkedHashMap<>();
    for (Map.Entry<String, DataInputStream> state : states.entrySet()) {
      read.put(state.getKey(), PendingStatement.read(state.getValue()));
    }
    read.entrySet().stream()
        .sorted((a, b) -> Long.compare(a.getValue().order(), b.getValue().order()))
        .forEach(entry -> remember(entry.getKey(), entry.getValue()));
  }
}
