package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Users, databases and applications that belong together, learnt from {@code connection authorized}
 * messages, which tell them apart better than a prefix does when names hold blanks or separators.
 * Bounded: the first ones stay.
 */
public final class KnownNames {
  static final KnownNames NONE = new KnownNames();

  private static final int MAX_PAIRS = 512;
  private static final int MAX_APPLICATIONS = 512;
  private static final String AUTHORIZED = "connection authorized: user=";
  private static final String DATABASE = " database=";
  private static final String APPLICATION = " application_name=";

  /** What may stand behind the names: since 9.5, since 11, since 12. */
  private static final List<String> FOLLOWS =
      List.of(" SSL enabled (", " GSS (", " SSL compression");

  /** No name of a role, which are not empty. */
  private static final String END_OF_PAIRS = "";

  private record Pair(String user, String database) {}

  private final Set<Pair> pairs = new LinkedHashSet<>();
  private final Set<String> applications = new LinkedHashSet<>();

  /** Every byte that one of the names has. */
  private final BitSet bytes = new BitSet();

  /** Learns from a message of the server. Returns whether it told something new. */
  public boolean learn(String message) {
    if (!message.startsWith(AUTHORIZED)) {
      return false;
    }
    int database = message.indexOf(DATABASE);
    if (database < 0) {
      return false;
    }
    int to = message.length();
    for (String follows : FOLLOWS) {
      int at = message.lastIndexOf(follows);
      to = at < database ? to : Math.min(to, at);
    }
    int from = database + DATABASE.length();
    int application = message.indexOf(APPLICATION, from);
    int databaseTo = application < 0 || application > to ? to : application;
    boolean told =
        add(message.substring(AUTHORIZED.length(), database), message.substring(from, databaseTo));
    if (databaseTo < to) {
      told |= addApplication(message.substring(databaseTo + APPLICATION.length(), to));
    }
    return told;
  }

  /** Returns whether the pair is new, and there was room for it. */
  public boolean add(String user, String database) {
    if (pairs.size() >= MAX_PAIRS || !pairs.add(new Pair(user, database))) {
      return false;
    }
    addBytes(user);
    addBytes(database);
    return true;
  }

  private boolean addApplication(String application) {
    if (applications.size() >= MAX_APPLICATIONS || !applications.add(application)) {
      return false;
    }
    addBytes(application);
    return true;
  }

  private void addBytes(String name) {
    for (byte b : name.getBytes(UTF_8)) {
      bytes.set(b & 0xff);
    }
  }

  /** Whether a name has one of the bytes, so that it may be read wrongly where they separate. */
  boolean mayHoldAny(BitSet separators) {
    return !pairs.isEmpty() && bytes.intersects(separators);
  }

  /** Whether nothing speaks against the names that were read. */
  boolean agreeWith(PrefixMatch match) {
    return match.hasNoNames() || agreement(match) == (match.has(Escape.APPLICATION) ? 3 : 2);
  }

  /** How much of what was read is known: 2 for user and database, 1 for the application. */
  int agreement(PrefixMatch match) {
    if (pairs.isEmpty()) {
      return 0;
    }
    String user = match.user();
    String database = match.database();
    boolean notAuthorized = user.isEmpty() && database.isEmpty();
    boolean pair = notAuthorized || isKnown(match, user, database);
    String application = match.has(Escape.APPLICATION) ? match.application() : "";
    boolean named =
        match.has(Escape.APPLICATION)
            && (application.isEmpty() || applications.contains(application));
    return (pair ? 2 : 0) + (named ? 1 : 0);
  }

  private boolean isKnown(PrefixMatch match, String user, String database) {
    if (match.has(Escape.USER) && match.has(Escape.DATABASE)) {
      return pairs.contains(new Pair(user, database));
    }
    for (Pair pair : pairs) {
      if (match.has(Escape.USER) ? pair.user.equals(user) : pair.database.equals(database)) {
        return true;
      }
    }
    return false;
  }

  /** Everything learnt, in the order learnt, to be given to {@link #restore}. */
  public List<String> toList() {
    List<String> texts = new ArrayList<>();
    for (Pair pair : pairs) {
      texts.add(pair.user());
      texts.add(pair.database());
    }
    texts.add(END_OF_PAIRS);
    texts.addAll(applications);
    return texts;
  }

  public void restore(List<String> texts) {
    int at = 0;
    while (at + 1 < texts.size() && !texts.get(at).equals(END_OF_PAIRS)) {
      add(texts.get(at), texts.get(at + 1));
      at += 2;
    }
    texts.stream().skip(at + 1L).forEach(this::addApplication);
  }
}
