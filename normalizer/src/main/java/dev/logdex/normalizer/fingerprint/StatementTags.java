package dev.logdex.normalizer.fingerprint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tags that an application's libraries write into comments: sqlcommenter's {@code
 * key='value',…}, URL-encoded, and marginalia's {@code key:value,…}. Other comments hold none.
 */
final class StatementTags {
  /** A comment longer than this is no list of tags. */
  private static final int LONGEST_COMMENT = 4096;

  private static final Pattern SQLCOMMENTER =
      Pattern.compile(
          "\\G([^\\s='\",]++)\\s*+=\\s*+'([^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'\\s*+(?:,\\s*+|$)");

  /** A value goes on over commas until the next key. */
  private static final Pattern MARGINALIA =
      Pattern.compile(
          "\\G([A-Za-z_][\\w.-]*+):"
              + "((?!\\s)[^,]++(?:,(?!\\s*+[A-Za-z_][\\w.-]*+:)[^,]*+)*+)(?:,\\s*+|$)");

  private StatementTags() {}

  /** Adds the tags of a comment; one of a key that is there already takes its place. */
  static void read(byte[] text, int start, int end, Map<String, String> tags) {
    if (end - start > LONGEST_COMMENT || end - start < 4 || text[start] != '/') {
      return;
    }
    String body = new String(text, start + 2, end - start - 4, StandardCharsets.UTF_8).strip();
    if (!readAll(SQLCOMMENTER, body, true, tags)) {
      readAll(MARGINALIA, body, false, tags);
    }
  }

  /** Whether the whole comment is tags of that form; only then are they read. */
  private static boolean readAll(
      Pattern form, String body, boolean encoded, Map<String, String> tags) {
    Matcher matcher = form.matcher(body);
    int end = 0;
    while (matcher.find()) {
      end = matcher.end();
    }
    if (end == 0 || end < body.length()) {
      return false;
    }
    matcher.reset();
    while (matcher.find()) {
      String key = matcher.group(1);
      String value = matcher.group(2);
      tags.put(
          encoded ? decoded(key) : key,
          encoded ? decoded(value.replace("\\'", "'")) : value.strip());
    }
    return true;
  }

  private static String decoded(String text) {
    try {
      // in this encoding a plus is a plus
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
