package dev.logdex.recommender.http;

/** A request that gets nothing but a status and a sentence. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String title;

  RefusedException(int status, String title, String sentence) {
    super(sentence);
    this.status = status;
    this.title = title;
  }

  static RefusedException notFound(String sentence) {
    return new RefusedException(404, "Not found", sentence);
  }

  static RefusedException badRequest(String sentence) {
    return new RefusedException(400, "Not understood", sentence);
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
