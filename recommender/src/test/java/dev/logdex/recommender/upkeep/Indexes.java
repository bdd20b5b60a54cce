package dev.logdex.recommender.upkeep;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import dev.logdex.analyzer.event.IndexTies;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.AnalysisBuilder;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.usage.IndexUsage;
import java.util.EnumSet;
import java.util.List;

/** Existing indexes of orders, and what is advised of them, in a few words. */
final class Indexes {
  static final IndexTies CONSTRAINT = new IndexTies(true, false, false, false, false);

  private Indexes() {}

  static ExistingIndex plain(String name, String... columns) {
    return of(name, AnalysisBuilder.btree(columns));
  }

  static ExistingIndex of(String name, IndexDefinition definition) {
    return tied(name, definition, IndexTies.NONE);
  }

  static ExistingIndex tied(String name, IndexDefinition definition, IndexTies ties) {
    return index(name, definition, false, true, ties);
  }

  static ExistingIndex unique(String name, String... columns) {
    return index(name, AnalysisBuilder.btree(columns), true, true, IndexTies.NONE);
  }

  static ExistingIndex invalid(String name, String... columns) {
    return index(name, AnalysisBuilder.btree(columns), false, false, IndexTies.NONE);
  }

  static ExistingIndex index(
      String name, IndexDefinition definition, boolean unique, boolean valid, IndexTies ties) {
    String ddl =
        (unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
            + name
            + " ON public.orders "
            + definition.sql();
    return new ExistingIndex(name, definition, ddl, unique, false, valid, 1_000_000, ties);
  }

  static IndexDefinition definition(
      String method, List<IndexElement> keys, List<String> include, String where) {
    return new IndexDefinition(method, keys, include, where);
  }

  /** Of one kind of finding alone, where nothing is known of production. */
  static List<Recommendation> advice(Finding kind, TableAnalysis analysis) {
    return advice(kind, analysis, IndexUsage.NOTHING_KNOWN, List.of());
  }

  static List<Recommendation> advice(
      Finding kind, TableAnalysis analysis, IndexUsage usage, List<Recommendation> created) {
    return new OtherAdvice(UpkeepPolicy.DEFAULT.only(EnumSet.of(kind)))
        .of(analysis, usage, created);
  }

  static TableAnalysis orders(ExistingIndex... indexes) {
    AnalysisBuilder orders = AnalysisBuilder.table("orders");
    for (ExistingIndex index : indexes) {
      orders.existing(index);
    }
    return orders.build();
  }
}
