package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.Judgement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides how the planner is asked about an index: by a hypothetical one where that is possible and
 * as good, else by building it where that is allowed, else not at all.
 */
final class Ways {
  private static final String UNMARKED =
      "its analysis database is not marked as a disposable copy (disposable.copies)";

  private final Set<String> hypotheticalMethods;
  private final Optional<Builds> builds;

  /**
   * The ways of one database.
   *
   * @param hypotheticalMethods access methods that HypoPG has
   * @param builds empty on a database that is not marked as a disposable copy
   */
  Ways(Set<String> hypotheticalMethods, Optional<Builds> builds) {
    this.hypotheticalMethods = Set.copyOf(hypotheticalMethods);
    this.builds = builds;
  }

  /** What can be done, as far as that is known beforehand. */
  Judgement of(Table table, IndexDefinition definition) {
    boolean hypothetical = hypotheticalMethods.contains(definition.method());
    List<String> expressions = table.expressions(definition);
    if (hypothetical && expressions.isEmpty()) {
      return Judgement.HYPOTHETICAL;
    }
    Optional<String> refusal =
        builds.map(each -> each.refusal(table)).orElse(Optional.of(UNMARKED));
    if (refusal.isEmpty()) {
      return Judgement.BUILT;
    }
    return withoutBuild(table, definition, refusal.get());
  }

  /**
   * What is left when it cannot be built.
   *
   * @param refusal why not
   */
  Judgement withoutBuild(Table table, IndexDefinition definition, String refusal) {
    return hypotheticalMethods.contains(definition.method())
        ? new Judgement(Judgement.Way.HYPOTHETICAL, guessed(table.expressions(definition), refusal))
        : Judgement.notJudged(
            "Only a real "
                + definition.method()
                + " index would show what it saves, and none was built: "
                + refusal
                + ".");
  }

  private static String guessed(List<String> expressions, String refusal) {
    return "Postgres has no statistics of "
        + String.join(" and ", expressions)
        + " without an index on it, so that the costs rest on its default guess; none was built:"
        + " "
        + refusal
        + ".";
  }
}
