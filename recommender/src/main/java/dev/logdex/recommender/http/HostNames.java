package dev.logdex.recommender.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names by which the page may be asked for. A page on loopback answers to no other: else a
 * foreign site could let its own name point to this machine and read along (DNS rebinding).
 */
final class HostNames {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  private final boolean everyName;
  private final Set<String> names;

  /**
   * The names of a server.
   *
   * @param loopback whether it listens on loopback alone
   * @param others names that it may be asked by as well; without any, a server that does not listen
   *     on loopback answers to every name
   */
  HostNames(boolean loopback, List<String> others) {
    everyName = !loopback && others.isEmpty();
    names = others.stream().map(HostNames::small).collect(Collectors.toUnmodifiableSet());
  }

  boolean accept(String hostHeader) {
    String name = PORT.matcher(small(hostHeader)).replaceFirst("");
    return everyName || LOOPBACK.matcher(name).matches() || names.contains(name);
  }

  private static String small(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
