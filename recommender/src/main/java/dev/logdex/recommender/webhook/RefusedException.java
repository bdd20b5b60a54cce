package dev.logdex.recommender.webhook;

/** The receiver will not take it, however often it is asked. The message holds no secret. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
