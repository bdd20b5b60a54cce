package dev.logdex.normalizer.envelope;

import java.util.List;
import java.util.Locale;

/** Who wrote a line, as syslog tells it. Made once for all lines that tell the same. */
final class SyslogTag {
  private static final List<String> POSTGRES_PROGRAMS = List.of("postgres", "pgsql", "edb-", "pg_");

  /** Programs that carry logs, and tell when they lost some. */
  private static final List<String> CARRIERS =
      List.of("rsyslog", "syslog-ng", "journal", "logplex", "heroku", "vector", "fluent");

  private final String host;
  private final String program;
  private final String process;
  private final String stream;
  private final boolean postgres;
  private String attachment = "";
  private String attachedStream;

  private SyslogTag(String host, String program, String process) {
    this.host = host;
    this.program = program;
    this.process = process;
    this.stream = host + " " + program + (process.isEmpty() ? "" : "[" + process + "]");
    this.attachedStream = host + " " + program + "[" + process + "] ";
    this.postgres = contains(program, POSTGRES_PROGRAMS);
  }

  static SyslogTag of(String host, String program, String process) {
    return new SyslogTag(host, program, process);
  }

  /** {@code HOST TAG[PID]:} of a file, where host, process or colon may be missing. */
  static SyslogTag ofFile(String text) {
    int blank = text.indexOf(' ');
    String host = blank < 0 ? "" : text.substring(0, blank);
    return ofTag(host, text.substring(blank + 1));
  }

  /** A tag like {@code postgres[123]:} or {@code postgresql}. */
  static SyslogTag ofTag(String host, String tag) {
    String name = tag.endsWith(":") ? tag.substring(0, tag.length() - 1) : tag;
    int bracket = name.endsWith("]") ? name.indexOf('[') : -1;
    return bracket < 0
        ? new SyslogTag(host, name, "")
        : new SyslogTag(
            host, name.substring(0, bracket), name.substring(bracket + 1, name.length() - 1));
  }

  /** {@code HOST PROGRAM PROCID} of RFC 5424. */
  static SyslogTag ofRfc5424(String text) {
    String[] words = text.split(" ", 3);
    String procid = words.length > 2 ? words[2] : "";
    boolean nil = procid.equals("-");
    return new SyslogTag(words[0], words.length > 1 ? words[1] : "", nil ? "" : procid);
  }

  String host() {
    return host;
  }

  String program() {
    return program;
  }

  String process() {
    return process;
  }

  /** Host and tag, and process where there is one. */
  String stream() {
    return stream;
  }

  /** The stream with the attachment's name behind it. */
  String stream(String attachmentName) {
    if (!attachment.equals(attachmentName)) {
      attachment = attachmentName;
      attachedStream = host + " " + program + "[" + process + "] " + attachmentName;
    }
    return attachedStream;
  }

  /** Heroku names a process of a database so: {@code postgres.4882}, or without the number. */
  boolean isHerokuPostgres() {
    return process.equals("postgres") || process.startsWith("postgres.");
  }

  /** Whether the process is a server's process id, or none; platforms have names there. */
  boolean mayBeServer() {
    return process.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Whether the name alone says that it is Postgres. */
  boolean isPostgres() {
    return postgres;
  }

  /** Whether it is a program that carries logs. */
  boolean isCarrier() {
    return contains(program, CARRIERS) || contains(process, CARRIERS);
  }

  private static boolean contains(String name, List<String> parts) {
    String lower = name.toLowerCase(Locale.ROOT);
    return parts.stream().anyMatch(lower::contains);
  }
}
