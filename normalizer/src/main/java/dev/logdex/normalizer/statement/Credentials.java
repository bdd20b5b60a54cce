package dev.logdex.normalizer.statement;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps credentials out of what is shown of a text that was not understood: {@code ALTER ROLE …
 * PASSWORD}, {@code CREATE USER MAPPING … OPTIONS (password …)}, {@code CREATE SUBSCRIPTION …
 * CONNECTION} and whatever else names a password before it tells it. Such a text need not be a
 * statement, nor whole, so words decide and not the grammar.
 */
public final class Credentials {
  public static final String REDACTED = "[redacted]";

  /** As in {@code postgresql://user:secret@host}. */
  private static final Pattern USER_INFO = Pattern.compile("://[^\\s/@]{0,200}:[^\\s/@]{0,200}@");

  private Credentials() {}

  /** The excerpt, or what stands for it when it may hold a credential. */
  public static String redacted(String excerpt) {
    return mayBeIn(excerpt) ? REDACTED : excerpt;
  }

  private static boolean mayBeIn(String excerpt) {
    String text = excerpt.toLowerCase(Locale.ROOT);
    return text.contains("password")
        || text.contains("passwd")
        || (text.contains("subscription") && text.contains("connection"))
        || (text.contains("mapping") && text.contains("options"))
        || USER_INFO.matcher(text).find();
  }
}
