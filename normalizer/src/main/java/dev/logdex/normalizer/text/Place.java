package dev.logdex.normalizer.text;

import static java.util.Objects.requireNonNull;

/**
 * Where in a log something stands. Put into words only for the few things that are told about.
 *
 * @param record what holds the line: {@code partition:offset}, or a file's name
 * @param line number within the record, from 1; 0 for the record itself
 */
public record Place(String record, long line) {
  public Place {
    requireNonNull(record, "record");
  }

  @Override
  public String toString() {
    return line == 0 ? record : record + ":" + line;
  }
}
