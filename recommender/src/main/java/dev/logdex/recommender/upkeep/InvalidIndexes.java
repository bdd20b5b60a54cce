package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.selection.Definitions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds indexes that a failed CREATE INDEX or REINDEX CONCURRENTLY has left: writes keep them up to
 * date, and no query reads them (manual of CREATE INDEX, "Building Indexes Concurrently"). The
 * index of a partitioned table is invalid as long as a partition lacks its part, and is left alone.
 */
final class InvalidIndexes implements Rule {
  /** How REINDEX CONCURRENTLY names what it makes and what it replaces. */
  private static final Pattern LEFT_BY_REINDEX = Pattern.compile(".*_cc(?:new|old)\\d*");

  private static final String IN_PROGRESS =
      "An index that is being built right now looks the same: see that"
          + " pg_stat_progress_create_index does not list it.";
  private static final String REBUILD =
      "SHARE UPDATE EXCLUSIVE: reads and writes go on, other DDL and VACUUM of the table wait";

  @Override
  public Stream<Draft> of(TableCase table) {
    return table.partitioned()
        ? Stream.empty()
        : table.analysis().existingIndexes().stream()
            .filter(index -> !index.valid())
            .map(index -> isKept(index) ? rebuild(table, index) : drop(table, index));
  }

  /** A broken unique index is never dropped: what it stands for must go on to hold. */
  private static boolean isKept(ExistingIndex index) {
    return !TableCase.isDroppable(index) && !LEFT_BY_REINDEX.matcher(index.name()).matches();
  }

  private static Draft rebuild(TableCase table, ExistingIndex index) {
    return new Draft(
        Finding.INVALID,
        RecommendationKind.REINDEX,
        List.of(index.name()),
        Severity.HIGH,
        WritesSaved.subject(table.analysis(), index, 0),
        "it is invalid",
        "No query can read it, and what it is there for may not hold: a unique index that is invalid"
            + " may have duplicates among the rows. The rebuild fails while there are any. "
            + IN_PROGRESS,
        List.of(
            new Step("REINDEX INDEX CONCURRENTLY " + table.inSchema(index.name()), false, REBUILD)),
        "",
        List.of(),
        evidence(index));
  }

  private static Draft drop(TableCase table, ExistingIndex index) {
    DropIndex drop = new DropIndex(table, index);
    boolean again = isWantedAgain(table, index);
    Step create = new Step(drop.inverse(), false, REBUILD);
    return new Draft(
        Finding.INVALID,
        RecommendationKind.DROP_INDEX,
        List.of(index.name()),
        Severity.MEDIUM,
        WritesSaved.subject(table.analysis(), index, index.sizeBytes()),
        "it is invalid",
        "No query can read it, but every write of the table keeps it up to date. "
            + (again
                ? "It is dropped and made again."
                : "It is a remnant: what it was to be is there already, or a rebuild left it.")
            + " "
            + IN_PROGRESS,
        again ? List.of(drop.step(), create) : List.of(drop.step()),
        again ? "" : drop.inverse(),
        List.of(),
        evidence(index));
  }

  private static boolean isWantedAgain(TableCase table, ExistingIndex index) {
    return !LEFT_BY_REINDEX.matcher(index.name()).matches()
        && table.analysis().existingIndexes().stream()
            .filter(ExistingIndex::valid)
            .noneMatch(
                other -> Definitions.servesInPlaceOf(other.definition(), index.definition()));
  }

  private static List<Evidence> evidence(ExistingIndex index) {
    return List.of(
        new Evidence("indisvalid", "false"),
        new Evidence("definition", index.definition().sql()),
        new Evidence("size", Figures.bytes(index.sizeBytes())));
  }
}
