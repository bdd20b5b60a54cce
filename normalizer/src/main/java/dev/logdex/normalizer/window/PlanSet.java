package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.PlanEvidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The slowest plans of a statement and the latest one: it may have changed since. Which stay does
 * not depend on the order in which they come.
 */
final class PlanSet {
  private static final int SLOWEST = 2;

  /** What the objects of a plan take in memory, about, without its characters. */
  private static final int OBJECTS_BYTES = 160;

  private static final Comparator<PlanEvidence> BY_TEXT =
      Comparator.comparing(PlanEvidence::plan).thenComparing(PlanEvidence::format);
  private static final Comparator<PlanEvidence> SLOWEST_FIRST =
      Comparator.comparingDouble((PlanEvidence plan) -> -plan.elapsedMs())
          .thenComparing(PlanEvidence::loggedAt, Comparator.reverseOrder())
          .thenComparing(BY_TEXT);
  private static final Comparator<PlanEvidence> LATEST_FIRST =
      Comparator.comparing(PlanEvidence::loggedAt, Comparator.reverseOrder())
          .thenComparing(SLOWEST_FIRST);

  /** The slowest first. */
  private List<PlanEvidence> plans = List.of();

  /** Whether a plan would stay; asked before its text is decoded. */
  boolean wants(double elapsedMs, Instant loggedAt) {
    return plans.size() <= SLOWEST
        || elapsedMs >= plans.get(SLOWEST - 1).elapsedMs()
        || plans.stream().noneMatch(plan -> plan.loggedAt().isAfter(loggedAt));
  }

  void add(PlanEvidence plan) {
    addAll(List.of(plan));
  }

  void addAll(Collection<PlanEvidence> more) {
    Set<PlanEvidence> all = new LinkedHashSet<>(plans);
    all.addAll(more);
    List<PlanEvidence> slowest = all.stream().sorted(SLOWEST_FIRST).toList();
    List<PlanEvidence> kept = new ArrayList<>(slowest.subList(0, Math.min(SLOWEST, all.size())));
    slowest.stream().min(LATEST_FIRST).filter(plan -> !kept.contains(plan)).ifPresent(kept::add);
    plans = kept;
  }

  List<PlanEvidence> all() {
    return plans;
  }

  long weight() {
    long weight = 0;
    for (int i = 0; i < plans.size(); i++) { // asked for each sample that is taken
      weight += 2L * plans.get(i).plan().length() + OBJECTS_BYTES;
    }
    return weight;
  }

  void write(ByteWriter out) {
    out.writeNumber(plans.size());
    for (PlanEvidence plan : plans) {
      PlanCodec.write(plan, out);
    }
  }

  void read(ByteReader in) {
    List<PlanEvidence> stored = new ArrayList<>();
    for (int count = in.readCount(); count > 0; count--) {
      stored.add(PlanCodec.read(in));
    }
    addAll(stored);
  }
}
