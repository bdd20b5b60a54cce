package dev.logdex.normalizer.envelope;

/** Why something in a source's stream is no log line that matters, and no error either. */
public enum IgnoredCause {
  /** Another program writes into the same stream. */
  OTHER_PROGRAM,
  /** pgaudit's entries repeat statements that the server's own entries tell. */
  AUDIT,
  /** A message of the shipper to its reader, such as CloudWatch's CONTROL_MESSAGE. */
  CONTROL,
  /** It came before, with the same identity. */
  SENT_AGAIN,
  /** Nothing in it. */
  EMPTY
}
