package dev.logdex.analyzer.whatif;

/** Somebody holds a lock on a table that keeps even its figures from being read; that passes. */
public final class TableLockedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TableLockedException() {
    super("the table is locked");
  }
}
