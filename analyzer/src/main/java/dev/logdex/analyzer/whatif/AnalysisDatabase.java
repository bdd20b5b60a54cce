package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.catalog.Epoch;
import dev.logdex.analyzer.catalog.RelationName;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Postgres that holds a copy of the data: its planner and its catalog. Every method may throw
 * {@link DatabaseUnavailableException}.
 */
public interface AnalysisDatabase extends Plans, StatementPlanner.Names {
  /** What plans depend on, as it is now; whoever begins a round asks for it first. */
  Epoch epoch();

  Types types();

  /** The access methods whose indexes can be shown to the planner without being there. */
  Set<String> hypotheticalMethods();

  /** Real builds; empty when the database is not marked as a disposable copy. */
  Optional<Builds> builds();

  /**
   * Plans without some of the existing indexes; empty where the database has no way to make them.
   */
  Optional<Hiding> hiding();

  /** What the planner reckons with. */
  CostSettings costSettings();

  /**
   * The table that a relation of a plan belongs to: itself, or the parent that it is a partition or
   * heir of. Empty for the system's relations and whatever cannot have an index.
   */
  Optional<RelationName> tableOf(RelationName relation);

  /**
   * What the catalog says of many tables in a few queries. Those that it cannot be asked about
   * together with others, as one of them is locked, are left out: {@link #table} tells why.
   *
   * @param known what it said of some of them while their part of the epoch was what it is now
   */
  Map<RelationName, Table> tables(Collection<RelationName> names, Map<RelationName, Table> known);

  /**
   * What the catalog says of a table that {@link #tableOf} has named.
   *
   * @throws TableLockedException when somebody keeps it locked
   */
  Table table(RelationName name);
}
