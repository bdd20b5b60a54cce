package dev.logdex.normalizer.envelope;

/** What a member of a shipper's JSON may hold. */
enum JsonPart {
  /** The line, maybe with lines that continue it, or a further envelope. */
  TEXT,
  /** A whole syslog frame, to be preferred where the shipper's reading of it lost something. */
  FRAME,
  /** When the line was written or read: ISO 8601, or seconds, ms, µs or ns since 1970. */
  TIME,
  /** Machine, pod, instance or drain. */
  HOST,
  /** File or container within the host. */
  FILE,
  /** {@code stdout} or {@code stderr}. */
  PIPE,
  /** Syslog's tag without the process; that it is there says that the text is syslog's. */
  PROGRAM,
  PROCESS,
  /** Program and process as {@code postgres[123]:}. */
  TAG,
  /** {@code P} when the text goes on in the next document. */
  PARTIAL,
  /** {@code log_line_prefix} where it does not stand in the text. */
  PREFIX,
  /** Level word where it does not stand in the text. */
  LEVEL,
  /** The DETAIL part of the entry. */
  DETAIL,
  /** Identity by which a line that is sent again is known. */
  ID,
  /** A number that grows from line to line of one file. */
  ORDER
}
