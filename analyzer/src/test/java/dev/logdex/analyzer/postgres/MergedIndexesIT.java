package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.TableAnalysis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Statements that look rows up by the same column and read different ones. */
class MergedIndexesIT {
  private static final String GRAMS = "SELECT grams FROM parcels WHERE depot BETWEEN 10 AND 19";
  private static final String DAYS =
      "SELECT min(day), max(day) FROM parcels WHERE depot BETWEEN 30 AND 49";
  private static final String BY_KEY = "SELECT grams FROM parcels WHERE id BETWEEN 10 AND 9000";
  private static ShopDatabase shop;

  @BeforeAll
  static void create() throws Exception {
    shop = ShopDatabase.create("merged");
    shop.execute(
        """
        CREATE TABLE parcels (
          id integer PRIMARY KEY, depot integer NOT NULL, grams integer NOT NULL,
          day date NOT NULL, note text NOT NULL) WITH (autovacuum_enabled = off);
        INSERT INTO parcels
        SELECT n, (n::bigint * 7919) % 1000, n % 5000, date '2024-01-01' + n % 365,
               repeat('note ', 20)
          FROM generate_series(1, 100000) n;
        ANALYZE parcels;
        """);
    shop.vacuum("parcels");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static TableAnalysis analysed(String... statements) {
    return TrapTable.table(shop.analyse(statements), "parcels");
  }

  @Test
  void oneIndexThatCarriesWhatBothReadIsAskedAboutForBoth() {
    TableAnalysis analysis = analysed(GRAMS, DAYS);

    assertThat(analysis.candidates())
        .extracting(Candidate::id)
        .contains(
            "USING btree (depot) INCLUDE (grams)",
            "USING btree (depot) INCLUDE (day)",
            "USING btree (depot) INCLUDE (day, grams)")
        .doesNotHaveDuplicates();
    double cheapestToday =
        analysis.statements().stream()
            .mapToDouble(AnalysedStatement::baselineCost)
            .min()
            .orElseThrow();
    assertThat(analysis.statementCosts())
        .filteredOn(each -> each.index().contains("INCLUDE (day, grams)"))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.cost()).isLessThan(cheapestToday / 5));
  }

  @Test
  void theKeyOfTheTableIsNotBuiltAgainToCarryMore() {
    assertThat(analysed(BY_KEY).candidates())
        .noneMatch(each -> each.definition().elements().get(0).expression().equals("id"));
  }
}
