package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexTies;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.event.Evidence;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.selection.Definitions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds indexes beside which another one does the same: equal ones, and b-trees whose keys lead
 * those of a longer one. Access method, operator classes, collations, directions, INCLUDE and
 * predicate all count; unique indexes and those that a constraint rests on stay.
 */
final class RedundantIndexes implements Rule {
  /** A number that a tool adds where a name is taken, or a rebuild's remnant. */
  private static final Pattern LESSER_NAME =
      Pattern.compile("tmp_.*|.*(?:_idx\\d+|_cc(?:new|old)\\d*)");

  @Override
  public Stream<Draft> of(TableCase table) {
    List<ExistingIndex> kept = new ArrayList<>();
    List<Draft> redundant = new ArrayList<>();
    for (ExistingIndex index : mostUsefulFirst(table)) {
      Optional<ExistingIndex> keeper =
          kept.stream().filter(other -> makesNeedless(other, index)).findFirst();
      if (keeper.isPresent() && isAdvised(table, index, keeper.get())) {
        redundant.add(draft(table, index, keeper.get()));
      } else {
        kept.add(index);
      }
    }
    return redundant.stream();
  }

  /** So that what makes an index needless comes before it, and is not itself found needless. */
  private static List<ExistingIndex> mostUsefulFirst(TableCase table) {
    return table.analysis().existingIndexes().stream()
        .filter(ExistingIndex::valid)
        .sorted(
            Comparator.comparingInt((ExistingIndex i) -> -i.definition().elements().size())
                .thenComparing(i -> -i.definition().include().size())
                .thenComparing(TableCase::isDroppable)
                .thenComparing(i -> LESSER_NAME.matcher(i.name()).matches())
                .thenComparing(i -> i.name().length())
                .thenComparing(ExistingIndex::name))
        .toList();
  }

  private static boolean isAdvised(TableCase table, ExistingIndex index, ExistingIndex keeper) {
    return TableCase.isDroppable(index)
        && (Definitions.same(index.definition(), keeper.definition())
            || table.loseNothing(table.readers(index.name()), index.name()));
  }

  static boolean makesNeedless(ExistingIndex longer, ExistingIndex shorter) {
    IndexDefinition one = longer.definition();
    IndexDefinition other = shorter.definition();
    return Definitions.same(one, other)
        || (samePredicate(one, other) && Definitions.servesInPlaceOf(whole(one), whole(other)));
  }

  private static boolean samePredicate(IndexDefinition one, IndexDefinition other) {
    return Definitions.same(
        other, new IndexDefinition(other.method(), other.elements(), other.include(), one.where()));
  }

  private static IndexDefinition whole(IndexDefinition index) {
    return new IndexDefinition(index.method(), index.elements(), index.include(), null);
  }

  private static Draft draft(TableCase table, ExistingIndex index, ExistingIndex keeper) {
    boolean same = Definitions.same(index.definition(), keeper.definition());
    DropIndex drop = new DropIndex(table, index);
    return new Draft(
        Finding.REDUNDANT,
        RecommendationKind.DROP_INDEX,
        List.of(index.name()),
        same ? Severity.MEDIUM : Severity.LOW,
        WritesSaved.subject(table.analysis(), index, index.sizeBytes()),
        (same ? "it repeats " : "its columns lead those of ") + keeper.name(),
        reason(keeper, same) + readers(table, index),
        List.of(drop.step()),
        drop.inverse(),
        List.of(),
        List.of(
            new Evidence("definition", index.definition().sql()),
            new Evidence("the index that stays", keeper.name()),
            new Evidence("its definition", keeper.definition().sql()),
            new Evidence("size", Figures.bytes(index.sizeBytes()))));
  }

  private static String reason(ExistingIndex keeper, boolean same) {
    return same
        ? "The index "
            + keeper.name()
            + " has the same definition"
            + (isTied(keeper) ? " and more than queries to be there for" : "")
            + ": queries need one of the two, writes pay for both."
        : "Whatever this index finds, "
            + keeper.name()
            + " finds too, since it begins with the same columns: writes pay for both.";
  }

  private static boolean isTied(ExistingIndex index) {
    IndexTies ties = index.ties();
    return index.unique() || (ties != null && ties.constraint());
  }

  private static String readers(TableCase table, ExistingIndex index) {
    int readers = table.readers(index.name()).size();
    return readers == 0
        ? " No plan of the log's queries reads it."
        : " "
            + Figures.counted(readers, "scan reads", "scans read")
            + " it today and would read "
            + "the other one.";
  }
}
