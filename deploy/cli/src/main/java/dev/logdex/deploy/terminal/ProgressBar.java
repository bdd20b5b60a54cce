package dev.logdex.deploy.terminal;

import java.time.Duration;

/**
 * A bar of bytes read, with the time that is left. It is told the time, so that it needs no clock.
 */
public final class ProgressBar {
  private static final int WIDTH = 24;
  private static final Duration TOO_SOON_TO_TELL = Duration.ofSeconds(1);

  private final String what;
  private final long totalBytes;

  /**
   * @param totalBytes 0 when the end cannot be known, as with standard input
   */
  public ProgressBar(String what, long totalBytes) {
    this.what = what;
    this.totalBytes = totalBytes;
  }

  /** The line to show after so many bytes in so much time. */
  public String line(long bytes, Duration elapsed) {
    if (totalBytes <= 0) {
      return what + " " + Amounts.bytes(bytes) + rate(bytes, elapsed);
    }
    double share = Math.min(1, (double) bytes / totalBytes);
    int filled = (int) (share * WIDTH);
    return String.format(
        "%s [%s%s] %3d %%  %s of %s%s",
        what,
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        (int) (share * 100),
        Amounts.bytes(bytes),
        Amounts.bytes(totalBytes),
        remaining(share, elapsed));
  }

  private static String rate(long bytes, Duration elapsed) {
    return elapsed.compareTo(TOO_SOON_TO_TELL) < 0
        ? ""
        : ", " + Amounts.bytes(bytes * 1000 / elapsed.toMillis()) + "/s";
  }

  private static String remaining(double share, Duration elapsed) {
    if (share <= 0 || share >= 1 || elapsed.compareTo(TOO_SOON_TO_TELL) < 0) {
      return "";
    }
    long leftMillis = Math.round(elapsed.toMillis() * (1 - share) / share);
    return ", about " + Amounts.duration(Duration.ofMillis(leftMillis)) + " left";
  }
}
