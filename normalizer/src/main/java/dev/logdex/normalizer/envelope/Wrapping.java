package dev.logdex.normalizer.envelope;

/** What kind of line was found in the innermost envelope. The names are printed by inspect. */
public enum Wrapping {
  /** A line as the server writes it to stderr. */
  STDERR("stderr"),
  /** A line of a stderr file, read by a syslog daemon: host and tag stand before it. */
  FILE_OVER_SYSLOG("stderr over syslog"),
  /** The server's own syslog output: a message in numbered chunks of at most 900 bytes. */
  SYSLOG("syslog"),
  /** Heroku's log drains and {@code heroku logs}: syslog output with the attachment's name. */
  HEROKU("heroku"),
  /** An entry that came as fields. */
  FIELDS("jsonlog");

  private final String title;

  Wrapping(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** Whether messages come in chunks, keyed by process, instead of as contiguous lines. */
  public boolean isChunked() {
    return this == SYSLOG || this == HEROKU;
  }
}
