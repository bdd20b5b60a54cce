package dev.logdex.normalizer.envelope;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line without its envelopes. Reused from line to line: read it before the next one, keep
 * nothing of it but its strings. Its text may hold the lines that continue it, each behind a line
 * end.
 */
public final class UnwrappedLine {
  /** Stands for a chunk or message number that the envelope does not give. */
  public static final long NO_NUMBER = -1;

  /** Stands for an order that the envelope does not give. */
  public static final long NO_ORDER = -1;

  private Wrapping wrapping = Wrapping.STDERR;
  private String form = Wrapping.STDERR.title();
  private boolean onlyPostgres;
  private long order = NO_ORDER;
  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private String stream = "";
  private String attachment = "";
  private @Nullable Instant time;
  private long message = NO_NUMBER;
  private long chunk = NO_NUMBER;

  void bare(byte[] line, int lineFrom, int lineTo) {
    wrapping = Wrapping.STDERR;
    form = Wrapping.STDERR.title();
    onlyPostgres = false;
    order = NO_ORDER;
    stream = "";
    attachment = "";
    time = null;
    message = NO_NUMBER;
    chunk = NO_NUMBER;
    text(line, lineFrom, lineTo);
  }

  void wrapped(Wrapping form, String streamName, @Nullable Instant at) {
    wrapping = form;
    stream = streamName;
    time = at;
  }

  /**
   * What the envelopes around the line's own one tell.
   *
   * @param title the forms of all of them
   * @param surelyPostgres whether no other program's lines come that way
   */
  void around(String title, boolean surelyPostgres, long orderInFile) {
    form = title;
    onlyPostgres = surelyPostgres;
    order = orderInFile;
  }

  void attachment(String name) {
    attachment = name;
  }

  void numbers(long messageNumber, long chunkNumber) {
    message = messageNumber;
    chunk = chunkNumber;
  }

  void text(byte[] line, int textFrom, int textTo) {
    bytes = line;
    from = textFrom;
    to = textTo;
  }

  public Wrapping wrapping() {
    return wrapping;
  }

  /** The line's form and those of all envelopes around it, as inspect prints it. */
  public String form() {
    return form;
  }

  /** Whether something outside the text says that a Postgres wrote it. */
  public boolean isPostgres() {
    return onlyPostgres || wrapping != Wrapping.STDERR;
  }

  /** Grows from line to line of a file, where the shipper tells; else {@link #NO_ORDER}. */
  public long order() {
    return order;
  }

  /** The array that holds the text; maybe the record's own. */
  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /**
   * What the line's order is defined within: host and tag (and process, for chunked forms), or host
   * and file or container; empty when there is nothing but the source.
   */
  public String stream() {
    return stream;
  }

  /** Heroku's name for the database; empty elsewhere. */
  public String attachment() {
    return attachment;
  }

  /** When the envelope says that the line was written; null when it does not. */
  public @Nullable Instant time() {
    return time;
  }

  /**
   * N of {@code [N-M]}, or the only number of {@code [N]}, which is the message's number or the
   * chunk's, as the server is set; {@link #NO_NUMBER} when there is none.
   */
  public long message() {
    return message;
  }

  /** M of {@code [N-M]}; {@link #NO_NUMBER} when there is none. */
  public long chunk() {
    return chunk;
  }
}
