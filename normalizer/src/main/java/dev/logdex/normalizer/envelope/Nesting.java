package dev.logdex.normalizer.envelope;

import java.util.HashMap;
import java.util.Map;

/** Names of the envelopes around a line, the innermost first; one object for each combination. */
final class Nesting {
  /** No envelope at all. */
  static final String BARE = "";

  private final String names;
  private final Map<String, Nesting> inner = new HashMap<>();
  private final Map<String, String> titles = new HashMap<>();

  Nesting() {
    this(BARE);
  }

  private Nesting(String names) {
    this.names = names;
  }

  /** These envelopes with a further one inside. */
  Nesting with(String name) {
    return inner.computeIfAbsent(
        name, added -> new Nesting(names.isEmpty() ? added : added + " in " + names));
  }

  /** What inspect prints of such a line. */
  String title(String content) {
    return titles.computeIfAbsent(
        content, title -> names.isEmpty() ? title : title + " in " + names);
  }
}
