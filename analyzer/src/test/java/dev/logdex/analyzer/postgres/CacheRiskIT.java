package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries that read many rows one by one through an index, all over the table. */
class CacheRiskIT {
  private static final String MANY_SCATTERED =
      "SELECT sum(p.grams) FROM depots d JOIN parcels p ON p.depot = d.id WHERE d.region < 9";
  private static final String FEW =
      "SELECT sum(p.grams) FROM depots d JOIN parcels p ON p.depot = d.id WHERE d.id < 5";
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("cache");
    shop.execute(
        """
        CREATE TABLE depots (id integer PRIMARY KEY, region integer NOT NULL);
        INSERT INTO depots SELECT n, n % 100 FROM generate_series(1, 10000) n;
        CREATE TABLE parcels (
          depot integer NOT NULL, grams integer NOT NULL, note text NOT NULL)
          WITH (autovacuum_enabled = off);
        INSERT INTO parcels
        SELECT (n::bigint * 7919) % 10000, n % 5000, repeat('note ', 40)
          FROM generate_series(1, 100000) n;
        ANALYZE;
        """);
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static StatementCost under(String statement) {
    TableAnalysis analysis = TrapTable.table(shop.analyse(statement), "parcels");
    return analysis.statementCosts().stream()
        .filter(each -> each.index().equals("USING btree (depot)"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aGainThatIsGoneWithoutACacheIsMarked() {
    assertThat(under(MANY_SCATTERED).needsCache()).isTrue();
  }

  @Test
  void oneThatIsLargeInAnyCaseIsNot() {
    assertThat(under(FEW).needsCache()).isFalse();
  }
}
