package dev.logdex.normalizer.logline;

import org.jspecify.annotations.Nullable;

/**
 * Looks at every way in which a line can be read with a prefix, and takes the best: the one whose
 * names the log is known to have; else the one whose level word comes first; else the one whose
 * names look most like names; else the one that leaves the shortest text to the last name, which is
 * to say that separators are taken from the right.
 *
 * <p>The last rule is a guess: before a {@code connection authorized} told the names, nothing can
 * tell user {@code svc} of database {@code report-shop} from user {@code svc-report} of database
 * {@code shop}. Steps are bounded, so a line made to be read in a million ways costs little.
 */
final class PrefixSearch {
  /** No line is looked at further for the end of its prefix. */
  static final int MAX_PREFIX_BYTES = 4096;

  private static final int MAX_STEPS = 20_000;

  private final LinePrefix prefix;
  private final LinePrefix.Item[] items;
  private final byte[] line;
  private final int to;
  private final PrefixMatch match;
  private final KnownNames known;
  private int steps;
  private int @Nullable [] best;
  private int bestKnown;
  private int bestWord;
  private int bestOdd;
  private int bestLastName;

  PrefixSearch(LinePrefix prefix, byte[] line, int to, PrefixMatch match, KnownNames known) {
    this.prefix = prefix;
    this.items = prefix.items();
    this.line = line;
    this.to = to;
    this.match = match;
    this.known = known;
  }

  /** Whether the line can be read at all; the best way is then in the match. */
  boolean from(int from) {
    match.begin(line);
    next(0, from);
    if (best == null) {
      return false;
    }
    match.restore(best, to);
    return true;
  }

  /** Goes on with the items from {@code index} on, and with the level word after them. */
  private void next(int index, int position) {
    int at = position;
    for (int i = index; i < items.length; i++) {
      if (++steps > MAX_STEPS) {
        return;
      }
      LinePrefix.Item item = items[i];
      switch (item.kind()) {
        case LITERAL -> {
          if (!Bytes.startsWith(line, at, to, item.literal())) {
            return;
          }
          at += item.literal().length;
          match.addEvidence(item.literal().length);
        }
        case CLOSED -> {
          closed(i, item, at);
          return;
        }
        case OPEN -> {
          open(i, item, at);
          return;
        }
        case STOP -> {
          if (match.word(at, to)) {
            found();
            return;
          }
        }
      }
    }
    boolean filled = !(prefix.hasNamesOnlyInSessions() && match.hasNoNames());
    if (filled && match.word(at, to)) {
      found();
    }
  }

  private void closed(int index, LinePrefix.Item item, int at) {
    Shape shape = item.escape().shape();
    int width = Math.abs(item.padding());
    int valueFrom =
        item.padding() > 0 ? LinePrefix.skipBlanks(line, at, Math.min(at + width, to)) : at;
    int longest = shape.end(line, valueFrom, to);
    // where no literal follows, the value may have taken what is the next one's
    int shortest = item.next().length > 0 ? longest : valueFrom + 1;
    for (int valueTo = longest; valueTo >= shortest && valueTo > valueFrom; valueTo--) {
      if (valueTo == longest || shape.end(line, valueFrom, valueTo) == valueTo) {
        int end = LinePrefix.endOfField(item, line, at, valueFrom, valueTo, to);
        if (end >= 0) {
          take(index, item.escape(), valueFrom, valueTo, end, 3);
        }
      }
    }
    int blankTo = at + width;
    boolean empty = blankTo <= to && LinePrefix.skipBlanks(line, at, blankTo) == blankTo;
    if (item.escape().mayBeEmpty() && empty) {
      take(index, item.escape(), at, at, blankTo, 0);
    }
  }

  private void open(int index, LinePrefix.Item item, int at) {
    Shape shape = item.escape().shape();
    int width = Math.abs(item.padding());
    int last = Math.min(to, at + Math.max(width, shape.maxBytes()));
    byte[] follows = item.next();
    for (int end = at; end <= last; end++) {
      if (end - at >= width && Bytes.startsWith(line, end, to, follows)) {
        takeOpen(index, item, at, end);
      }
      boolean inPadding = end - at < width && end < to && line[end] == ' ';
      if (steps > MAX_STEPS || (end < to && !inPadding && !shape.mayHold(line[end]))) {
        return;
      }
    }
  }

  private void takeOpen(int index, LinePrefix.Item item, int at, int end) {
    if (end - at > Math.abs(item.padding())) {
      take(index, item.escape(), at, end, end, 1);
      return;
    }
    int found = match.found();
    int evidence = match.evidence();
    LinePrefix.putTrimmed(item, line, at, end, match);
    match.addEvidence(1);
    next(index + 1, end);
    match.forget(found, evidence);
  }

  private void take(int index, Escape escape, int from, int valueTo, int end, int weight) {
    int found = match.found();
    int evidence = match.evidence();
    match.put(escape, from, valueTo);
    match.addEvidence(weight);
    next(index + 1, end);
    match.forget(found, evidence);
  }

  private void found() {
    int isKnown = known.agreement(match);
    int word = match.wordFrom();
    int odd = odd(Escape.USER) + odd(Escape.DATABASE) + odd(Escape.HOST) + odd(Escape.BACKEND_TYPE);
    int lastName = Math.max(match.start(Escape.USER), match.start(Escape.DATABASE));
    if (best == null || isBetter(isKnown, word, odd, lastName)) {
      best = match.places();
      bestKnown = isKnown;
      bestWord = word;
      bestOdd = odd;
      bestLastName = lastName;
    }
  }

  private boolean isBetter(int isKnown, int word, int odd, int lastName) {
    if (isKnown != bestKnown) {
      return isKnown > bestKnown;
    }
    if (word != bestWord) {
      return word < bestWord;
    }
    return odd != bestOdd ? odd < bestOdd : lastName > bestLastName;
  }

  private int odd(Escape escape) {
    return match.isUsual(escape) ? 0 : 1;
  }
}
