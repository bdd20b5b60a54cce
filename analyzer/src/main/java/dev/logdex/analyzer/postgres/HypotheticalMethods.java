package dev.logdex.analyzer.postgres;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which access methods HypoPG has, by its version. */
final class HypotheticalMethods {
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

  /** The first version with hash indexes. */
  private static final int HASH = 103;

  private HypotheticalMethods() {}

  /**
   * The methods of a version.
   *
   * @param version such as {@code 1.3.1}
   * @param bloom whether the extension bloom is in the database
   */
  static Set<String> of(String version, boolean bloom) {
    Set<String> methods = new TreeSet<>(Set.of("btree", "brin"));
    Matcher numbers = VERSION.matcher(version);
    if (numbers.matches()
        && Integer.parseInt(numbers.group(1)) * 100 + Integer.parseInt(numbers.group(2)) >= HASH) {
      methods.add("hash");
    }
    if (bloom) {
      methods.add("bloom");
    }
    return methods;
  }
}
