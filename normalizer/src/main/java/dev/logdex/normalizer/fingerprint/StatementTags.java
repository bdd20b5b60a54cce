package dev.logdex.normalizer.fingerprint;

import dev.logdex.sql.EightBytes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tags that an application's libraries write into comments: sqlcommenter's {@code
 * key='value',…}, URL-encoded, and marginalia's {@code key:value,…}. Other comments hold none.
 */
final class StatementTags {
  static final int MOST_TAGS = 16;
  static final int LONGEST_KEY = 64;
  static final int LONGEST_VALUE = 256;

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

  private final Map<String, String> tags = new LinkedHashMap<>();
  private int cut;

  /** By key, in the order in which the keys were met. */
  Map<String, String> tags() {
    return tags;
  }

  /** Tags that were left out, because they were too many or their keys too long, and values cut. */
  int cut() {
    return cut;
  }

  /** Whether a comment looks like tags; when it does not, it holds none. */
  static boolean mayBe(byte[] text, int start, int end) {
    return isReadable(text, start, end)
        && EightBytes.find(text, start, end, ':', '=') < end
        && text[start + 2] != '+'; // a hint to the planner
  }

  private static boolean isReadable(byte[] text, int start, int end) {
    return end - start <= LONGEST_COMMENT && end - start >= 4 && text[start] == '/';
  }

  /** Adds the tags of a comment; one of a key that is there already takes its place. */
  void read(byte[] text, int start, int end) {
    if (!mayBe(text, start, end)) {
      return;
    }
    String body = new String(text, start + 2, end - start - 4, StandardCharsets.UTF_8).strip();
    if (!readAll(SQLCOMMENTER, body, true)) {
      readAll(MARGINALIA, body, false);
    }
  }

  /** Whether the whole comment is tags of that form; only then are they read. */
  private boolean readAll(Pattern form, String body, boolean encoded) {
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
      add(
          encoded ? decoded(key) : key,
          encoded ? decoded(value.replace("\\'", "'")) : value.strip());
    }
    return true;
  }

  private void add(String key, String value) {
    boolean full = tags.size() == MOST_TAGS && !tags.containsKey(key);
    if (full || key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      cut++;
    } else {
      tags.put(key, bounded(value));
    }
  }

  private String bounded(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    if (utf8.length <= LONGEST_VALUE) {
      return value;
    }
    cut++;
    int size = LONGEST_VALUE;
    while ((utf8[size] & 0xc0) == 0x80) { // not within a character
      size--;
    }
    return new String(utf8, 0, size, StandardCharsets.UTF_8);
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
