package dev.logdex.normalizer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run really was, by the server's jsonlog. Reads it with nothing of the code that is judged
 * by it.
 */
final class JsonTruth {
  /** With it begins what pg_stat_statements is compared with. */
  static final String FIRST = "SELECT 'the first statement'";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT);

  /** Groups: milliseconds, or none; what runs it; the text. */
  private static final Pattern EXECUTION =
      Pattern.compile("(?:duration: ([\\d.]+) ms  )?(statement|execute .*?): (.*)", Pattern.DOTALL);

  private static final Pattern DURATION = Pattern.compile("duration: ([\\d.]+) ms");
  private static final Pattern NOTHING =
      Pattern.compile("(?:\\s|;|--[^\n]*(?:\n|$)|/\\*.*?\\*/)*", Pattern.DOTALL);
  private static final Pattern PREPARED =
      Pattern.compile("prepare: PREPARE \\w+(?:\\([^)]*\\))? AS (.*)", Pattern.DOTALL);
  private static final Pattern PARAMETER =
      Pattern.compile("\\$\\d+ = (?:NULL|'((?:[^']|'')*)')(?:, |$)");

  private final List<Message> messages = new ArrayList<>();

  JsonTruth(byte[] jsonlog) throws IOException {
    for (String line : new String(jsonlog, UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        messages.add(Message.of(JSON.readTree(line)));
      }
    }
  }

  /** A statement as the server identifies it. */
  record StatementId(String user, String database, long queryId) {}

  /** A row of pg_stat_statements. */
  record Counted(StatementId id, String query, long calls) {}

  /** One message; parts that it does not have are null, names that it does not have empty. */
  record Message(
      String pid,
      String severity,
      String sqlState,
      String message,
      long position,
      @Nullable String detail,
      @Nullable String context,
      @Nullable String statement,
      String user,
      String database,
      Instant at,
      long queryId) {
    private static Message of(JsonNode json) {
      return new Message(
          json.get("pid").asText(),
          json.get("error_severity").asText().replaceFirst("\\d$", ""),
          json.path("state_code").asText("00000"),
          json.get("message").asText(),
          json.path("cursor_position").asLong(json.path("internal_position").asLong()),
          json.path("detail").asText(null),
          json.path("context").asText(null),
          json.path("statement").asText(null),
          json.path("user").asText(),
          json.path("dbname").asText(),
          LocalDateTime.parse(json.get("timestamp").asText(), TIME).toInstant(ZoneOffset.UTC),
          json.get("query_id").asLong());
    }
  }

  /**
   * One run of a statement.
   *
   * @param logged the text of its message, which of an EXECUTE is not the statement's
   * @param elapsedMs null when its duration was not logged
   */
  record Run(
      StatementId id,
      String logged,
      String statement,
      List<@Nullable String> parameters,
      @Nullable Double elapsedMs) {}

  List<Message> messages() {
    return messages;
  }

  /** All executions of the log, by specification section 8. */
  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    Map<String, Run> announced = new HashMap<>();
    for (Message message : messages) {
      if (message.severity.equals("ERROR")) {
        announced.remove(message.pid);
      } else if (message.severity.equals("LOG") && message.statement == null) {
        read(message, announced, runs);
      }
    }
    runs.addAll(announced.values());
    return runs;
  }

  private static void read(Message message, Map<String, Run> announced, List<Run> runs) {
    Matcher duration = DURATION.matcher(message.message);
    Matcher execution = EXECUTION.matcher(message.message);
    if (duration.matches()) {
      Run before = announced.remove(message.pid);
      if (before != null) {
        runs.add(timed(before, Double.valueOf(duration.group(1)), message));
      }
    } else if (execution.matches()) {
      announced.remove(message.pid);
      boolean counts =
          !NOTHING.matcher(execution.group(3)).matches()
              && !execution.group(2).startsWith("execute fetch from ");
      Run run = run(message, execution);
      if (counts && run.elapsedMs == null) {
        announced.put(message.pid, run);
      } else if (counts) {
        runs.add(run);
      }
    }
  }

  /** Those executions that pg_stat_statements had the chance to count. */
  List<Run> runsSinceReset() {
    List<Run> runs = runs();
    int first = 0;
    while (!runs.get(first).logged.equals(FIRST)) {
      first++;
    }
    return runs.subList(first, runs.size());
  }

  private static Run run(Message message, Matcher execution) {
    String logged = execution.group(3);
    String detail = message.detail == null ? "" : message.detail;
    Matcher prepared = PREPARED.matcher(detail);
    List<@Nullable String> parameters = new ArrayList<>();
    String statement = logged;
    if (prepared.matches()) {
      statement = prepared.group(1);
      parameters.add(logged.replaceAll("\\D", "").substring(1)); // EXECUTE p1(n)
    } else if (logged.startsWith("PREPARE ")) {
      statement = "PREPARE"; // what it prepares does not run
    } else if (detail.startsWith("parameters: ")) {
      Matcher parameter = PARAMETER.matcher(detail);
      while (parameter.find()) {
        String value = parameter.group(1);
        parameters.add(value == null ? null : value.replace("''", "'"));
      }
    }
    return new Run(
        new StatementId(message.user, message.database, message.queryId),
        logged,
        statement,
        parameters,
        execution.group(1) == null ? null : Double.valueOf(execution.group(1)));
  }

  // an announcement is logged before the server knows the query's id
  private static Run timed(Run announced, double elapsedMs, Message duration) {
    StatementId id = new StatementId(announced.id.user, announced.id.database, duration.queryId());
    return new Run(id, announced.logged, announced.statement, announced.parameters, elapsedMs);
  }
}
