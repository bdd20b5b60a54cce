package dev.logdex.recommender.lifecycle;

import dev.logdex.recommender.selection.Frontier;
import dev.logdex.recommender.selection.StorageBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How the tables of each database share the storage that its new indexes may take. */
final class Shares {
  private final StorageBudget budget;
  private final Map<String, Map<String, Frontier>> frontiers = new TreeMap<>();
  private final Map<String, Long> shares = new HashMap<>();
  private final TreeSet<String> unsettled = new TreeSet<>();

  Shares(StorageBudget budget) {
    this.budget = budget;
  }

  /** Whether there is anything to share: without a bound every table takes what it likes. */
  boolean areBounded() {
    return budget.isBound();
  }

  /** Bytes of a database that its tables share. */
  long budget() {
    return budget.bytes();
  }

  void put(String database, String table, Frontier frontier) {
    frontiers.computeIfAbsent(database, name -> new HashMap<>()).put(table, frontier);
    shares.remove(table);
    unsettled.add(database);
  }

  void remove(String table) {
    shares.remove(table);
    frontiers.forEach(
        (database, tables) -> {
          if (tables.remove(table) != null) {
            unsettled.add(database);
          }
        });
  }

  /** Of every table that has one. */
  Map<String, Long> all() {
    return Map.copyOf(shares);
  }

  long of(String table) {
    return shares.getOrDefault(table, 0L);
  }

  /** Divides anew where something changed, and gives the tables that now have another share. */
  List<String> settle() {
    List<String> changed = new ArrayList<>();
    for (String database : unsettled) {
      new TreeMap<>(budget.shares(frontiers.getOrDefault(database, Map.of())))
          .forEach(
              (table, share) -> {
                if (!share.equals(shares.put(table, share))) {
                  changed.add(table);
                }
              });
    }
    unsettled.clear();
    return changed;
  }
}
