package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.scan.TableScan;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which scan of a query each node of a plan performs. Aliases tell, as a query has the same
 * ones whatever its plan is. A node whose alias is new (a subplan done the other way) goes to a
 * scan of its table that no other node performs.
 */
final class Attribution {
  private final List<TableScan> scans;
  private final List<List<SourceCost>> costs = new ArrayList<>();

  private Attribution(List<TableScan> scans) {
    this.scans = scans;
    scans.forEach(scan -> costs.add(new ArrayList<>()));
  }

  /** The costs of each scan, in the order of the scans. */
  static List<List<SourceCost>> of(List<TableScan> scans, List<SourceCost> sources) {
    Attribution attribution = new Attribution(scans);
    List<SourceCost> strangers = new ArrayList<>();
    for (SourceCost source : sources) {
      if (!attribution.takes(source)) {
        strangers.add(source);
      }
    }
    strangers.forEach(attribution::adopt);
    return attribution.costs;
  }

  private boolean takes(SourceCost source) {
    for (int i = 0; i < scans.size(); i++) {
      TableScan scan = scans.get(i);
      if (scan.table().equals(source.table()) && scan.aliases().contains(source.alias())) {
        costs.get(i).add(source);
        return true;
      }
    }
    return false;
  }

  private void adopt(SourceCost source) {
    int chosen = -1;
    for (int i = 0; i < scans.size(); i++) {
      boolean sameTable = scans.get(i).table().equals(source.table());
      if (sameTable && (chosen < 0 || (!costs.get(chosen).isEmpty() && costs.get(i).isEmpty()))) {
        chosen = i;
      }
    }
    if (chosen >= 0) {
      costs.get(chosen).add(source);
    }
  }
}
