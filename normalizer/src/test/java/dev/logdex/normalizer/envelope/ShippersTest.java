package dev.logdex.normalizer.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One record of each shipper and platform, and the line in it. rsyslog's are as a real one wrote
 * them; the others are made after the documentation.
 */
class ShippersTest {
  private static final String HEAD =
      "2026-11-21 00:25:13.031 UTC [23162] app@shop LOG:  duration: 1.5 ms  statement: SELECT 1";
  private static final Instant AT = Instant.parse("2026-11-21T00:25:13.031Z");

  /** What a record holds; stream and time are compared only where the row tells them. */
  record Row(
      String name,
      String record,
      String form,
      String stream,
      @Nullable Instant time,
      String numbers,
      String text) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(
      String name, String record, String form, String stream, @Nullable Instant time) {
    return new Row(name, record, form, stream, time, "-1--1", HEAD);
  }

  private static Row chunk(String name, String record, String form, String stream) {
    return new Row(name, record, form, stream, null, "23-1", HEAD);
  }

  static List<Row> rows() {
    return List.of(
        row("bare", HEAD, "stderr", "", null),
        // ---- syslog daemons
        chunk(
            "rsyslog, default template",
            "2026-11-21T00:25:13.031664+00:00 vm postgres[23162]: [23-1] " + HEAD + "\n",
            "syslog",
            "vm postgres[23162]"),
        chunk(
            "rsyslog, RSYSLOG_SyslogProtocol23Format",
            "<132>1 2026-11-21T00:25:13.031664+00:00 vm postgres 23162 - -  [23-1] " + HEAD + "\n",
            "syslog",
            "vm postgres[23162]"),
        chunk("rsyslog, %msg%", " [23-1] " + HEAD, "syslog", " "),
        chunk(
            "rsyslog, %rawmsg%",
            "<132>Nov 21 00:25:13 postgres[23162]: [23-1] " + HEAD, "syslog", " postgres[23162]"),
        chunk(
            "RFC 3164 file",
            "Nov 21 00:25:13 vm postgres[23162]: [23-1] " + HEAD,
            "syslog",
            "vm postgres[23162]"),
        chunk(
            "rsyslog, list template with option.jsonf",
            "{\"@timestamp\":\"2026-11-21T00:25:13.031664+00:00\", \"host\":\"vm\","
                + " \"severity\":\"warning\", \"program\":\"postgres\", \"procid\":\"23162\","
                + " \"message\":\" [23-1] "
                + HEAD
                + "\"}\n",
            "syslog in rsyslog",
            "vm postgres[23162]"),
        chunk(
            "rsyslog, %jsonmesg%",
            "{ \"msg\": \" [23-1] "
                + HEAD
                + "\", \"rawmsg\": \"<132>Nov 21 00:25:13 postgres[23162]: [23-1] "
                + HEAD
                + "\", \"timereported\": \"2026-11-21T00:25:13.031664+00:00\", \"hostname\": \"vm\","
                + " \"syslogtag\": \"postgres[23162]:\", \"inputname\": \"imuxsock\", \"fromhost\":"
                + " \"vm\", \"fromhost-ip\": \"127.0.0.1\", \"pri\": \"132\", \"syslogfacility\":"
                + " \"16\", \"syslogseverity\": \"4\", \"programname\": \"postgres\", \"uuid\":"
                + " null, \"$!\": null }",
            "syslog in rsyslog",
            "vm postgres[23162]"),
        row(
            "rsyslog imfile, default template",
            "2026-11-21T00:25:13.013853+00:00 vm postgresql " + HEAD,
            "stderr over syslog",
            "vm postgresql",
            Instant.parse("2026-11-21T00:25:13.013853Z")),
        chunk(
            "structured data before the message",
            "<134>1 2026-11-21T00:25:13.03Z vm postgres 23162 - [neon project_id=\"p\""
                + " endpoint_id=\"e]\"]  [23-1] "
                + HEAD,
            "syslog",
            "vm postgres[23162]"),
        chunk(
            "chunk number in the place of structured data",
            "<134>1 2026-11-21T00:25:13.03Z vm postgres 23162 - [23-1] " + HEAD,
            "syslog",
            "vm postgres[23162]"),
        chunk(
            "chunk number glued to structured data",
            "<134>1 2026-11-21T00:25:13.03Z vm postgres 23162 - [a b=\"c\"][23-1] " + HEAD,
            "syslog",
            "vm postgres[23162]"),
        chunk(
            "syslog-ng",
            "{\"PROGRAM\":\"postgres\",\"PRIORITY\":\"info\",\"PID\":\"23162\",\"MESSAGE\":\"[23-1] "
                + HEAD
                + "\",\"HOST\":\"vm\",\"FACILITY\":\"local0\",\"DATE\":\"Nov 21 00:25:13\"}",
            "syslog in syslog-ng",
            "vm postgres[23162]"),
        chunk(
            "journald",
            "{\"__REALTIME_TIMESTAMP\":\"1795220713031664\",\"_HOSTNAME\":\"vm\","
                + "\"SYSLOG_IDENTIFIER\":\"postgres\",\"SYSLOG_PID\":\"23162\",\"_PID\":\"23162\","
                + "\"MESSAGE\":\"[23-1] "
                + HEAD
                + "\"}",
            "syslog in journald",
            "vm postgres[23162]"),
        // ---- Heroku
        chunk(
            "Heroku drain",
            "451 <134>1 2023-06-05T19:33:14+00:00 host app postgres.1105947 - [YELLOW] [23-1] "
                + HEAD,
            "heroku",
            "host app[postgres.1105947] YELLOW"),
        chunk(
            "heroku logs",
            "2019-03-14T00:22:56+00:00 app[postgres.4882]: [GREEN] [23-1] " + HEAD,
            "heroku",
            " app[postgres.4882] GREEN"),
        chunk(
            "heroku logs with the drain",
            "2021-09-07T04:01:27+00:00 d.af28b93f-1 app[postgres.5925] [AQUA] [23-1] " + HEAD,
            "heroku",
            "d.af28b93f-1 app[postgres.5925] AQUA"),
        chunk(
            "Papertrail",
            "May 01 12:00:00 app-name app[postgres] COLOR [COLOR] [23-1] " + HEAD,
            "heroku",
            "app-name app[postgres] COLOR"),
        chunk(
            "Heroku through rsyslog as JSON",
            "{\"msg\":\"[23-1] x\",\"rawmsg\":\"<134>1 2023-06-05T19:33:14+00:00 host app"
                + " postgres.11 - [YELLOW] [23-1] "
                + HEAD
                + "\",\"syslogtag\":\"app[postgres.11]:\",\"hostname\":\"host\"}",
            "heroku in rsyslog",
            "host app[postgres.11] YELLOW"),
        // ---- files and containers
        row(
            "Vector, file",
            "{\"message\":\""
                + HEAD
                + "\",\"host\":\"db1\",\"file\":\"/var/log/pg.log\",\"source_type\":\"file\","
                + "\"timestamp\":\"2026-11-21T00:25:13.031Z\"}",
            "stderr in vector",
            "db1 /var/log/pg.log",
            AT),
        row(
            "Vector, Kubernetes",
            "{\"message\":\""
                + HEAD
                + "\",\"file\":\"/var/log/pods/x/0.log\",\"source_type\":\"kubernetes_logs\","
                + "\"stream\":\"stderr\",\"kubernetes\":{\"pod_name\":\"db-0\",\"pod_namespace\":"
                + "\"prod\",\"container_name\":\"postgres\",\"pod_labels\":{\"message\":\"no\"}},"
                + "\"timestamp\":\"2026-11-21T00:25:13.031Z\"}",
            "stderr in vector",
            "db-0 /var/log/pods/x/0.log stderr".replace("/var/log/pods/x/0.log", "postgres"),
            AT),
        row(
            "Fluent Bit, double time, log",
            "{\"@timestamp\":1795220713.031,\"log\":\"" + HEAD + "\"}",
            "stderr in fluent-bit",
            "",
            AT),
        row(
            "Fluent Bit, ISO time, message",
            "{\"@timestamp\":\"2026-11-21T00:25:13.031Z\",\"message\":\""
                + HEAD
                + "\",\"kubernetes\":{\"pod_name\":\"db-0\",\"namespace_name\":\"prod\"},"
                + "\"stream\":\"stderr\"}",
            "stderr in fluent-bit",
            "db-0  stderr",
            AT),
        row(
            "Fluent Bit, GELF",
            "{\"version\":\"1.1\",\"host\":\"db1\",\"short_message\":\""
                + HEAD
                + "\",\"timestamp\":1795220713.031,\"level\":6}",
            "stderr in gelf",
            "db1",
            AT),
        row(
            "Filebeat",
            "{\"@timestamp\":\"2026-11-21T00:25:13.031Z\",\"@metadata\":{\"beat\":\"filebeat\","
                + "\"type\":\"_doc\",\"version\":\"8.11.0\"},\"message\":\""
                + HEAD
                + "\",\"log\":{\"offset\":7,\"file\":{\"path\":\"/var/log/pg.log\"}},"
                + "\"host\":{\"name\":\"db1\"},\"agent\":{\"type\":\"filebeat\"},"
                + "\"input\":{\"type\":\"log\"},\"ecs\":{\"version\":\"8.0.0\"}}",
            "stderr in filebeat",
            "db1 /var/log/pg.log",
            AT),
        row(
            "Logstash, json",
            "{\"@timestamp\":\"2026-11-21T00:25:13.031Z\",\"@version\":\"1\",\"host\":\"db1\","
                + "\"path\":\"/var/log/pg.log\",\"message\":\""
                + HEAD
                + "\"}",
            "stderr in logstash",
            "db1 /var/log/pg.log",
            AT),
        row(
            "Logstash, json, ECS",
            "{\"@timestamp\":\"2026-11-21T00:25:13.031Z\",\"@version\":\"1\",\"host\":{\"name\":"
                + "\"db1\"},\"log\":{\"file\":{\"path\":\"/var/log/pg.log\"}},\"event\":{\"original\":"
                + "\""
                + HEAD
                + "\"}}",
            "stderr in logstash",
            "db1 /var/log/pg.log",
            AT),
        row(
            "Logstash, plain",
            "2026-11-21T00:25:13.031Z db1 " + HEAD,
            "stderr in logstash-plain",
            "db1",
            AT),
        row(
            "CRI",
            "2026-11-21T00:25:13.031000000Z stderr F " + HEAD,
            "stderr in cri",
            "stderr",
            AT),
        row(
            "Docker json-file",
            "{\"log\":\""
                + HEAD
                + "\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-21T00:25:13.031Z\"}",
            "stderr in docker",
            "stderr",
            AT),
        row("docker logs -t", "2026-11-21T00:25:13.031Z " + HEAD, "stderr", "", AT),
        // ---- platforms
        row(
            "Cloud SQL",
            "{\"insertId\":\"s=a;i=1dbcc;b=c\",\"logName\":"
                + "\"projects/P/logs/cloudsql.googleapis.com%2Fpostgres.log\",\"receiveTimestamp\":"
                + "\"2026-11-21T00:25:14Z\",\"resource\":{\"type\":\"cloudsql_database\",\"labels\":"
                + "{\"database_id\":\"P:INSTANCE\"}},\"severity\":\"INFO\",\"textPayload\":\""
                + HEAD
                + "\",\"timestamp\":\"2026-11-21T00:25:13.031Z\"}",
            "stderr in gcp",
            "P:INSTANCE",
            AT),
        row(
            "AlloyDB",
            "{\"insertId\":\"1\",\"logName\":"
                + "\"projects/P/logs/alloydb.googleapis.com%2Fpostgres.log\",\"labels\":"
                + "{\"CONSUMER_PROJECT\":\"P\"},\"resource\":{\"type\":"
                + "\"alloydb.googleapis.com/Instance\",\"labels\":{\"instance_id\":\"I\"}},"
                + "\"textPayload\":\""
                + HEAD.replace("LOG:  ", "LOG:  [postgres.c:1625]  ")
                + "\",\"timestamp\":\"2026-11-21T00:25:13.031Z\"}",
            "stderr in gcp",
            "I",
            AT),
        row(
            "Azure, flexible server",
            "{\"records\":[{\"LogicalServerName\":\"srv\",\"category\":\"PostgreSQLLogs\","
                + "\"operationName\":\"LogEvent\",\"resourceId\":\"/SUBSCRIPTIONS/S\",\"properties\":"
                + "{\"timestamp\":\"2026-11-21 00:25:13.031 UTC\",\"processId\":23162,"
                + "\"errorLevel\":\"LOG\",\"sqlerrcode\":\"00000\",\"message\":\""
                + HEAD
                + "\"}}]}",
            "stderr in azure",
            "srv",
            AT),
        row(
            "Azure, single server",
            "{\"records\":[{\"LogicalServerName\":\"srv\",\"category\":\"PostgreSQLLogs\","
                + "\"properties\":{\"prefix\":\"2026-11-21 00:25:13.031 UTC [23162] app@shop \","
                + "\"errorLevel\":\"LOG\",\"message\":\"duration: 1.5 ms  statement: SELECT 1\","
                + "\"timestamp\":\"2026-11-21 00:25:13.031 UTC\"}}]}",
            "stderr in azure",
            "srv",
            AT),
        row(
            "Azure, Citus: prefix in the message, level apart",
            "{\"records\":[{\"LogicalServerName\":\"srv\",\"category\":\"PostgreSQLLogs\","
                + "\"properties\":{\"errorLevel\":\"LOG\",\"message\":\"2026-11-21 00:25:13.031 UTC"
                + " [23162] app@shop duration: 1.5 ms  statement: SELECT 1\"},"
                + "\"time\":\"2026-11-21T00:25:13.031Z\"}]}",
            "stderr in azure",
            "srv",
            AT),
        row(
            "CloudWatch subscription",
            "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"1\",\"logGroup\":"
                + "\"/aws/rds/instance/ID/postgresql\",\"logStream\":\"ID.0\",\"subscriptionFilters\":"
                + "[\"f\"],\"logEvents\":[{\"id\":\"3\",\"timestamp\":1795220713031,\"message\":\""
                + HEAD
                + "\"}]}",
            "stderr in cloudwatch",
            "/aws/rds/instance/ID/postgresql ID.0",
            AT),
        row("aws logs tail", "2026-11-21T00:25:13.031000+00:00 " + HEAD, "stderr", "", AT),
        row(
            "Loki",
            "{\"streams\":[{\"stream\":{\"instance\":\"db1\",\"container\":\"pg\"},\"values\":"
                + "[[\"1795220713031000000\",\""
                + HEAD
                + "\"]]}]}",
            "stderr in loki",
            "db1 pg",
            AT),
        row(
            "PlanetScale",
            "{\"_time\":\"2026-11-21T00:25:13.031Z\",\"_msg\":\""
                + HEAD
                + "\",\"_stream_id\":\"0\",\"planetscale.pod\":\"pod-1\"}",
            "stderr in planetscale",
            "pod-1",
            AT),
        row(
            "OTLP, plain body",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":"
                + "\"1795220713031000000\",\"body\":{\"stringValue\":\""
                + HEAD
                + "\"}}]}]}]}",
            "stderr in otlp",
            "",
            AT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void theLineComesOut(Row row) {
    Unwrapped told = Unwrapped.of(row.record());

    assertThat(told.details).isEmpty();
    assertThat(told.lines).hasSize(1);
    Unwrapped.Line line = told.lines.get(0);
    assertThat(line.text()).isEqualTo(row.text());
    assertThat(line.form()).isEqualTo(row.form());
    assertThat(line.stream()).isEqualTo(row.stream());
    assertThat(line.message() + "-" + line.chunk()).isEqualTo(row.numbers());
    if (row.time() != null) {
      assertThat(line.time()).isEqualTo(row.time());
    }
  }

  @Test
  void whatRsyslogEscapedIsRestoredAndJsonsOwnEscapesToo() {
    assertThat(
            Unwrapped.of(
                    "2026-11-21T00:25:13.03+00:00 vm postgres[23162]: [8-3] #011#011name\n",
                    " [8-3] #011#011name",
                    "{\"message\":\" [8-3] #011#011name\",\"host\":\"vm\",\"program\":\"postgres\","
                        + "\"procid\":\"1\"}",
                    "{\"MESSAGE\":\"[8-3] \\t\\tname \\u00e9\\ud83d\\ude00 3\\/11\",\"HOST\":\"vm\","
                        + "\"PROGRAM\":\"postgres\",\"PID\":1}",
                    "2026-11-21T00:25:13.013853+00:00 vm postgresql \t\tname\n")
                .texts())
        .containsExactly(
            "\t\tname", "\t\tname", "\t\tname", "\t\tname é\ud83d\ude00 3/11", "\t\tname");
  }

  @Test
  void aWholeMessageWithEscapedLineEndsStaysOneText() {
    assertThat(
            Unwrapped.of(
                    "Nov 21 00:25:13 vm postgres[1]: [7] LOG:  statement: SELECT 1,#012#0112"
                        + "#012DETAIL:  x#012")
                .texts())
        .containsExactly("LOG:  statement: SELECT 1,\n\t2\nDETAIL:  x");
  }

  @Test
  void linesThatAShipperJoinedComeApartAgainWithWhatContinuesThem() {
    Unwrapped told =
        Unwrapped.of(
            "{\"message\":\"2026-11-21 00:25:13.031 UTC [1] LOG:  statement: SELECT\\n\\t1\\n"
                + "2026-11-21 00:25:13.031 UTC [1] DETAIL:  x\\n\",\"source_type\":\"file\"}");

    assertThat(told.texts())
        .containsExactly(
            "2026-11-21 00:25:13.031 UTC [1] LOG:  statement: SELECT\n\t1",
            "2026-11-21 00:25:13.031 UTC [1] DETAIL:  x");
  }

  @Test
  void azuresDetailFollowsItsMessage() {
    Unwrapped told =
        Unwrapped.of(
            "{\"records\":[{\"category\":\"PostgreSQLLogs\",\"properties\":{\"errorLevel\":\"LOG\","
                + "\"message\":\"2026-11-21 00:25:13 UTC-5-LOG:  duration: 1 ms  execute <unnamed>:"
                + " SELECT\\n$1\",\"detail\":\"parameters: $1 = 'a\\nb'\"}},"
                + "{\"category\":\"PostgreSQLFlexSessions\",\"properties\":{\"x\":1},"
                + "\"resourceId\":\"/S\"}]}");

    assertThat(told.texts())
        .containsExactly(
            "2026-11-21 00:25:13 UTC-5-LOG:  duration: 1 ms  execute <unnamed>: SELECT\n\t$1\n"
                + "2026-11-21 00:25:13 UTC-5-DETAIL:  parameters: $1 = 'a\n\tb'");
    assertThat(told.ignored).containsExactly(IgnoredCause.OTHER_PROGRAM);
    assertThat(told.details).isEmpty();
  }

  @Test
  void googlesEntriesAreSortedWithinTheirRecordAndCountedOnce() {
    String late = google("b", "2026-11-21T00:25:13.000002Z", "\\tFROM t");
    String early = google("a", "2026-11-21T00:25:13.000001Z", "LOG:  statement: SELECT 1");
    Unwrapped told = Unwrapped.of("[" + late + "," + early + "]", early + "\n" + late);

    assertThat(told.texts()).containsExactly("LOG:  statement: SELECT 1", "\tFROM t");
    assertThat(told.ignored).containsExactly(IgnoredCause.SENT_AGAIN, IgnoredCause.SENT_AGAIN);
  }

  @Test
  void googlesCounterDecidesWhereTimesAreEqual() {
    String time = "2026-11-21T00:25:13.000002Z";
    Unwrapped told =
        Unwrapped.of(
            google("s=x;i=10000;b=y", time, "third")
                + google("s=x;i=a;b=y", time, "first")
                + google("s=x;i=ffff;b=y", time, "second"));

    assertThat(told.texts()).containsExactly("first", "second", "third");
  }

  private static String google(String id, String time, String text) {
    return "{\"insertId\":\""
        + id
        + "\",\"logName\":\"projects/P/logs/cloudsql.googleapis.com%2Fpostgres.log\","
        + "\"resource\":{\"labels\":{\"database_id\":\"P:I\"}},\"textPayload\":\""
        + text
        + "\",\"timestamp\":\""
        + time
        + "\"}";
  }

  @Test
  void controlMessagesOtherLoggersAndAuditsAreIgnored() {
    Unwrapped told =
        Unwrapped.of(
            "{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[{\"id\":\"\",\"timestamp\":1,"
                + "\"message\":\"CWL CONTROL MESSAGE\"}]}",
            "{\"level\":\"info\",\"ts\":1669575482.09,\"logger\":\"wal-archive\",\"msg\":\"x\"}",
            "{\"level\":\"info\",\"ts\":\"2026-11-21T00:00:00Z\",\"msg\":\"Reconciling\"}",
            "{\"level\":\"info\",\"ts\":1.5,\"logger\":\"pgaudit\",\"msg\":\"record\",\"record\":"
                + "{\"error_severity\":\"LOG\",\"message\":\"m\",\"audit\":{\"command\":\"READ\"}}}",
            "{\"insertId\":\"1\",\"logName\":\"projects/P/logs/cloudaudit\",\"protoPayload\":{}}");

    assertThat(told.ignored)
        .containsExactly(
            IgnoredCause.CONTROL,
            IgnoredCause.OTHER_PROGRAM,
            IgnoredCause.OTHER_PROGRAM,
            IgnoredCause.AUDIT,
            IgnoredCause.OTHER_PROGRAM);
    assertThat(told.reasons).isEmpty();
    assertThat(told.lines).isEmpty();
  }

  @Test
  void octalNumbersOfAFileThatHasTabsAreItsOwn() {
    String head = "2026-11-21T00:25:13.013853+00:00 vm postgresql ";
    Unwrapped told =
        Unwrapped.of(head + HEAD, head + "\tname", head + "LOG:  statement: SELECT '#011'");
    assertThat(told.texts()).endsWith("\tname", "LOG:  statement: SELECT '#011'");
  }

  @Test
  void aRestartForgetsNoFileThatHasTabs() {
    String head = "2026-11-21T00:25:13.013853+00:00 vm postgresql ";
    EnvelopeReader before = Unwrapped.reader();
    new Unwrapped().read(before, head + HEAD).read(before, head + "\tname");
    EnvelopeReader after = Unwrapped.reader();
    after.restore(before.learnt(), Map.of());
    assertThat(new Unwrapped().read(after, head + "LOG:  statement: SELECT '#011'").texts())
        .containsExactly("LOG:  statement: SELECT '#011'");
  }

  @Test
  void aFileThatAnotherRsyslogReceivedIsEscaped() {
    String head = "2026-11-21T00:25:13.013853+00:00 vm postgresql ";
    assertThat(Unwrapped.of(head + HEAD, head + "#011name").texts()).endsWith("\tname");
  }
}
