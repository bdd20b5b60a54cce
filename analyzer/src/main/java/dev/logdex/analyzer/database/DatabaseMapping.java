package dev.logdex.analyzer.database;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which analysis database serves which database of the log. An address with a name serves the
 * database of that name. One without serves the database that is called as the address says; if it
 * is the only one, it also serves statements whose log names no database, and, where its own name
 * never occurs in the log, the only database that does occur (maintenance databases aside). A sole
 * address with a name serves statements without a database as well.
 */
public final class DatabaseMapping {
  private static final Set<String> MAINTENANCE =
      Set.of(
          "postgres",
          "template0",
          "template1",
          "rdsadmin",
          "cloudsqladmin",
          "azure_maintenance",
          "azure_sys");

  private final Map<String, Target> byLogName;

  private DatabaseMapping(Map<String, Target> byLogName) {
    this.byLogName = Map.copyOf(byLogName);
  }

  /**
   * An analysis database and what events call it.
   *
   * @param name as the log spells it, where the log names it at all
   */
  public record Target(String name, DatabaseAddress address) {}

  /**
   * Decides for all databases that the workload names.
   *
   * @param logNames with the empty name in it when a log named none
   */
  public static DatabaseMapping of(List<DatabaseAddress> addresses, Collection<String> logNames) {
    Map<String, Target> mapping = new HashMap<>();
    List<DatabaseAddress> unnamed = new ArrayList<>();
    for (DatabaseAddress address : addresses) {
      if (address.logName() == null) {
        unnamed.add(address);
      } else {
        mapping.put(address.logName(), new Target(address.logName(), address));
      }
    }
    if (addresses.size() == 1 && unnamed.isEmpty()) {
      mapping.values().stream().findFirst().ifPresent(sole -> mapping.putIfAbsent("", sole));
    }
    if (unnamed.size() == 1) {
      mapOnlyUnnamed(unnamed.get(0), logNames, mapping);
    } else {
      unnamed.forEach(each -> mapping.putIfAbsent(each.database(), target(each)));
    }
    return new DatabaseMapping(mapping);
  }

  /**
   * Finds what makes a list of addresses ambiguous.
   *
   * @return the names that more than one address claims
   */
  public static Set<String> ambiguous(List<DatabaseAddress> addresses) {
    Set<String> seen = new HashSet<>();
    return addresses.stream()
        .map(address -> address.logName() == null ? address.database() : address.logName())
        .filter(name -> !seen.add(name))
        .collect(toCollection(TreeSet::new));
  }

  /** The analysis database of a database of the log; empty when no address serves it. */
  public Optional<Target> target(String logName) {
    return Optional.ofNullable(byLogName.get(logName));
  }

  private static void mapOnlyUnnamed(
      DatabaseAddress address, Collection<String> logNames, Map<String, Target> mapping) {
    Target target = new Target(soleName(address, logNames, mapping.keySet()), address);
    mapping.putIfAbsent(target.name(), target);
    mapping.putIfAbsent("", target);
  }

  private static String soleName(
      DatabaseAddress address, Collection<String> logNames, Set<String> taken) {
    if (logNames.contains(address.database())) {
      return address.database();
    }
    List<String> others =
        logNames.stream()
            .filter(name -> !name.isEmpty() && !MAINTENANCE.contains(name))
            .filter(name -> !taken.contains(name))
            .distinct()
            .toList();
    return others.size() == 1 ? others.get(0) : address.database();
  }

  private static Target target(DatabaseAddress address) {
    return new Target(address.database(), address);
  }
}
