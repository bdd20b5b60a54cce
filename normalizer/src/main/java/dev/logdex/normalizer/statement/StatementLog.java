package dev.logdex.normalizer.statement;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.logline.LineWord;
import dev.logdex.normalizer.text.Utf8;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells executions from the messages of one source, and counts each once: a statement that {@code
 * log_statement} announces waits for its {@code duration:} line, which makes it one timed
 * execution; for the process going on to something else, which makes it one without a time; or for
 * an ERROR about it, which makes it none, as pg_stat_statements counts no failed statement.
 *
 * <p>Not executions but events: parse and bind, further fetches from a portal, errors, lock waits,
 * deadlocks, temporary files. Plans of auto_explain are told as such. Calls by fastpath have no SQL
 * and are counted only. STATEMENT parts of other messages and texts without any statement are
 * nothing.
 *
 * <p>What runs by EXECUTE is the text that was prepared, with the arguments as parameters; the
 * PREPARE itself is an execution of {@code PREPARE} and not of that text, since pg_stat_statements
 * counts no call for it.
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

  private static final byte[] CUT = TRUNCATION_MARK.getBytes(US_ASCII);

  /**
   * How long an announced statement is waited for by the source's time. Where the server logs
   * durations the statement may just run long; where it does not, nothing more comes.
   */
  private static final Duration WAIT_WITH_DURATIONS = Duration.ofHours(1);

  private static final Duration WAIT_WITHOUT = Duration.ofMinutes(1);

  /** Prepared texts may take this part of what announced statements may. */
  private static final int PREPARED_PART = 4;

  private final int maxPending;
  private final long maxPendingBytes;
  private final Outlet outlet;
  private final ProcessMemory memory = new ProcessMemory();
  private final StatementMessage read = new StatementMessage();
  private final StatementCounts counts = new StatementCounts();

  private long order;
  private boolean durationsSeen;
  private boolean languageTold;
  private boolean planFormatTold;
  private Instant newest = Instant.MIN;

  /** No pending statement is overdue before the source's time gets here. */
  private Instant nothingOverdueBefore = Instant.MIN;

  /**
   * @param maxPending the most announced statements to remember; beyond it the oldest is taken as
   *     executed. So for processes that wait for a lock, or have prepared something
   * @param maxPendingBytes the most text in them together, likewise
   */
  public StatementLog(int maxPending, long maxPendingBytes, Outlet outlet) {
    this.maxPending = maxPending;
    this.maxPendingBytes = maxPendingBytes;
    this.outlet = outlet;
  }

  public StatementCounts counts() {
    return counts;
  }

  /** Reads one whole message. Messages of one backend come in their order. */
  public void message(LogEntry message) {
    Instant at = message.at();
    boolean later = at.isAfter(newest);
    if (later) {
      newest = at;
    }
    PendingStatement before = memory.pending(message.backend());
    if (before != null && !before.isOfSameProcess(message)) {
      settlePending(message.backend());
      before = null;
    }
    switch (message.level()) {
      case LOG -> log(message, before);
      case ERROR, FATAL, PANIC -> failed(message, before);
      default -> notice(message);
    }
    if (later && !newest.isBefore(nothingOverdueBefore)) {
      settleOverdue();
    }
  }

  /** A message of the backend was lost or damaged, so nothing later can be told to go with it. */
  public void lost(String backend) {
    settle(backend);
  }

  /** Nothing more comes: announced statements are taken as executed. */
  public void settleAll() {
    for (String backend : memory.backends()) {
      settle(backend);
    }
  }

  // ---- messages at level LOG

  private void log(LogEntry message, @Nullable PendingStatement before) {
    read.read(message.text());
    if (read.kind() != MessageKind.LOCK_WAITING && read.kind() != MessageKind.LOCK_WAITED) {
      settleWait(message.backend());
    }
    switch (read.kind()) {
      case STATEMENT, EXECUTE -> execution(message, before);
      case PARSE, BIND, FETCH -> phase(message);
      case DURATION -> duration(message, before);
      case FASTPATH -> fastpath(message);
      case PLAN -> plan(message);
      case CONNECTION -> connection(message);
      case TEMPORARY_FILE -> about(message, before, StatementEvent.Kind.TEMPORARY_FILE);
      case LOCK_WAITING -> waiting(message, before);
      case LOCK_WAITED -> waited(message, before);
      default -> other(message);
    }
  }

  /**
   * Whether the message may be of statement logging, which hides the statement's part and runs
   * outside of anything that gives a context. A RAISE LOG may say anything, but has one of them.
   */
  private static boolean isOfStatementLogging(LogEntry message) {
    return message.statement() == null && message.context() == null;
  }

  private void execution(LogEntry message, @Nullable PendingStatement before) {
    if (!isOfStatementLogging(message)) {
      return;
    }
    Utf8 sql = read.sql();
    if (before != null && read.isTimed() && before.logged().equals(sql)) {
      memory.forgetPending(message.backend()); // announced, and then logged with its duration
    } else {
      settlePending(message.backend());
    }
    if (isCut(sql)) {
      outlet.rejected(
          message, DeadLetterReason.TRUNCATED_STATEMENT, "the platform cut the log message");
    } else if (!SqlText.isBlank(sql, 0)) {
      started(message, sql);
    }
  }

  private void started(LogEntry message, Utf8 sql) {
    Utf8 statement = sql;
    Utf8 detail = message.detail();
    Parameters parameters = detail == null ? Parameters.NONE : Parameters.in(detail);
    if (read.kind() == MessageKind.STATEMENT && mayCall(sql)) {
      PreparedCall call = PreparedCall.in(sql);
      Utf8 text = call == null ? null : preparedText(message, call.name());
      if (call != null && text != null) {
        statement = text;
        parameters = call.parameters();
      }
    }
    if (read.isTimed()) {
      Execution execution =
          new Execution(
              message.database(),
              message.user(),
              statement,
              parameters,
              message.at(),
              read.elapsedMs(),
              message.queryId(),
              message.place());
      tell(message.backend(), message.session(), read.kind(), execution);
    } else {
      announced(message, sql, statement, parameters);
    }
  }

  /** Whether it is worth a closer look whether the text is an EXECUTE. */
  private static boolean mayCall(Utf8 sql) {
    int at = SqlText.skipSpace(sql, 0);
    return at < sql.length() && (sql.at(at) | 0x20) == 'e' && SqlText.isKeyword(sql, at, "EXECUTE");
  }

  private @Nullable Utf8 preparedText(LogEntry message, String name) {
    Utf8 source = Phrases.PREPARED_TEXT.after(message.detail());
    Utf8 told = source == null ? null : PreparedText.named(name, source);
    if (told != null) {
      return told;
    }
    PreparedTexts texts = memory.prepared(message.backend());
    return texts != null && texts.isOfSession(message.session()) ? texts.get(name) : null;
  }

  private void announced(LogEntry message, Utf8 sql, Utf8 statement, Parameters parameters) {
    Utf8 logged = sql.detached();
    memory.put(
        message.backend(),
        new PendingStatement(
            read.kind(),
            message.database(),
            message.user(),
            message.session(),
            message.lineNumber(),
            message.at(),
            logged,
            statement.equals(sql) ? logged : statement.detached(),
            parameters.detached(),
            message.queryId(),
            message.place(),
            order++,
            newest));
    watch(newest);
    makeRoom();
  }

  private void phase(LogEntry message) {
    if (!isOfStatementLogging(message)) {
      return;
    }
    settlePending(message.backend());
    Utf8 sql = withoutMark(read.sql());
    if (SqlText.isBlank(sql, 0)) {
      return;
    }
    if (read.isTimed()) {
      event(message, phase(read.kind()), sql, read.elapsedMs(), 0);
    } else {
      announced(message, sql, sql, Parameters.NONE);
    }
  }

  private static StatementEvent.Kind phase(MessageKind kind) {
    return switch (kind) {
      case PARSE -> StatementEvent.Kind.PARSE;
      case BIND -> StatementEvent.Kind.BIND;
      default -> StatementEvent.Kind.FETCH;
    };
  }

  private void duration(LogEntry message, @Nullable PendingStatement before) {
    if (!isOfStatementLogging(message)) {
      return;
    }
    durationsSeen = true;
    if (before == null) {
      counts.durationAlone(read.elapsedMs());
    } else {
      memory.forgetPending(message.backend());
      // the duration's own line tells when the statement ended, as it does in one-line messages
      tell(message.backend(), before, message.at(), read.elapsedMs());
    }
  }

  private void fastpath(LogEntry message) {
    if (isOfStatementLogging(message)) {
      settlePending(message.backend());
      counts.fastpathCall();
    }
  }

  private void connection(LogEntry message) {
    settle(message.backend());
    memory.forgetPrepared(message.backend());
  }

  // A crashed process cannot tell, so the server's first one does.
  private void other(LogEntry message) {
    Utf8 running = Phrases.RUNNING_TEXT.after(message.detail());
    if (running != null && message.statement() == null) {
      died(message, withoutMark(running));
    } else if (isOfStatementLogging(message) && UnknownLanguage.looksTimed(message.text())) {
      unknownLanguage(message);
    }
  }

  private void died(LogEntry message, Utf8 running) {
    for (Map.Entry<String, PendingStatement> one : memory.allPending()) {
      PendingStatement statement = one.getValue();
      if (namesProcess(message.text(), one.getKey()) && begins(statement.logged(), running)) {
        memory.forgetPending(one.getKey());
        outlet.event(
            new StatementEvent(
                StatementEvent.Kind.ERROR,
                statement.database(),
                statement.user(),
                statement.statement(),
                message.at(),
                0,
                0,
                statement.queryId(),
                message.place()));
        return;
      }
    }
    event(message, StatementEvent.Kind.ERROR, running, 0, 0);
  }

  /** Whether the number with which the process's name ends stands in the text. */
  private static boolean namesProcess(Utf8 text, String backend) {
    int from = backend.length();
    while (from > 0 && Character.isDigit(backend.charAt(from - 1))) {
      from--;
    }
    return from < backend.length()
        && text.indexOf((" " + backend.substring(from) + ")").getBytes(US_ASCII), 0) >= 0;
  }

  private static boolean begins(Utf8 text, Utf8 beginning) {
    return text.length() >= beginning.length()
        && text.part(0, beginning.length()).equals(beginning);
  }

  private void unknownLanguage(LogEntry message) {
    counts.messageInUnknownLanguage();
    if (!languageTold) {
      languageTold = true;
      outlet.rejected(
          message,
          DeadLetterReason.UNSUPPORTED_LANGUAGE,
          "the server logs in a language that is not known; set lc_messages = 'C' to have its"
              + " statements counted (told once per source)");
    }
  }

  // ---- plans

  private void plan(LogEntry message) {
    if (message.statement() != null) {
      return;
    }
    Utf8 text = read.sql();
    if (isCut(text)) {
      outlet.rejected(
          message, DeadLetterReason.TRUNCATED_STATEMENT, "the platform cut the message of a plan");
      return;
    }
    PlanReading reading = PlanReading.read(text);
    if (reading instanceof PlanReading.Plan plan) {
      outlet.plan(
          new LoggedPlan(
              message.database(),
              message.user(),
              PreparedText.planned(plan.statement()),
              plan.format(),
              plan.plan(),
              message.at(),
              read.elapsedMs(),
              plan.rows(),
              plan.queryId() == 0 ? message.queryId() : plan.queryId(),
              message.place()));
    } else if (reading instanceof PlanReading.Unread unread) {
      unread(message, unread);
    }
  }

  private void unread(LogEntry message, PlanReading.Unread unread) {
    if (unread.reason() == DeadLetterReason.UNSUPPORTED_PLAN_FORMAT) {
      counts.unsupportedPlan();
      if (planFormatTold) {
        return;
      }
      planFormatTold = true;
    }
    outlet.rejected(message, unread.reason(), unread.detail());
  }

  /** Comes from within a statement; but auto_explain may be told to log at such a level. */
  private void notice(LogEntry message) {
    if (StatementMessage.isEnglishDuration(message.text(), 0)) {
      read.read(message.text());
      if (read.kind() == MessageKind.PLAN) {
        plan(message);
      }
    }
  }

  // ---- what happens to statements

  // Without a STATEMENT part an ERROR is about what runs; a FATAL may come while nothing does.
  private void failed(LogEntry message, @Nullable PendingStatement before) {
    settleWait(message.backend());
    Utf8 part = message.statement();
    boolean aboutIt =
        before != null
            && (part == null
                ? message.level() != LineWord.FATAL
                : SqlText.sameText(part, before.logged()));
    MessageKind kind = read.failure(message.text());
    StatementEvent.Kind told =
        kind == MessageKind.CANCELED ? StatementEvent.Kind.CANCELED : StatementEvent.Kind.ERROR;
    if (aboutIt && before != null) {
      memory.forgetPending(message.backend());
      event(message, told, before.statement(), 0, 0);
    } else {
      settlePending(message.backend());
      if (part != null) {
        event(message, told, ran(message, withoutMark(part)), 0, 0);
      }
    }
    if (kind == MessageKind.DEADLOCK) {
      deadlock(message);
    }
  }

  /** Its process comes first; whose the others are is not told. */
  private void deadlock(LogEntry message) {
    Utf8 detail = message.detail();
    if (detail == null) {
      return;
    }
    String user = message.user();
    long queryId = message.queryId();
    for (Utf8 statement : Deadlock.statements(detail)) {
      outlet.event(
          new StatementEvent(
              StatementEvent.Kind.DEADLOCK,
              message.database(),
              user,
              statement,
              message.at(),
              0,
              0,
              queryId,
              message.place()));
      user = "";
      queryId = 0;
    }
  }

  private void about(
      LogEntry message, @Nullable PendingStatement before, StatementEvent.Kind kind) {
    Utf8 statement = ran(message, before);
    if (statement != null) {
      double elapsedMs = kind == StatementEvent.Kind.LOCK_WAIT ? read.elapsedMs() : 0;
      long bytes = kind == StatementEvent.Kind.TEMPORARY_FILE ? read.bytes() : 0;
      event(message, kind, statement, elapsedMs, bytes);
    }
  }

  private void waiting(LogEntry message, @Nullable PendingStatement before) {
    Utf8 statement = ran(message, before);
    if (statement == null || SqlText.isBlank(statement, 0)) {
      return;
    }
    StatementEvent event =
        new StatementEvent(
            StatementEvent.Kind.LOCK_WAIT,
            message.database(),
            message.user(),
            statement.detached(),
            message.at(),
            read.elapsedMs(),
            0,
            message.queryId(),
            message.place());
    memory.put(message.backend(), new LockWait(event, order++, newest));
    watch(newest);
    makeRoom();
  }

  private void waited(LogEntry message, @Nullable PendingStatement before) {
    memory.forgetWait(message.backend());
    about(message, before, StatementEvent.Kind.LOCK_WAIT);
  }

  /** What the process runs, by the message's STATEMENT part or by what it announced. */
  private @Nullable Utf8 ran(LogEntry message, @Nullable PendingStatement before) {
    Utf8 part = message.statement();
    if (part == null) {
      return before == null ? null : before.statement();
    }
    return before != null && SqlText.sameText(part, before.logged())
        ? before.statement()
        : ran(message, withoutMark(part));
  }

  /** The statement itself, or what it calls where that is known. */
  private Utf8 ran(LogEntry message, Utf8 sql) {
    PreparedCall call = mayCall(sql) ? PreparedCall.in(sql) : null;
    Utf8 text = call == null ? null : preparedText(message, call.name());
    return text == null ? sql : text;
  }

  private void event(
      LogEntry message, StatementEvent.Kind kind, Utf8 statement, double elapsedMs, long bytes) {
    if (!SqlText.isBlank(statement, 0)) {
      outlet.event(
          new StatementEvent(
              kind,
              message.database(),
              message.user(),
              statement,
              message.at(),
              elapsedMs,
              bytes,
              message.queryId(),
              message.place()));
    }
  }

  private static boolean isCut(Utf8 sql) {
    int end = SqlText.stripped(sql);
    return end > 0 && sql.at(end - 1) == ']' && sql.startsWith(CUT, end - CUT.length);
  }

  private static Utf8 withoutMark(Utf8 sql) {
    return isCut(sql) ? sql.part(0, SqlText.stripped(sql) - CUT.length) : sql;
  }

  // ---- telling executions

  /** Tells what was announced, with its duration when that is known. */
  private void tell(
      String backend, PendingStatement statement, Instant at, @Nullable Double elapsedMs) {
    if (statement.kind() == MessageKind.FETCH) {
      outlet.event(statement.fetch(at, elapsedMs == null ? 0 : elapsedMs));
    } else {
      tell(backend, statement.session(), statement.kind(), statement.execution(at, elapsedMs));
    }
  }

  private void tell(String backend, String session, MessageKind kind, Execution execution) {
    boolean prepares = kind == MessageKind.STATEMENT && mayPrepare(execution.statement());
    outlet.execution(prepares ? prepared(backend, session, execution) : execution);
  }

  /** Whether the text may begin with PREPARE, DEALLOCATE or DISCARD. */
  private static boolean mayPrepare(Utf8 sql) {
    int at = SqlText.skipSpace(sql, 0);
    if (at == sql.length()) {
      return false;
    }
    int first = sql.at(at) | 0x20;
    return first == 'p'
        ? PreparedText.begins(sql, at)
        : first == 'd'
            && (SqlText.isKeyword(sql, at, "DEALLOCATE") || SqlText.isKeyword(sql, at, "DISCARD"));
  }

  /**
   * A statement has run that changes what the process has prepared.
   *
   * @return what it counts as: a PREPARE counts as that word only
   */
  private Execution prepared(String backend, String session, Execution execution) {
    Utf8 sql = execution.statement();
    int at = SqlText.skipSpace(sql, 0);
    boolean prepares = PreparedText.begins(sql, at);
    PreparedTexts texts = memory.forgetPrepared(backend);
    if (texts == null || !texts.isOfSession(session)) {
      texts = new PreparedTexts(session);
    }
    if (prepares) {
      PreparedText.in(sql).forEach(texts::put);
    } else {
      int word = SqlText.skipSpace(sql, SqlText.endOfWord(sql, at));
      boolean another = SqlText.isKeyword(sql, word, "PREPARE");
      forgetAt(sql, another ? SqlText.endOfWord(sql, word) : word, texts);
    }
    if (!texts.isEmpty()) {
      texts.touch(order++);
      memory.put(backend, texts);
      makeRoomForPrepared();
    }
    boolean only = SqlText.isBlank(sql, SqlText.endOfStatement(sql, at));
    return prepares && only ? onlyThat(PreparedText.keyword(sql, at), execution) : execution;
  }

  /** The server's identity of the statement is that of the text that is left out. */
  private static Execution onlyThat(Utf8 statement, Execution execution) {
    return new Execution(
        execution.database(),
        execution.user(),
        statement,
        Parameters.NONE,
        execution.loggedAt(),
        execution.elapsedMs(),
        0,
        execution.place());
  }

  private static void forgetAt(Utf8 sql, int from, PreparedTexts texts) {
    int nameFrom = SqlText.skipSpace(sql, from);
    if (SqlText.isKeyword(sql, nameFrom, "ALL")) {
      texts.clear();
    } else {
      int nameTo = SqlText.endOfIdentifier(sql, nameFrom);
      texts.remove(PreparedText.name(sql.part(nameFrom, nameTo)));
    }
  }

  // ---- what is pending

  private void settle(String backend) {
    settleWait(backend);
    settlePending(backend);
  }

  private void settlePending(String backend) {
    PendingStatement statement = memory.forgetPending(backend);
    if (statement != null) {
      tell(backend, statement, statement.at(), null);
    }
  }

  private void settleWait(String backend) {
    LockWait wait = memory.forgetWait(backend);
    if (wait != null) {
      outlet.event(wait.event());
    }
  }

  private void makeRoom() {
    while (isOver(memory.pendingCount()) || isOver(memory.waitCount()) || isTooMuchText()) {
      String statement = memory.eldestPending();
      String wait = memory.eldestWait();
      counts.pushOut();
      if (wait != null && (statement == null || memory.waitCount() > memory.pendingCount())) {
        settleWait(wait);
      } else if (statement != null) {
        settlePending(statement);
      }
    }
  }

  private boolean isOver(int count) {
    return count > maxPending;
  }

  private boolean isTooMuchText() {
    return memory.pendingBytes() > maxPendingBytes
        && memory.pendingCount() + memory.waitCount() > 1;
  }

  private void makeRoomForPrepared() {
    String eldest = memory.eldestPrepared();
    while (eldest != null
        && (isOver(memory.preparedCount())
            || memory.preparedBytes() > maxPendingBytes / PREPARED_PART)) {
      memory.forgetPrepared(eldest);
      counts.pushOutPrepared();
      eldest = memory.eldestPrepared();
    }
  }

  /** Something is pending since then, so it may be overdue when the shortest wait is over. */
  private void watch(Instant seen) {
    if (nothingOverdueBefore.equals(Instant.MAX)) {
      nothingOverdueBefore = after(seen, WAIT_WITHOUT);
    }
  }

  private void settleOverdue() {
    Duration wait = durationsSeen ? WAIT_WITH_DURATIONS : WAIT_WITHOUT;
    Instant eldest = memory.eldestSeen();
    while (after(eldest, wait).isBefore(newest)) {
      counts.settleOverdue();
      String statement = memory.eldestPending();
      String lockWait = memory.eldestWait();
      PendingStatement pending = statement == null ? null : memory.pending(statement);
      if (statement != null && pending != null && pending.seen().equals(eldest)) {
        settlePending(statement);
      } else if (lockWait != null) {
        settleWait(lockWait);
      }
      eldest = memory.eldestSeen();
    }
    nothingOverdueBefore = after(eldest, wait);
  }

  private static Instant after(Instant instant, Duration wait) {
    return instant.isBefore(Instant.MAX.minus(wait)) ? instant.plus(wait) : Instant.MAX;
  }

  // ---- state

  /** Gives what changed since the last call, by backend; null where nothing is pending any more. */
  public void drainChanges(BiConsumer<String, @Nullable PendingState> changes) {
    memory.drainChanges(changes);
  }

  /** What is remembered of one backend, ready to be written. */
  public interface PendingState {
    void write(DataOutputStream out) throws IOException;
  }

  public void write(DataOutputStream out) throws IOException {
    out.writeLong(order);
    out.writeBoolean(durationsSeen);
    out.writeBoolean(languageTold);
    out.writeBoolean(planFormatTold);
    StateText.write(out, newest);
    counts.write(out);
  }

  public void read(DataInputStream in) throws IOException {
    order = in.readLong();
    durationsSeen = in.readBoolean();
    languageTold = in.readBoolean();
    planFormatTold = in.readBoolean();
    newest = StateText.readTime(in);
    counts.read(in);
  }

  /** Takes back what {@link #drainChanges} gave, in any order. */
  public void restore(Map<String, DataInputStream> states) throws IOException {
    memory.restore(states);
    nothingOverdueBefore = Instant.MIN;
  }
}
