package dev.logdex.normalizer.envelope;

import static dev.logdex.normalizer.envelope.JsonForm.named;

import dev.logdex.normalizer.envelope.JsonForm.Trait;
import java.util.List;

/**
 * The JSON that shippers and platforms put around log lines; a new one is a row. The first row
 * whose marks are all there is taken, so what is more special stands first. Parts that a row does
 * not name are looked for where {@link #usual} says.
 *
 * <p>Sources: the shippers' and platforms' documentation; rsyslog's were seen on a real broker.
 */
final class JsonForms {
  private static final String FIELDS_AT_TOP = "*";

  static final List<JsonForm> ROWS =
      List.of(
          // CloudWatch Logs subscription
          named("cloudwatch", "messageType=CONTROL_MESSAGE").ignoredAs(IgnoredCause.CONTROL),
          named("cloudwatch", "messageType", "logEvents")
              .items("logEvents")
              .with(JsonPart.HOST, "logGroup")
              .with(JsonPart.FILE, "logStream"),
          named("cloudwatch", "awslogs/data").text("awslogs/data"),
          // one event of it; its timestamp is the line's own
          named("cloudwatch", "<cloudwatch", "message")
              .text("message")
              .with(JsonPart.TIME, "timestamp")
              .with(JsonPart.ID, "id"),

          // Azure Database for PostgreSQL through Event Hubs
          named("azure", "records").items("records"),
          azure("category=PostgreSQLLogs", "properties/message"),
          azure("properties/errorLevel", "properties/message"),
          named("azure", "category", "resourceId").ignoredAs(IgnoredCause.OTHER_PROGRAM),

          // Cloud SQL and AlloyDB through Pub/Sub
          google("logName~postgres.log", "textPayload"),
          google("textPayload", "resource"),
          named("gcp", "logName", "insertId").ignoredAs(IgnoredCause.OTHER_PROGRAM),

          // CloudNativePG, and what flattens its records
          named("cnpg", "logger=pgaudit").ignoredAs(IgnoredCause.AUDIT),
          named("cnpg", "logger=postgres", "record").with(JsonPart.TIME, "ts").fields("record/*"),
          named("cnpg", "logger=postgres", "msg").text("msg").with(JsonPart.TIME, "ts"),
          named("cnpg", "logger", "level", "msg").ignoredAs(IgnoredCause.OTHER_PROGRAM),
          named("cnpg", "record/error_severity").fields("record/*"),
          named("log-analytics", "record_error_severity_s").fields("record_*_s"),
          named("supabase", "metadata/0/parsed/0/error_severity")
              .text("event_message")
              .fields("metadata/0/parsed/0/*"),
          named("supabase", "metadata/parsed/error_severity")
              .text("event_message")
              .fields("metadata/parsed/*"),

          // Postgres's own jsonlog, the older extension's, and csvlog's names under keys
          named("jsonlog", "error_severity").fields(FIELDS_AT_TOP),

          // Loki's push requests
          named("loki", "streams").items("streams"),
          named("loki", "values")
              .items("values")
              .with(JsonPart.HOST, "stream/instance", "stream/host", "stream/pod")
              .with(JsonPart.FILE, "stream/filename", "stream/container"),
          named("loki", "0", "1").text("1").with(JsonPart.TIME, "0"),

          // OpenTelemetry's protocol as JSON
          named("otlp", "resourceLogs").items("resourceLogs"),
          named("otlp", "scopeLogs").items("scopeLogs"),
          named("otlp", "logRecords").items("logRecords"),
          named("otlp", "body/stringValue")
              .text("body/stringValue")
              .with(JsonPart.TIME, "timeUnixNano", "observedTimeUnixNano"),
          named("planetscale", "_msg")
              .text("_msg")
              .with(JsonPart.TIME, "_time")
              .with(JsonPart.HOST, "planetscale.pod", "_stream_id"),

          // syslog daemons
          named("rsyslog", "rawmsg", "msg")
              .text("msg")
              .with(JsonPart.FRAME, "rawmsg")
              .with(JsonPart.TIME, "timereported")
              .with(JsonPart.HOST, "hostname", "fromhost")
              .with(JsonPart.TAG, "syslogtag")
              .with(Trait.ESCAPED),
          named("journald", "MESSAGE", "__REALTIME_TIMESTAMP")
              .text("MESSAGE")
              .with(JsonPart.TIME, "__REALTIME_TIMESTAMP")
              .with(JsonPart.HOST, "_HOSTNAME")
              .with(JsonPart.PROGRAM, "SYSLOG_IDENTIFIER", "_COMM")
              .with(JsonPart.PROCESS, "SYSLOG_PID", "_PID"),
          named("syslog-ng", "MESSAGE")
              .text("MESSAGE")
              .with(JsonPart.TIME, "ISODATE", "DATE")
              .with(JsonPart.HOST, "HOST", "HOST_FROM")
              .with(JsonPart.PROGRAM, "PROGRAM")
              .with(JsonPart.PROCESS, "PID"),

          // Vector; its syslog source gives appname and procid
          named("vector", "message", "source_type").text("message"),

          // Elastic's
          named("filebeat", "message", "@metadata/beat").text("message"),
          named("filebeat", "message", "agent/type").text("message"),
          named("logstash", "message", "@version").text("message"),
          named("logstash", "event/original", "@version").text("event/original"),

          // Fluent Bit and Fluentd
          named("gelf", "short_message").text("full_message", "short_message"),
          named("fluent-bit", "log", "kubernetes").text("log"),
          named("fluent-bit", "log", "logtag").text("log"),
          named("fluent-bit", "log", "@timestamp").text("log"),

          // Docker's json-file: time in text, and a line end at the end of every line
          named("docker", "log", "stream", "time").text("log").with(Trait.ENDS_WITH_LINE),
          named("fluent-bit", "log").text("log"),

          // rsyslog's list template with option.jsonf
          rsyslogList("programname"),
          rsyslogList("program"),
          rsyslogList("syslogtag"),
          named("fluent-bit", "message", "kubernetes").text("message"),

          // CloudNativePG's manager, which names no logger
          named("cnpg", "level", "ts", "msg").ignoredAs(IgnoredCause.OTHER_PROGRAM),

          // whatever else has a text under a usual name
          named("json", "message").text("message"),
          named("json", "msg", "!level").text("msg"),
          named("json", "body").text("body"));

  private JsonForms() {}

  /** Where a part stands in most shippers' JSON. */
  static List<String> usual(JsonPart part) {
    return switch (part) {
      case TIME -> List.of("@timestamp", "timestamp", "time", "ts", "date");
      case HOST ->
          List.of(
              "kubernetes/pod_id",
              "kubernetes/pod_uid",
              "kubernetes/pod_name",
              "logging_pod",
              "host/name",
              "host/hostname",
              "host",
              "hostname",
              "logsource");
      case FILE ->
          List.of(
              "log/file/path",
              "kubernetes/container_name",
              "file",
              "filename",
              "path",
              "container/id",
              "container_id",
              "container_name");
      case PIPE -> List.of("stream");
      case PROGRAM -> List.of("programname", "program", "appname", "ident", "process/name");
      case PROCESS -> List.of("procid", "pid", "process/pid");
      case TAG -> List.of("syslogtag");
      case PARTIAL -> List.of("logtag");
      case ORDER -> List.of("log/offset", "offset");
      default -> List.of();
    };
  }

  // flexible: the message is the line itself; single: prefix and level stand apart
  private static JsonForm azure(String... marks) {
    return named("azure", marks)
        .text("properties/message")
        .with(JsonPart.TIME, "properties/timestamp", "time")
        .with(JsonPart.HOST, "LogicalServerName", "resourceId")
        .with(JsonPart.PREFIX, "properties/prefix")
        .with(JsonPart.LEVEL, "properties/errorLevel")
        .with(JsonPart.DETAIL, "properties/detail")
        .with(Trait.ONE_ENTRY)
        .with(Trait.ONLY_POSTGRES);
  }

  private static JsonForm google(String... marks) {
    return named("gcp", marks)
        .text("textPayload")
        .with(JsonPart.TIME, "timestamp")
        .with(
            JsonPart.HOST,
            "resource/labels/database_id",
            "resource/labels/instance_id",
            "labels/INSTANCE_UID",
            "labels/CONSUMER_PROJECT")
        .with(JsonPart.ID, "insertId")
        .with(Trait.SORTED)
        .with(Trait.SOURCE_PLACE)
        .with(Trait.ONLY_POSTGRES);
  }

  private static JsonForm rsyslogList(String mark) {
    return named("rsyslog", "message", mark).text("message").with(Trait.ESCAPED);
  }
}
