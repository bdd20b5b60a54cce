package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which prefix a source's lines have. Over the first lines every known prefix is tried
 * and its hits are counted; then the best one is settled on. A line that it does not fit is tried
 * with the others, so a changed setting loses nothing; many such lines begin the count again.
 *
 * <p>Lines are never held back: each is read with the best prefix that fits it.
 */
public final class PrefixDetector {
  private static final int LINES_TO_SETTLE = 100;
  private static final int MISFITS_TO_UNSETTLE = 20;
  private static final int END = -1;
  private static final int MAX_BYTES_BEFORE_WORD = 1024;
  private static final int HITS_TO_DOUBT_BARE_LINES = 3;

  private final @Nullable LinePrefix pinned;
  private final KnownNames names;
  private final int[] hits = new int[PrefixCatalog.PREFIXES.size()];
  private final long[] evidence = new long[PrefixCatalog.PREFIXES.size()];
  private int scored;
  private int settled = -1;
  private int misfits;
  private long fitting;
  private long unfitting;
  private @Nullable String otherPrefix;
  private long unknownWords;
  private @Nullable String unknownWord;
  private boolean lastWasUnknownWord;

  /**
   * @param pinned the configured prefix; null to detect
   */
  public PrefixDetector(@Nullable String pinned, KnownNames names) {
    this.pinned = pinned == null ? null : LinePrefix.compile(pinned);
    this.names = names;
  }

  /**
   * Reads a line that may begin a message or a part of one.
   *
   * @param enveloped whether something outside the text says that it is Postgres's, so that a line
   *     without any prefix is believed
   * @return false when no prefix fits; {@code match} is then undefined
   */
  public boolean match(byte[] line, int from, int to, boolean enveloped, PrefixMatch match) {
    LinePrefix sure = pinned != null ? pinned : settledPrefix();
    lastWasUnknownWord = false;
    if (sure != null && sure.match(line, from, to, match, names)) {
      fitting++;
      return true;
    }
    boolean meant = LineWords.anywhere(line, from, to);
    boolean found = meant && pinned == null && matchAny(line, from, to, enveloped, match);
    if (found) {
      fitting++;
    } else if (meant) {
      unfitting++;
      otherPrefix = otherPrefix == null ? fittingPrefix(line, from, to) : otherPrefix;
    } else {
      countUnknownWord(sure, line, from, to, match);
    }
    return found;
  }

  /** A line that is complete but for its level, which is a word in no known language. */
  private void countUnknownWord(
      @Nullable LinePrefix sure, byte[] line, int from, int to, PrefixMatch match) {
    if (!LineWords.mayHoldUnknownWord(line, from, Math.min(to, from + MAX_BYTES_BEFORE_WORD))) {
      return;
    }
    match.takeUnknownWords(true);
    boolean fits = sure != null && sure.match(line, from, to, match);
    for (int i = 0; i < hits.length && sure == null && !fits; i++) {
      LinePrefix candidate = PrefixCatalog.PREFIXES.get(i);
      fits = candidate.isTimed() && candidate.match(line, from, to, match);
    }
    match.takeUnknownWords(false);
    if (fits) {
      lastWasUnknownWord = true;
      unknownWords++;
      unknownWord =
          unknownWord == null
              ? new String(line, match.wordFrom(), match.textFrom() - match.wordFrom(), UTF_8)
              : unknownWord;
    }
  }

  /**
   * Where, after its first byte, the line holds another line's prefix and level word; -1 when it
   * does not. Told only for a prefix with time and process: less may be part of any text.
   */
  public int matchInside(byte[] line, int from, int to, PrefixMatch match) {
    LinePrefix prefix = pinned != null ? pinned : settledOrBest();
    int word = LineWords.next(line, from, to);
    while (prefix != null && prefix.isAnchored() && word >= 0) {
      int earliest = Math.max(from + 1, word - 1024);
      for (int at = earliest; at < word; at++) {
        if (prefix.match(line, at, to, match) && match.wordFrom() == word) {
          return at;
        }
      }
      word = LineWords.next(line, word + 1, to);
    }
    return -1;
  }

  /** The prefix that the lines seem to have; null while there is nothing to go by. */
  public @Nullable LinePrefix prefix() {
    return pinned != null ? pinned : settledOrBest();
  }

  /** Lines with a prefix that was understood. */
  public long fitting() {
    return fitting;
  }

  /** Lines that hold a level word behind something that was not understood. */
  public long unfitting() {
    return unfitting;
  }

  /** A prefix that fits where the configured one does not; null when none is known. */
  public @Nullable String otherPrefix() {
    return otherPrefix;
  }

  /** Lines with a known prefix and a word for their level that is in no known language. */
  public long unknownWords() {
    return unknownWords;
  }

  /** Whether the line tried last was one of them. */
  public boolean lastWasUnknownWord() {
    return lastWasUnknownWord;
  }

  /** The first such word; null when there was none. */
  public @Nullable String unknownWord() {
    return unknownWord;
  }

  private static @Nullable String fittingPrefix(byte[] line, int from, int to) {
    PrefixMatch match = new PrefixMatch();
    for (LinePrefix candidate : PrefixCatalog.PREFIXES) {
      if (!candidate.isEmpty() && candidate.match(line, from, to, match)) {
        return candidate.toString();
      }
    }
    return null;
  }

  /** Whether a known level word stands somewhere in the line, as Postgres prints it. */
  public static boolean soundsLikePostgres(byte[] line, int from, int to) {
    int word = LineWords.next(line, from, to);
    int colon = word;
    while (colon >= 0 && colon < to && line[colon] != ':') {
      colon++;
    }
    return word >= 0 && colon + 2 < to && line[colon + 1] == ' ' && line[colon + 2] == ' ';
  }

  /** Whether the line holds a level word, so that it was meant to begin a message or a part. */
  public static boolean looksLikeHead(byte[] line, int from, int to) {
    return LineWords.anywhere(line, from, to);
  }

  public void write(DataOutputStream out) throws IOException {
    out.writeInt(scored);
    out.writeInt(settled);
    out.writeInt(misfits);
    out.writeLong(fitting);
    out.writeLong(unfitting);
    out.writeUTF(otherPrefix == null ? "" : otherPrefix);
    out.writeLong(unknownWords);
    out.writeUTF(unknownWord == null ? "" : unknownWord);
    out.writeInt(hits.length);
    for (int i = 0; i < hits.length; i++) {
      if (hits[i] > 0) {
        out.writeInt(i);
        out.writeInt(hits[i]);
        out.writeLong(evidence[i]);
      }
    }
    out.writeInt(END);
  }

  /** Takes back what {@link #write} wrote; a catalogue of another size begins to detect anew. */
  public void read(DataInputStream in) throws IOException {
    scored = in.readInt();
    settled = in.readInt();
    misfits = in.readInt();
    fitting = in.readLong();
    unfitting = in.readLong();
    String other = in.readUTF();
    otherPrefix = other.isEmpty() ? null : other;
    unknownWords = in.readLong();
    String word = in.readUTF();
    unknownWord = word.isEmpty() ? null : word;
    boolean sameCatalog = in.readInt() == hits.length;
    for (int i = in.readInt(); i != END; i = in.readInt()) {
      int hitsOfOne = in.readInt();
      long evidenceOfOne = in.readLong();
      if (sameCatalog) {
        hits[i] = hitsOfOne;
        evidence[i] = evidenceOfOne;
      }
    }
    if (!sameCatalog) {
      settled = -1;
      scored = 0;
    }
  }

  private @Nullable LinePrefix settledPrefix() {
    return settled < 0 ? null : PrefixCatalog.PREFIXES.get(settled);
  }

  private @Nullable LinePrefix settledOrBest() {
    int best = settled >= 0 ? settled : best(i -> hits[i] > 0);
    return best < 0 ? null : PrefixCatalog.PREFIXES.get(best);
  }

  private boolean matchAny(byte[] line, int from, int to, boolean enveloped, PrefixMatch match) {
    boolean[] fits = new boolean[hits.length];
    boolean any = false;
    for (int i = 0; i < fits.length; i++) {
      fits[i] =
          believable(i, enveloped)
              && PrefixCatalog.PREFIXES.get(i).match(line, from, to, match)
              && !match.cutsUnknownName();
      if (fits[i]) {
        any = true;
        count(i, match);
      }
    }
    if (!any) {
      return false;
    }
    int chosen = best(i -> fits[i]);
    afterScoring();
    return PrefixCatalog.PREFIXES.get(chosen).match(line, from, to, match, names);
  }

  private void count(int i, PrefixMatch match) {
    hits[i]++;
    evidence[i] += match.evidence();
  }

  /** A bare level word among lines that have a prefix is some other program's. */
  private boolean believable(int i, boolean enveloped) {
    if (enveloped || !PrefixCatalog.PREFIXES.get(i).isEmpty()) {
      return true;
    }
    LinePrefix usual = settledOrBest();
    boolean usualHasPrefix = usual != null && !usual.isEmpty();
    return !usualHasPrefix || fitting < HITS_TO_DOUBT_BARE_LINES;
  }

  private void afterScoring() {
    if (settled >= 0 && ++misfits >= MISFITS_TO_UNSETTLE) {
      settled = -1;
      forgetScores();
    } else if (settled < 0 && ++scored >= LINES_TO_SETTLE) {
      settled = best(i -> hits[i] > 0);
      forgetScores();
    }
  }

  private void forgetScores() {
    Arrays.fill(hits, 0);
    Arrays.fill(evidence, 0);
    scored = 0;
    misfits = 0;
  }

  /** The candidate with most hits, then with most of the lines explained; -1 when none counts. */
  private int best(IntPredicate counts) {
    int best = -1;
    for (int i = 0; i < hits.length; i++) {
      if (counts.test(i) && (best < 0 || isBetter(i, best))) {
        best = i;
      }
    }
    return best;
  }

  private boolean isBetter(int i, int than) {
    return hits[i] != hits[than] ? hits[i] > hits[than] : evidence[i] > evidence[than];
  }
}
