package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.QueryWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One window that is being added to, and which of its pieces the store does not know yet. What
 * changes with every call is one small piece; texts, names, samples and plans are others.
 */
final class OpenWindow {
  /** The text: written once. */
  static final int TEXT = 1;

  /** Users, tags and the server's identities: their names. */
  static final int NAMES = 2;

  /** All figures. */
  static final int FIGURES = 4;

  /** What the samples read. */
  static final int SAMPLES = 8;

  static final int PLANS = 16;

  private static final String KINDS = "tnfsp";
  private static final int RADIX = 36;
  private static final int FORM = 1;

  final Identity identity;
  final boolean sampled;
  final Figures figures = new Figures();

  /** Whether it is in the list of those that changed. */
  boolean listed;

  /** Whether it has been handed on. */
  boolean taken;

  /** Memory that it was last counted with. */
  long weight;

  private int changed = TEXT | NAMES | FIGURES;
  private int stored;
  private int timesGiven;
  private int samplesDue = 1;

  OpenWindow(Identity identity) {
    this.identity = identity;
    this.sampled = Plannable.all(identity.text());
  }

  /** Whether it is the one of all statements beyond the bound. */
  boolean ofOthers() {
    return identity.fingerprint().equals(QueryWindow.OTHER);
  }

  void changed(int kinds) {
    changed |= kinds;
  }

  /** Memory now, less what it was last counted with. */
  long growth() {
    long before = weight;
    weight = figures.weight() + identity.text().length() + identity.database().length();
    return weight - before;
  }

  QueryWindow finished(int mostSamples) {
    return figures.window(identity, "", figures.samples.best(mostSamples));
  }

  /**
   * Gives the pieces that changed. Texts of samples are most of a window's bytes and change often
   * at first, so they go at the first, second, fourth and so on time only: what is restored may
   * have older samples than memory had, and the calls of those that it has. All else is exact.
   */
  void giveChanges(ByteWriter out, BiConsumer<String, byte @Nullable []> changes) {
    timesGiven++;
    int given = withoutSamplesNotDue();
    for (int i = 0; i < KINDS.length(); i++) {
      int kind = 1 << i;
      if ((given & kind) != 0) {
        out.clear();
        write(kind, out);
        changes.accept(name(i), out.toBytes());
      }
    }
    stored |= given;
  }

  private int withoutSamplesNotDue() {
    int given = changed;
    changed = 0;
    if ((given & SAMPLES) == 0) {
      return given;
    }
    if (timesGiven < samplesDue) {
      changed = SAMPLES;
      return given & ~SAMPLES;
    }
    // before the figures are written, which hold the counts of the samples that are stored
    if (!figures.samples.chooseStored()) {
      return given & ~SAMPLES;
    }
    samplesDue = 2 * timesGiven;
    return given;
  }

  /** Adds the names under which the store has pieces of it. */
  void storedNames(Collection<String> names) {
    for (int i = 0; i < KINDS.length(); i++) {
      if ((stored & 1 << i) != 0) {
        names.add(name(i));
      }
    }
  }

  /** What the names of all pieces of one window have in common. */
  static String commonName(String pieceName) {
    return pieceName.substring(1);
  }

  /**
   * A window as the store has it.
   *
   * @param pieces by their names
   */
  static OpenWindow restore(String commonName, Map<String, byte[]> pieces) {
    ByteReader text = reader(commonName, pieces, 0);
    if (text.readByte() != FORM) {
      throw new IllegalStateException("a stored window is of an unknown form: " + commonName);
    }
    Duration size = Duration.ofMillis(text.readNumber());
    int afterStart = commonName.indexOf(':');
    int afterFingerprint = commonName.indexOf(':', afterStart + 1);
    long start = Long.parseLong(commonName.substring(0, afterStart), RADIX);
    long fingerprint =
        Long.parseUnsignedLong(commonName.substring(afterStart + 1, afterFingerprint), RADIX);
    OpenWindow window =
        new OpenWindow(
            new Identity(
                commonName.substring(afterFingerprint + 1),
                new Fingerprint(fingerprint),
                text.readText(),
                Instant.ofEpochMilli(start),
                size));
    window.read(commonName, pieces);
    return window;
  }

  private void read(String commonName, Map<String, byte[]> pieces) {
    figures.readNames(reader(commonName, pieces, 1));
    if (pieces.containsKey(KINDS.charAt(3) + commonName)) {
      figures.samples.readTexts(reader(commonName, pieces, 3));
    }
    figures.readCounts(reader(commonName, pieces, 2));
    if (pieces.containsKey(KINDS.charAt(4) + commonName)) {
      figures.planSet.read(reader(commonName, pieces, 4));
    }
    changed = 0;
    for (int i = 0; i < KINDS.length(); i++) {
      stored |= pieces.containsKey(KINDS.charAt(i) + commonName) ? 1 << i : 0;
    }
  }

  private static ByteReader reader(String commonName, Map<String, byte[]> pieces, int kind) {
    byte[] piece = pieces.get(KINDS.charAt(kind) + commonName);
    if (piece == null) {
      throw new IllegalStateException(
          "piece " + KINDS.charAt(kind) + " of a stored window is missing: " + commonName);
    }
    return new ByteReader(piece);
  }

  private void write(int kind, ByteWriter out) {
    switch (kind) {
      case TEXT -> {
        out.writeByte(FORM);
        out.writeNumber(identity.size().toMillis());
        out.writeText(identity.text());
      }
      case NAMES -> figures.writeNames(out);
      case FIGURES -> figures.writeCounts(out);
      case SAMPLES -> figures.samples.writeTexts(out);
      default -> figures.planSet.write(out);
    }
  }

  private String name(int kind) {
    return KINDS.charAt(kind)
        + Long.toString(identity.start().toEpochMilli(), RADIX)
        + ':'
        + Long.toUnsignedString(identity.fingerprint().bits(), RADIX)
        + ':'
        + identity.database();
  }
}
