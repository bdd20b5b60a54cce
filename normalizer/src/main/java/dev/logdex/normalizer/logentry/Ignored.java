package dev.logdex.normalizer.logentry;

/** Why a line was passed over and is no dead letter. The words are metric tags and JSON. */
public enum Ignored {
  /** There is nothing in it. */
  BLANK,
  /** The shipper put it into the same stream, but another program wrote it. */
  OTHER_PROGRAM,
  /** A shipper sent it again after an outage; it was read the first time. */
  REPEATED,
  /** It belongs to an entry that was given up, for which there is one dead letter. */
  AFTER_GIVE_UP,
  /** An entry of pgaudit's, which repeats what the server's own entries tell. */
  AUDIT,
  /** What a shipper says to its reader, such as CloudWatch's CONTROL_MESSAGE. */
  SHIPPERS_OWN,
  /** Its level is a word in a language that is not known; for the first there is a dead letter. */
  UNKNOWN_LANGUAGE
}
