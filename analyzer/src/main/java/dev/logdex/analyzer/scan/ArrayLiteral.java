package dev.logdex.analyzer.scan;

import java.util.ArrayList;
import java.util.List;

/** Takes apart arrays as Postgres prints them, such as {@code {1,2,"a,b"}}. */
public final class ArrayLiteral {
  private ArrayLiteral() {}

  /** The elements of an array of one dimension, without the quotes. */
  public static List<String> elements(String literal) {
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    boolean quoted = false;
    int end = literal.endsWith("}") ? literal.length() - 1 : literal.length();
    for (int i = literal.startsWith("{") ? 1 : 0; i < end; i++) {
      char character = literal.charAt(i);
      if (character == '\\' && i + 1 < end) {
        i++;
        element.append(literal.charAt(i));
      } else if (character == '"') {
        quoted = !quoted;
      } else if (character == ',' && !quoted) {
        elements.add(element.toString());
        element.setLength(0);
      } else {
        element.append(character);
      }
    }
    elements.add(element.toString());
    return elements;
  }
}
