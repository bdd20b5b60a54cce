package dev.logdex.analyzer.whatif;

/**
 * The analysis database cannot be used at the moment: not reachable, going down, or lacking HypoPG.
 * Nothing is wrong with the statement being planned; to be tried again later.
 */
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * The message is for the operator: no literal of a statement, no password.
   *
   * @param message what is the matter and what to do
   */
  public DatabaseUnavailableException(String message) {
    super(message);
  }
}
