package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier of logs says about lines that it did not carry. Wordings: rsyslog's imuxsock and
 * imjournal, systemd-journald, Heroku's L10 and L11.
 */
final class LossReport {
  private static final int MAX_LENGTH = 400;
  private static final Pattern WORDING =
      Pattern.compile(
          "(?i)(?:lost|dropped|suppressed)\\s+(\\d{1,18})\\s+messages?"
              + "|(\\d{1,18})\\s+messages?\\s+(?:lost|dropped|suppressed)");
  private static final Pattern BEGINNING =
      Pattern.compile("(?i)begin(?:ning)? to drop messages|Error L1[01]");
  private static final Pattern REPEATED =
      Pattern.compile("last message repeated (\\d{1,18}) times");

  private LossReport() {}

  /** What was lost, in words for a person; null when the text tells of no loss. */
  static @Nullable String read(byte[] text, int from, int to) {
    String told = new String(text, from, Math.min(to - from, MAX_LENGTH), UTF_8);
    Matcher count = WORDING.matcher(told);
    if (count.find()) {
      String number = count.group(1) == null ? count.group(2) : count.group(1);
      return "a carrier of the log dropped " + number + " messages";
    }
    return BEGINNING.matcher(told).find()
        ? "a carrier of the log drops messages and does not say how many"
        : null;
  }

  /** The same for an old daemon's note that it left out repetitions, which it does not show. */
  static @Nullable String readRepetition(byte[] text, int from, int to) {
    String told = new String(text, from, Math.min(to - from, MAX_LENGTH), UTF_8);
    Matcher repeated = REPEATED.matcher(told);
    return repeated.lookingAt()
        ? "a syslog daemon left out " + repeated.group(1) + " repetitions of a line"
        : null;
  }
}
