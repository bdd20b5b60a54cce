package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.recommendation.IndexName;
import java.util.List;
import java.util.stream.Stream;

/** Finds indexes whose name says that they were made for a time. */
final class TemporaryIndexes implements Rule {
  @Override
  public Stream<Draft> of(TableCase table) {
    return table.analysis().existingIndexes().stream()
        .filter(index -> IndexName.isTemporary(index.name()))
        .filter(index -> index.valid() && TableCase.isDroppable(index))
        .map(index -> draft(table, index));
  }

  private static Draft draft(TableCase table, ExistingIndex index) {
    int readers = table.readers(index.name()).size();
    DropIndex drop = new DropIndex(table, index);
    return new Draft(
        Finding.TEMPORARY,
        RecommendationKind.DROP_INDEX,
        List.of(index.name()),
        readers == 0 ? Severity.LOW : Severity.INFO,
        WritesSaved.subject(table.analysis(), index, index.sizeBytes()),
        "a temporary index is still there",
        "Its name says that it was made for a time. "
            + (readers == 0
                ? "No plan of the log's queries reads it."
                : Figures.counted(readers, "scan reads", "scans read")
                    + " it: when it is to stay, give it a lasting name by ALTER INDEX … RENAME TO."),
        List.of(drop.step()),
        drop.inverse(),
        List.of(),
        List.of(
            new Evidence("definition", index.definition().sql()),
            new Evidence("scans in the log that read it", Figures.count(readers)),
            new Evidence("size", Figures.bytes(index.sizeBytes()))));
  }
}
