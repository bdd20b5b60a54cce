package dev.logdex.recommender.lifecycle;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.lifecycle.Ledger.Finding;
import dev.logdex.recommender.whynot.Verdict;
import dev.logdex.recommender.whynot.WhyNot;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What stands at one moment; it does not change. */
public final class Snapshot {
  public static final Snapshot EMPTY = new Snapshot(List.of(), List.of());

  private static final Comparator<Verdict> TOLD_FIRST =
      Comparator.comparing(Verdict::analysedTo)
          .thenComparingDouble(Verdict::weight)
          .thenComparing(verdict -> verdict.whyNot().sentence());

  private final List<RecommendationEvent> told;
  private final List<Finding> findings;

  Snapshot(List<RecommendationEvent> told, List<Finding> findings) {
    this.told = told;
    this.findings = findings;
  }

  /** Every recommendation ever told of, in the state last told, by id. */
  public List<Recommendation> all() {
    return told.stream()
        .map(RecommendationEvent::data)
        .sorted(Comparator.comparing(Recommendation::id))
        .toList();
  }

  /** The recommendations that stand, accepted or still open, largest saving first. */
  public List<Recommendation> current() {
    return all().stream()
        .filter(advice -> advice.state().stands())
        .sorted(
            Comparator.comparingDouble((Recommendation advice) -> -advice.savingPerMinute())
                .thenComparing(Recommendation::id))
        .toList();
  }

  /** The statements that gain by no recommendation, by database and most calls first. */
  public List<WhyNot> whyNot() {
    Set<Statement> gaining = new HashSet<>();
    for (Finding finding : findings) {
      finding
          .gaining()
          .forEach(fingerprint -> gaining.add(new Statement(finding.database(), fingerprint)));
    }
    Map<Statement, Verdict> verdicts = new TreeMap<>();
    for (Finding finding : findings) {
      for (Verdict verdict : finding.verdicts()) {
        Statement statement =
            new Statement(verdict.whyNot().database(), verdict.whyNot().fingerprint());
        if (!gaining.contains(statement)) {
          verdicts.merge(statement, verdict, Snapshot::truer);
        }
      }
    }
    return verdicts.values().stream()
        .map(Verdict::whyNot)
        .sorted(
            Comparator.comparing(WhyNot::database)
                .thenComparing(Comparator.comparingLong(WhyNot::calls).reversed())
                .thenComparing(WhyNot::fingerprint))
        .toList();
  }

  private static Verdict truer(Verdict one, Verdict other) {
    return TOLD_FIRST.compare(one, other) >= 0 ? one : other;
  }

  private record Statement(String database, String fingerprint) implements Comparable<Statement> {
    @Override
    public int compareTo(Statement other) {
      return Comparator.comparing(Statement::database)
          .thenComparing(Statement::fingerprint)
          .compare(this, other);
    }
  }
}
