package dev.logdex.ingest.event;

/**
 * Headers that Logdex's own ingest puts on a record of the logs topic. The record's key is the
 * source (host, instance, drain token or file) and its value the raw lines; other shippers send
 * none of the headers, and need not.
 */
public enum LogHeader {
  /**
   * Identity of the file that the lines come from: stays the same when the file grows, differs when
   * its name is used again. The last entry of a file is taken as complete at {@link #END_OF_INPUT}
   * only, however long that takes: a shipper that was interrupted may go on in the middle of it.
   */
  FILE("logdex.file"),
  /**
   * Offset in that file of the value's first byte, decimal; with {@link #FILE}, lines sent twice
   * are counted once.
   */
  POSITION("logdex.position"),
  /**
   * What the sender of the record's lines calls this delivery, any bytes. A sender that got no
   * answer sends the same again under the same name (Heroku's {@code Logplex-Frame-Id}); lines of a
   * delivery that is among the last {@link #DELIVERIES_REMEMBERED} of its source are not read
   * again.
   */
  DELIVERY("logdex.delivery"),
  /**
   * On a record with an empty value: nothing more comes from this source for now, so what is
   * pending can be closed.
   */
  END_OF_INPUT("logdex.end-of-input");

  /**
   * So many deliveries of a source the reader remembers: who sends again must not do so behind more
   * than these.
   */
  public static final int DELIVERIES_REMEMBERED = 512;

  private final String key;

  LogHeader(String key) {
    this.key = key;
  }

  /** The header's name on the wire. */
  public String key() {
    return key;
  }
}
