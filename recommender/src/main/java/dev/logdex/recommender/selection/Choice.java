package dev.logdex.recommender.selection;

import java.util.Arrays;
import java.util.BitSet;

/** A set of offers with its value, changed one offer at a time. */
final class Choice {
  private final Instance instance;
  private final BitSet chosen;
  private final double[] saved;
  private final int[] endedBy;
  private double value;
  private long storage;
  private double overhead;
  private double hotLost;

  Choice(Instance instance) {
    this(instance, new BitSet());
  }

  /** The set of the offers at those positions. */
  Choice(Instance instance, BitSet offers) {
    this.instance = instance;
    this.chosen = new BitSet(instance.size());
    this.saved = new double[instance.scanCount];
    this.endedBy = new int[instance.hotRate.length];
    offers.stream().forEach(this::add);
  }

  Instance instance() {
    return instance;
  }

  BitSet offers() {
    return (BitSet) chosen.clone();
  }

  boolean has(int offer) {
    return chosen.get(offer);
  }

  /** What the set saves a minute, less what it costs to have. */
  double value() {
    return value;
  }

  /** What the set saves of one scan a minute. */
  double saved(int scan) {
    return saved[scan];
  }

  /** By how much the value would rise with the offer; negative when it would fall. */
  double worth(int offer) {
    return saving(offer) - instance.price[offer] - hotPrice(offer);
  }

  /** What the offer would save beyond what the set saves. */
  double saving(int offer) {
    int[] scans = instance.scans[offer];
    double[] savings = instance.savings[offer];
    double more = 0;
    for (int i = 0; i < scans.length; i++) {
      more += Math.max(0, savings[i] - saved[scans[i]]);
    }
    return more;
  }

  private double hotPrice(int offer) {
    double price = 0;
    for (int update : instance.hotUpdates[offer]) {
      price += endedBy[update] == 0 ? instance.hotPrice[update] : 0;
    }
    return price;
  }

  /** Updates a minute that the offer would end and the set does not yet. */
  double hotEnded(int offer) {
    double more = 0;
    for (int update : instance.hotUpdates[offer]) {
      more += endedBy[update] == 0 ? instance.hotRate[update] : 0;
    }
    return more;
  }

  /** What keeps the offer out of the set, whatever it is worth. */
  Declined.Why hindrance(int offer) {
    Bounds bounds = instance.bounds;
    for (int other : instance.conflicts[offer]) {
      if (chosen.get(other)) {
        return Declined.Why.ANOTHER_DOES_ITS_WORK;
      }
    }
    if (chosen.cardinality() >= bounds.indexes()) {
      return Declined.Why.INDEX_COUNT;
    }
    if (instance.offers.get(offer).sizeBytes() > bounds.storageBytes() - storage) {
      return Declined.Why.STORAGE;
    }
    if (overhead + instance.offers.get(offer).writeOverhead() > bounds.writeOverhead() + 1e-9) {
      return Declined.Why.WRITE_OVERHEAD;
    }
    double ended = hotEnded(offer);
    return ended > 0 && hotLost + ended > bounds.hotUpdatesLostPerMinute()
        ? Declined.Why.HOT_UPDATES
        : Declined.Why.NONE;
  }

  boolean fits(int offer) {
    return hindrance(offer) == Declined.Why.NONE;
  }

  void add(int offer) {
    value += worth(offer);
    hotLost += hotEnded(offer);
    chosen.set(offer);
    storage += instance.offers.get(offer).sizeBytes();
    overhead += instance.offers.get(offer).writeOverhead();
    int[] scans = instance.scans[offer];
    for (int i = 0; i < scans.length; i++) {
      saved[scans[i]] = Math.max(saved[scans[i]], instance.savings[offer][i]);
    }
    for (int update : instance.hotUpdates[offer]) {
      endedBy[update]++;
    }
  }

  /** The same set without the offer. */
  Choice without(int offer) {
    BitSet rest = offers();
    rest.clear(offer);
    return new Choice(instance, rest);
  }

  Choice copy() {
    return new Choice(instance, chosen);
  }

  @Override
  public String toString() {
    return Arrays.toString(chosen.stream().toArray()) + " " + value;
  }
}
