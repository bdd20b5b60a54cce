package dev.logdex.recommender.selection;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.recommender.selection.Matrix.Cell;
import dev.logdex.recommender.selection.Selection.Pick;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes out of a selection what the rest of it makes needless; every scan stays covered.
 *
 * <ol>
 *   <li>An index whose keys lead those of another chosen one goes when the longer one brings each
 *       of its scans at least half of what it brings itself: the longer one may miss half of the
 *       best and still be close to the shorter, and one index more is dearer than the difference.
 *   <li>An index goes when others are good enough for all its scans, which a greedy cover can leave
 *       behind; the one with the highest write overhead first.
 * </ol>
 */
final class Consolidation {
  private final Map<String, IndexDefinition> definitions;
  private final Map<String, Set<String>> goodEnough;
  private final Map<String, Map<String, Double>> improvements = new HashMap<>();

  /**
   * @param matrix that the selection was made from
   * @param definitions of every pick
   */
  Consolidation(Matrix matrix, Map<String, IndexDefinition> definitions) {
    this.definitions = Map.copyOf(definitions);
    goodEnough = GoodEnough.goodEnoughScans(matrix);
    for (Cell cell : matrix.cells()) {
      improvements
          .computeIfAbsent(cell.index(), index -> new HashMap<>())
          .put(cell.scan(), cell.improvement());
    }
  }

  List<Pick> consolidate(List<Pick> picks) {
    return withoutSpare(withoutPrefixes(picks));
  }

  private List<Pick> withoutPrefixes(List<Pick> picks) {
    List<Pick> kept = new ArrayList<>(picks);
    for (int i = kept.size() - 1; i >= 0; i--) {
      Pick shorter = kept.get(i);
      Optional<Pick> longer =
          kept.stream()
              .filter(pick -> !pick.equals(shorter) && takesOver(pick, shorter))
              .findFirst();
      if (longer.isPresent()) {
        kept.set(kept.indexOf(longer.get()), with(longer.get(), shorter.scans()));
        kept.remove(i);
      }
    }
    return kept;
  }

  private boolean takesOver(Pick longer, Pick shorter) {
    if (!Definitions.leads(definition(shorter), definition(longer))) {
      return false;
    }
    return shorter.scans().stream()
        .allMatch(
            scan ->
                improvement(longer, scan) >= GoodEnough.SHARE_OF_BEST * improvement(shorter, scan));
  }

  private List<Pick> withoutSpare(List<Pick> picks) {
    List<Pick> kept = new ArrayList<>(picks);
    picks.stream()
        .sorted(
            Comparator.comparingDouble(Pick::writeOverhead).thenComparing(Pick::index).reversed())
        .forEach(pick -> dropIfSpare(pick.index(), kept));
    return kept;
  }

  private void dropIfSpare(String index, List<Pick> kept) {
    Pick pick = kept.stream().filter(k -> k.index().equals(index)).findFirst().orElseThrow();
    List<Pick> others = kept.stream().filter(other -> !other.equals(pick)).toList();
    Set<String> servedByOthers = new HashSet<>();
    others.forEach(other -> servedByOthers.addAll(goodEnough(other)));
    if (servedByOthers.containsAll(pick.scans())) {
      kept.remove(pick);
      pick.scans().forEach(scan -> handOver(scan, kept));
    }
  }

  /** Gives the scan to the index that improves it most; of equals to the one chosen first. */
  private void handOver(String scan, List<Pick> kept) {
    Pick heir =
        kept.stream()
            .filter(pick -> goodEnough(pick).contains(scan))
            .min(Comparator.comparingDouble(pick -> -improvement(pick, scan)))
            .orElseThrow();
    kept.set(kept.indexOf(heir), with(heir, List.of(scan)));
  }

  private static Pick with(Pick pick, List<String> moreScans) {
    List<String> scans = new ArrayList<>(pick.scans());
    scans.addAll(moreScans);
    return new Pick(pick.index(), pick.writeOverhead(), scans);
  }

  private IndexDefinition definition(Pick pick) {
    IndexDefinition definition = definitions.get(pick.index());
    if (definition == null) {
      throw new IllegalArgumentException("no definition of a pick");
    }
    return definition;
  }

  private Set<String> goodEnough(Pick pick) {
    return goodEnough.getOrDefault(pick.index(), Set.of());
  }

  /** 0 where the index has no cell: then it takes nothing over, as every cell is above that. */
  private double improvement(Pick pick, String scan) {
    return improvements.getOrDefault(pick.index(), Map.of()).getOrDefault(scan, 0.0);
  }
}
