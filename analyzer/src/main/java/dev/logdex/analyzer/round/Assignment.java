package dev.logdex.analyzer.round;

import static java.util.Comparator.comparing;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.database.DatabaseMapping;
import dev.logdex.analyzer.database.DatabaseMapping.Target;
import dev.logdex.analyzer.database.SearchPaths;
import dev.logdex.analyzer.whatif.Complaints;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.analyzer.workload.Workload;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.normalizer.event.Fingerprint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives each statement of a workload to the analysis database that serves it.
 *
 * @param byTarget by the database's name in events; each fingerprint once
 * @param unmapped what is said of databases that no address serves, by their name
 */
public record Assignment(Map<String, Share> byTarget, Map<String, DatabaseAnalysis> unmapped) {
  /** What one analysis database gets. */
  public record Share(DatabaseAddress address, List<WorkloadStatement> statements) {
    public Share {
      statements = List.copyOf(statements);
    }
  }

  /** Decides for a whole workload, and where the names in each statement are looked up. */
  public static Assignment of(
      Workload workload, List<DatabaseAddress> addresses, SearchPaths searchPaths) {
    Set<String> names = new LinkedHashSet<>();
    workload.statements().forEach(statement -> names.add(statement.database()));
    DatabaseMapping mapping = DatabaseMapping.of(addresses, names);
    Map<String, DatabaseAddress> targets = new TreeMap<>();
    Map<String, Map<Fingerprint, WorkloadStatement>> statements = new TreeMap<>();
    Map<String, Complaints> complaints = new TreeMap<>();
    for (WorkloadStatement statement : workload.statements()) {
      Optional<Target> target = mapping.target(statement.database());
      if (target.isPresent()) {
        String name = target.get().name();
        targets.put(name, target.get().address());
        statements
            .computeIfAbsent(name, unseen -> new TreeMap<>())
            .merge(statement.fingerprint(), statement, WorkloadStatement::plus);
      } else {
        complaints.computeIfAbsent(statement.database(), Complaints::new).notMapped(statement);
      }
    }
    return new Assignment(shares(targets, statements, searchPaths), unmapped(complaints, workload));
  }

  private static Map<String, Share> shares(
      Map<String, DatabaseAddress> targets,
      Map<String, Map<Fingerprint, WorkloadStatement>> statements,
      SearchPaths searchPaths) {
    Map<String, Share> shares = new TreeMap<>();
    targets.forEach(
        (name, address) -> {
          List<WorkloadStatement> sorted =
              statements.getOrDefault(name, Map.of()).values().stream()
                  .sorted(comparing(WorkloadStatement::fingerprint))
                  .map(each -> each.in(searchPaths.of(name, each.details().mainUser())))
                  .toList();
          shares.put(name, new Share(address, sorted));
        });
    return shares;
  }

  private static Map<String, DatabaseAnalysis> unmapped(
      Map<String, Complaints> complaints, Workload workload) {
    Map<String, DatabaseAnalysis> unmapped = new TreeMap<>();
    complaints.forEach(
        (name, of) ->
            unmapped.put(
                name,
                new DatabaseAnalysis(
                    List.of(), of.event(workload.to()), of.deadLetters(), Set.of())));
    return unmapped;
  }
}
