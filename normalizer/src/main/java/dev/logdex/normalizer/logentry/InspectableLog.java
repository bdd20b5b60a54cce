package dev.logdex.normalizer.logentry;

/** A {@link SourceLog} that also tells what it has found out. */
public interface InspectableLog extends SourceLog {
  /** As of now; cheap enough to be asked after every record. */
  LogFacts facts();

  /**
   * Nothing has come for a while: entries are taken as complete. Unlike with {@link #flush}, a
   * statement that log_statement announced is still waited for, because it may be running.
   */
  void settle();
}
