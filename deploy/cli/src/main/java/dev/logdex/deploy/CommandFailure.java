package dev.logdex.deploy;

/** Ends a command with exit code 1; the message says what is wrong and what to do next. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
