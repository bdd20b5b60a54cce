package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;

/** Prints lines as a server would with a given log_line_prefix; written without the matcher. */
final class PrintedLine {
  static final Map<Character, String> SESSION =
      Map.ofEntries(
          Map.entry('a', "psql"),
          Map.entry('u', "svc-report"),
          Map.entry('d', "shop"),
          Map.entry('r', "10.1.2.3(52346)"),
          Map.entry('h', "10.1.2.3"),
          Map.entry('L', "10.0.0.1"),
          Map.entry('b', "client backend"),
          Map.entry('p', "15070"),
          Map.entry('P', ""),
          Map.entry('t', "2026-11-21 00:23:45 UTC"),
          Map.entry('m', "2026-11-21 00:23:45.389 UTC"),
          Map.entry('n', "1795220625.389"),
          Map.entry('s', "2026-11-21 00:20:01 UTC"),
          Map.entry('i', "SELECT"),
          Map.entry('e', "00000"),
          Map.entry('c', "6b00e492.3ade"),
          Map.entry('l', "12"),
          Map.entry('v', "3/5"),
          Map.entry('x', "0"),
          Map.entry('Q', "-7551236425306139412"));

  private PrintedLine() {}

  /** A line of a client's process. */
  static byte[] session(String prefix, Map<Character, String> values, String rest) {
    return (prefix(prefix, values, true) + rest).getBytes(UTF_8);
  }

  /** A line of the checkpointer or the like: no names, and nothing after %q. */
  static byte[] background(String prefix, String rest) {
    Map<Character, String> values = new HashMap<>(SESSION);
    for (char letter : "audrhLvPi".toCharArray()) {
      values.put(letter, "");
    }
    values.put('b', "checkpointer");
    return (prefix(prefix, values, false) + rest).getBytes(UTF_8);
  }

  static String prefix(String prefix, Map<Character, String> values, boolean session) {
    StringBuilder printed = new StringBuilder();
    for (int at = 0; at < prefix.length(); at++) {
      if (prefix.charAt(at) != '%') {
        printed.append(prefix.charAt(at));
        continue;
      }
      int from = ++at;
      while (prefix.charAt(at) == '-' || Character.isDigit(prefix.charAt(at))) {
        at++;
      }
      String width = prefix.substring(from, at);
      char letter = prefix.charAt(at);
      if (letter == 'q' && !session) {
        break;
      }
      String value = letter == '%' ? "%" : values.getOrDefault(letter, "");
      boolean pads = !width.isEmpty() && letter != 'q' && letter != '%';
      printed.append(pads ? String.format("%" + width + "s", value) : value);
    }
    return printed.toString();
  }
}
