package dev.logdex.normalizer.logline;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Pairs of user and database learnt from {@code connection authorized} messages, which tell them
 * apart better than a prefix does when names hold blanks or separators. Bounded: the first ones
 * stay.
 */
public final class KnownNames {
  private static final int MAX_PAIRS = 512;
  private static final String AUTHORIZED = "connection authorized: user=";
  private static final String DATABASE = " database=";
  private static final List<String> FOLLOWS =
      List.of(" application_name=", " SSL enabled", " GSS (");

  private record Pair(String user, String database) {}

  private final Set<Pair> pairs = new LinkedHashSet<>();

  /** Learns from a message of the server. Returns whether it told something new. */
  public boolean learn(String message) {
    if (!message.startsWith(AUTHORIZED)) {
      return false;
    }
    int database = message.indexOf(DATABASE);
    if (database < 0 || pairs.size() >= MAX_PAIRS) {
      return false;
    }
    int from = database + DATABASE.length();
    int to = message.length();
    for (String follows : FOLLOWS) {
      int at = message.indexOf(follows, from);
      to = at < 0 ? to : Math.min(to, at);
    }
    return add(message.substring(AUTHORIZED.length(), database), message.substring(from, to));
  }

  public boolean add(String user, String database) {
    return pairs.add(new Pair(user, database));
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  boolean contains(PrefixMatch match) {
    return pairs.contains(new Pair(match.user(), match.database()));
  }

  /** Users and databases in turn, in the order learnt. */
  public List<String> toList() {
    return pairs.stream().flatMap(pair -> List.of(pair.user(), pair.database()).stream()).toList();
  }
}
