package dev.logdex.normalizer;

import static java.util.stream.Collectors.groupingBy;

import dev.logdex.normalizer.JsonTruth.Message;
import dev.logdex.normalizer.JsonTruth.Run;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.logentry.InspectableLog;
import dev.logdex.normalizer.logentry.LogSettings;
import dev.logdex.normalizer.logentry.LogSink;
import dev.logdex.normalizer.logentry.SourceLogs;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.SeenEntry;
import dev.logdex.normalizer.statement.StatementEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What was read of one form of a log, and how it compares with the jsonlog of the same run. */
final class JudgedLog implements LogSink {
  final List<SeenEntry> entries = new ArrayList<>();
  final List<String> executions = new ArrayList<>();
  final List<DeadLetter> letters = new ArrayList<>();
  private final boolean wholeSeconds;

  private JudgedLog(boolean wholeSeconds) {
    this.wholeSeconds = wholeSeconds;
  }

  /**
   * Reads a log.
   *
   * @param pinned its prefix; null to have it detected
   * @param wholeSeconds whether the form tells no milliseconds
   */
  static JudgedLog read(byte[] log, @Nullable String pinned, boolean wholeSeconds) {
    JudgedLog judged = new JudgedLog(wholeSeconds);
    InspectableLog reader =
        SourceLogs.open("log", LogSettings.defaults().withPrefix(pinned), judged);
    reader.accept(log, 0, log.length, "log", Instant.EPOCH);
    reader.flush();
    return judged;
  }

  /** How the messages of each process differ from the true ones, in their order. */
  List<String> messageDifferences(List<Message> truth) {
    Map<String, List<SeenEntry>> found =
        entries.stream().collect(groupingBy(entry -> pid(entry.backend())));
    Map<String, List<Message>> wanted = truth.stream().collect(groupingBy(Message::pid));
    TreeSet<String> pids = new TreeSet<>(found.keySet());
    pids.addAll(wanted.keySet());
    List<String> differences = new ArrayList<>();
    for (String pid : pids) {
      compare(
          pid,
          found.getOrDefault(pid, List.of()),
          wanted.getOrDefault(pid, List.of()),
          differences);
    }
    return differences;
  }

  /** Executions that were read more often than they are true, and less often, negative. */
  Map<String, Long> executionSurplus(List<Run> truth) {
    Map<String, Long> surplus = new TreeMap<>();
    executions.forEach(line -> surplus.merge(line, 1L, Long::sum));
    truth.forEach(run -> surplus.merge(line(run), -1L, Long::sum));
    surplus.values().removeIf(count -> count == 0);
    return surplus;
  }

  // over syslog host and program stand before it
  private static String pid(String backend) {
    return backend.replaceFirst(".*?(\\d+)\\]?$", "$1");
  }

  private void compare(
      String pid, List<SeenEntry> found, List<Message> wanted, List<String> differences) {
    if (found.size() != wanted.size()) {
      differences.add(pid + ": " + found.size() + " messages instead of " + wanted.size());
    }
    for (int i = 0; i < Math.min(found.size(), wanted.size()); i++) {
      Map<String, Object> foundParts = parts(found.get(i), wanted.get(i));
      Map<String, Object> wantedParts = parts(wanted.get(i));
      if (wholeSeconds && isNear(wanted.get(i).at(), found.get(i).loggedAt())) {
        wantedParts.put("at", foundParts.get("at"));
      }
      if (!foundParts.equals(wantedParts)) {
        wantedParts.forEach((part, value) -> foundParts.remove(part, value));
        differences.add(
            pid + ", message " + (i + 1) + ": found " + foundParts + " in " + wantedParts);
      }
    }
  }

  // %t asks another clock, which is a tick behind, and asks at another moment
  private static boolean isNear(Instant truth, @Nullable Instant second) {
    Instant found = Objects.requireNonNullElse(second, Instant.MIN);
    return !found.isBefore(truth.minusMillis(1020)) && !found.isAfter(truth.plusMillis(500));
  }

  private static Map<String, Object> parts(Message message) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("severity", message.severity());
    parts.put("user", message.user());
    parts.put("database", message.database());
    parts.put("at", message.at());
    parts.put("text", message.message());
    parts.put("detail", String.valueOf(message.detail()));
    parts.put("context", String.valueOf(message.context()));
    parts.put("statement", String.valueOf(message.statement()));
    return parts;
  }

  private static Map<String, Object> parts(SeenEntry entry, Message message) {
    String text = entry.message();
    if (message.position() > 0) {
      text = withoutPosition(text, message);
    }
    if (text.startsWith(message.sqlState() + ": ")) {
      text = text.substring(7);
    }
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("severity", entry.severity());
    parts.put("user", entry.user());
    parts.put("database", entry.database());
    parts.put("at", Objects.requireNonNullElse(entry.loggedAt(), Instant.MIN));
    parts.put("text", text);
    parts.put("detail", String.valueOf(entry.detail()));
    parts.put("context", String.valueOf(entry.context()));
    parts.put("statement", String.valueOf(entry.statement()));
    return parts;
  }

  // " at character 15", in the server's language: csvlog and jsonlog have it in a field
  private static String withoutPosition(String text, Message message) {
    int end = text.lastIndexOf(message.message()) + message.message().length();
    boolean onlyPosition =
        text.endsWith(message.message())
            || text.substring(end).replaceAll("\\D", "").equals(message.position() + "");
    return onlyPosition ? text.substring(0, end) : text;
  }

  /** Statements with their parameters, sorted: what two runs of one program have in common. */
  List<String> statements() {
    return executions.stream().map(JudgedLog::withoutTime).sorted().toList();
  }

  static List<String> statements(List<Run> truth) {
    return truth.stream().map(JudgedLog::line).map(JudgedLog::withoutTime).sorted().toList();
  }

  private static String withoutTime(String line) {
    return line.replaceFirst("^(\\S+) \\S+", "$1");
  }

  private static String line(Run run) {
    return line(
        run.id().user(), run.id().database(), run.statement(), run.parameters(), run.elapsedMs());
  }

  private static String line(
      String user,
      String database,
      String statement,
      List<@Nullable String> parameters,
      @Nullable Double elapsedMs) {
    return user + "@" + database + " " + elapsedMs + " " + parameters + " " + statement;
  }

  @Override
  public void entry(LogEntry entry) {
    entries.add(SeenEntry.of(entry));
  }

  @Override
  public void execution(Execution execution) {
    executions.add(
        line(
            execution.user(),
            execution.database(),
            execution.statement().toString(),
            execution.parameters().values(),
            execution.elapsedMs()));
  }

  @Override
  public void event(StatementEvent event) {}

  @Override
  public void plan(LoggedPlan plan) {}

  @Override
  public void rejected(DeadLetter letter) {
    letters.add(letter);
  }
}
