package dev.logdex.normalizer.logline;

import org.jspecify.annotations.Nullable;

/**
 * The escapes of {@code log_line_prefix}, one row each (PostgreSQL's log_status_format in elog.c).
 * {@code %q} and {@code %%} are no values and stand in {@link LinePrefix}. An escape that a server
 * does not know prints nothing.
 */
enum Escape {
  APPLICATION('a', Shape.TEXT, true),
  USER('u', Shape.NAME, true),
  DATABASE('d', Shape.NAME, true),
  REMOTE('r', Shape.HOST_AND_PORT, true),
  HOST('h', Shape.HOST, true),
  /** The server's own address; since 18. */
  LOCAL_HOST('L', Shape.HOST, true),
  /** Since 13. */
  BACKEND_TYPE('b', Shape.TEXT, true),
  PROCESS('p', Shape.DIGITS, false),
  /** Process id of a parallel worker's leader, empty elsewhere; since 14. */
  LEADER('P', Shape.DIGITS, true),
  TIME('t', Shape.TIME, false),
  TIME_WITH_MILLIS('m', Shape.TIME_WITH_MILLIS, false),
  /** Since 9.6. */
  EPOCH('n', Shape.EPOCH, false),
  PROCESS_START('s', Shape.TIME, false),
  COMMAND_TAG('i', Shape.TEXT, true),
  SQLSTATE('e', Shape.SQLSTATE, false),
  SESSION('c', Shape.SESSION, false),
  /** Counts the prefixed lines of the process from 1. */
  LINE_NUMBER('l', Shape.DIGITS, false),
  VIRTUAL_TRANSACTION('v', Shape.VIRTUAL_TRANSACTION, true),
  TRANSACTION('x', Shape.DIGITS, false),
  /** Since 14. */
  QUERY_ID('Q', Shape.SIGNED_DIGITS, false),
  /** No escape of any server: in the catalogue, text that differs from server to server. */
  ANYTHING('*', Shape.TEXT, true);

  private final char letter;
  private final Shape shape;
  private final boolean mayBeEmpty;

  Escape(char letter, Shape shape, boolean mayBeEmpty) {
    this.letter = letter;
    this.shape = shape;
    this.mayBeEmpty = mayBeEmpty;
  }

  /** Null when no server knows the letter. */
  static @Nullable Escape of(char letter) {
    for (Escape escape : values()) {
      if (escape.letter == letter && escape != ANYTHING) {
        return escape;
      }
    }
    return null;
  }

  /** Whether the value is one that people chose, so that it may hold any separator. */
  boolean isChosen() {
    return this == USER || this == DATABASE || this == APPLICATION;
  }

  /** Where an array by escape has its element. */
  @SuppressWarnings("EnumOrdinal") // never leaves the process
  int slot() {
    return ordinal();
  }

  Shape shape() {
    return shape;
  }

  boolean mayBeEmpty() {
    return mayBeEmpty;
  }
}
