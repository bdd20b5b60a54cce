package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.Step;
import dev.logdex.recommender.event.WriteCosts;
import dev.logdex.recommender.usage.IndexFigures;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Finds b-trees that take many times what their entries need. It rests on sizes in production
 * alone: the indexes of a restored copy are as good as new.
 */
final class BloatedIndexes implements Rule {
  private static final long MUCH = 10L << 30;

  private static final String LOCK =
      "SHARE UPDATE EXCLUSIVE: reads and writes go on, other DDL and VACUUM of the table wait; for"
          + " an instant at the end ACCESS EXCLUSIVE on the old index";

  @Override
  public Stream<Draft> of(TableCase table) {
    return table.usage().primary(table.database()).stream()
        .flatMap(
            reading ->
                table.analysis().existingIndexes().stream()
                    .filter(ExistingIndex::valid)
                    .flatMap(
                        index ->
                            reading
                                .index(table.schema(), index.name())
                                .flatMap(figures -> draft(table, index, figures))
                                .stream()));
  }

  private static Optional<Draft> draft(TableCase table, ExistingIndex index, IndexFigures figures) {
    Long size = figures.sizeBytes();
    Double entries = figures.entries();
    if (size == null || entries == null || entries < 1) {
      return Optional.empty();
    }
    OptionalLong due = DueSize.of(table.analysis().facts(), index, entries);
    boolean bloated =
        due.isPresent()
            && size >= table.policy().bloatFactor() * due.getAsLong()
            && size - due.getAsLong() >= table.policy().bloatMinBytes();
    return bloated
        ? Optional.of(draft(table, index, size, due.getAsLong(), entries))
        : Optional.empty();
  }

  private static Draft draft(
      TableCase table, ExistingIndex index, long size, long due, double entries) {
    return new Draft(
        Finding.BLOAT,
        RecommendationKind.REINDEX,
        List.of(index.name()),
        size - due >= MUCH ? Severity.MEDIUM : Severity.LOW,
        new Draft.Subject(index.name(), index.definition().sql(), size - due, 0, WriteCosts.NONE),
        "it takes " + Figures.bytes(size) + " where " + Figures.bytes(due) + " would do",
        "Pages that deletes and updates have emptied in part are not given back. The rebuild takes "
            + Figures.bytes(due)
            + " of disk beside the old index until it is done, reads the table twice, and waits for"
            + " transactions older than itself; when it fails it leaves an invalid index ending in"
            + " _ccnew, to be dropped. Rather a low estimate of what it frees: that equal keys may"
            + " share an entry is not counted.",
        List.of(
            new Step("REINDEX INDEX CONCURRENTLY " + table.inSchema(index.name()), false, LOCK)),
        "",
        List.of("REINDEX CONCURRENTLY needs Postgres 12 or newer."),
        List.of(
            new Evidence("definition", index.definition().sql()),
            new Evidence("size in production", Figures.bytes(size)),
            new Evidence("due size", Figures.bytes(due)),
            new Evidence("entries", Figures.count(Math.round(entries)))));
  }
}
