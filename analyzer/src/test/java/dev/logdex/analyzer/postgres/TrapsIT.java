package dev.logdex.analyzer.postgres;

import static dev.logdex.analyzer.postgres.TrapTable.cost;
import static dev.logdex.analyzer.postgres.TrapTable.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.TableAnalysis;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The traps of a plain what-if that lie in the data: what HypoPG says when it is simply asked, and
 * what Logdex makes of it. Each test is a row of {@code docs/traps.md}.
 */
class TrapsIT {
  private static final TrapTable TABLE = new TrapTable("Costs that are believed");
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("traps");
    shop.execute(
        """
        CREATE TABLE jobs (
          state text NOT NULL, size integer NOT NULL, started integer NOT NULL,
          shuffled integer NOT NULL, note text NOT NULL);
        INSERT INTO jobs
        SELECT CASE n % 100 WHEN 0 THEN 'open' WHEN 1 THEN 'stuck' ELSE 'done' END,
               n % 5000, n, (n::bigint * 7919) % 200000, repeat('note ', 30)
          FROM generate_series(1, 200000) n;
        ANALYZE jobs;
        CREATE TABLE parcels (
          id integer NOT NULL, depot integer NOT NULL, grams integer NOT NULL, note text NOT NULL)
          WITH (autovacuum_enabled = off);
        INSERT INTO parcels
        SELECT n, (n::bigint * 7919) % 1000, n % 5000, repeat('note ', 20)
          FROM generate_series(1, 100000) n;
        ANALYZE parcels;
        """);
  }

  @AfterAll
  static void drop() throws IOException {
    if (shop != null) {
      shop.close();
      TABLE.write();
    }
  }

  private static TableAnalysis analysed(String table, String... statements) {
    return TrapTable.table(shop.analyse(statements), table);
  }

  @Test
  void anIndexInTheOrderOfALimitIsNotBelieved() throws Exception {
    String latest = "SELECT * FROM orders WHERE doc = 77 ORDER BY shipped_at DESC LIMIT 1";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(latest);
      double believed = plain.costWith("orders (shipped_at)", latest);
      assertThat(believed).isLessThan(before * 0.05);
      TableAnalysis ours = analysed("orders", latest);
      double alone = cost(ours, "(shipped_at").orElse(before);
      assertThat(alone).isGreaterThan(before * 0.9);
      double both = cost(ours, "(doc, shipped_at").orElseThrow();
      assertThat(both).isLessThan(20);
      TABLE.told(
          "Order of a LIMIT",
          say(
              "`(shipped_at)`: %,.0f → %,.1f for `doc = 77 ORDER BY shipped_at DESC LIMIT 1`,"
                  + " although all rows may be read",
              before, believed),
          say("`(shipped_at)` %,.0f, `(doc, shipped_at)` %,.1f", alone, both),
          "a plan that bets on an early end is judged by the cost of not ending early");
    }
  }

  @Test
  void smallTablesGetNothing() throws Exception {
    String small = "SELECT * FROM settings WHERE name = 'name 7'";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(small);
      plain.run("SET enable_seqscan = off");
      String name = plain.index("settings (name)");
      assertThat(plain.uses(name, small)).isTrue();
      double forced = plain.cost(small);
      assertThat(analysed("settings", small).candidates()).isEmpty();
      TABLE.told(
          "Small tables",
          say("50 rows: %,.2f → %,.2f with `enable_seqscan = off`", before, forced),
          "none is asked for",
          "`table.rows.min`");
    }
  }

  @Test
  void indexOnlyScansAreBelievedWherePagesAreVisible() throws Exception {
    String sums = "SELECT grams FROM parcels WHERE depot BETWEEN 10 AND 19";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double never = plain.costWith("parcels (depot) INCLUDE (grams)", sums);
      double alone = plain.costWith("parcels (depot)", sums);
      assertThat(analysed("parcels", sums).candidates())
          .noneMatch(each -> each.id().contains("INCLUDE"));
      TABLE.told(
          "INCLUDE, no page visible to all",
          say("`(depot) INCLUDE (grams)` %,.0f, `(depot)` %,.0f", never, alone),
          say("only `(depot)`: %,.0f", cost(analysed("parcels", sums), "(depot)").orElseThrow()),
          "INCLUDE is proposed from 80 % visible pages");

      shop.vacuum("parcels");
      double all = plain.costWith("parcels (depot) INCLUDE (grams)", sums);
      double ours = cost(analysed("parcels", sums), "INCLUDE (grams)").orElseThrow();
      assertThat(ours).isLessThan(alone / 2);
      TABLE.told(
          "INCLUDE, all pages visible to all",
          say("%,.0f", all),
          say("proposed: %,.0f", ours),
          "the descent is added");

      shop.execute("UPDATE parcels SET note = note WHERE id <= 35000; ANALYZE parcels");
      double visible =
          Double.parseDouble(
              shop.query(
                      "SELECT 100.0 * relallvisible / relpages FROM pg_class WHERE relname ="
                          + " 'parcels'")
                  .strip());
      assertThat(visible).isBetween(30.0, 60.0);
      double half = plain.costWith("parcels (depot) INCLUDE (grams)", sums);
      double without = plain.costWith("parcels (depot)", sums);
      assertThat(half).isLessThan(without);
      TableAnalysis updated = analysed("parcels", sums);
      assertThat(updated.candidates()).noneMatch(each -> each.id().contains("INCLUDE"));
      TABLE.told(
          "INCLUDE, half of the pages visible to all",
          say(
              "(%,.0f %% visible) `(depot) INCLUDE (grams)` wins: %,.0f against %,.0f",
              visible, half, without),
          say("only `(depot)`: %,.0f", cost(updated, "(depot)").orElseThrow()),
          "INCLUDE is proposed from 80 % visible pages");
    }
  }

  @Test
  void anIndexThatLeavesAQuarterOfTheRowsSavesLittle() throws Exception {
    String quarter = "SELECT * FROM orders WHERE status = 'status 1'";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(quarter);
      String name = plain.index("orders (status)");
      assertThat(plain.uses(name, quarter)).isTrue();
      double believed = plain.cost(quarter);
      double ours = cost(analysed("orders", quarter), "(status)").orElseThrow();
      assertThat(ours).isGreaterThan(before * 0.8);
      TABLE.told(
          "Low selectivity",
          say("the plan uses `(status)`, of 4 values: %,.0f → %,.0f", before, believed),
          say("%,.0f: %,.0f %% saved", ours, 100 * (1 - ours / before)),
          "an index that saves less than `min.improvement` (20 %) is not recommended");
    }
  }

  @Test
  void aDominantValueIsLeftOut() throws Exception {
    String stuck = "SELECT * FROM jobs WHERE state = 'stuck'";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double bytes =
          Double.parseDouble(
              plain.ask(
                  "SELECT hypopg_relation_size(indexrelid) FROM hypopg_create_index("
                      + "'CREATE INDEX ON jobs (state)')"));
      double whole = plain.cost(stuck);
      TableAnalysis ours = analysed("jobs", stuck);
      String partial = "(state) WHERE (state <> 'done'::text)";
      double cost = cost(ours, partial).orElseThrow();
      Candidate candidate =
          ours.candidates().stream()
              .filter(each -> each.id().endsWith(partial))
              .findFirst()
              .orElseThrow();
      assertThat(cost).isLessThan(whole * 1.1);
      assertThat(candidate.sizeBytes()).isLessThan((long) (bytes / 10));
      TABLE.told(
          "Dominant value",
          say("`(state)`: %,.0f, %,.0f kB", whole, bytes / 1024),
          say(
              "`(state) WHERE state <> 'done'`: %,.0f, %,.0f kB",
              cost, candidate.sizeBytes() / 1024.0),
          "a partial index without the value of most rows");
    }
  }

  @Test
  void brinIsForColumnsInWhoseOrderTheRowsLie() throws Exception {
    String shuffled = "SELECT * FROM jobs WHERE shuffled BETWEEN 1000 AND 3000";
    String started = "SELECT * FROM jobs WHERE started BETWEEN 1000 AND 3000";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(shuffled);
      double scattered = plain.costWith("jobs USING brin (shuffled)", shuffled);
      assertThat(scattered).isEqualTo(before);
      TableAnalysis ours = analysed("jobs", shuffled, started);
      assertThat(ours.candidates()).noneMatch(each -> each.id().contains("brin (shuffled"));
      double apart = cost(ours, "btree (shuffled)").orElseThrow();
      double together = cost(ours, "btree (started)").orElseThrow();
      double brin = cost(ours, "brin (started)").orElseThrow();
      assertThat(together).isLessThan(apart / 10);
      assertThat(brin).isLessThan(before * 0.8);
      TABLE.told(
          "Correlation",
          say("`brin (shuffled)` is made without a word and saves nothing: %,.0f", scattered),
          say(
              "`(shuffled)` %,.0f, `(started)` %,.0f for as many rows; BRIN only on `started`:"
                  + " %,.0f",
              apart, together, brin),
          "BRIN where the rows lie in the order of the column");
    }
  }

  @Test
  void everyArmOfAnOrNeedsItsIndex() throws Exception {
    String either = "SELECT * FROM orders WHERE placed_at > '2024-12-10' OR doc = 77";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(either);
      double composite = plain.costWith("orders (placed_at, doc)", either);
      TableAnalysis ours = analysed("orders", either);
      double arm = cost(ours, "(doc)").orElseThrow();
      assertThat(arm).isLessThan(before * 0.7);
      assertThat(ours.candidates()).hasSize(1);
      TABLE.told(
          "OR",
          say("`(placed_at, doc)` over both columns: %,.0f → %,.0f", before, composite),
          say("`(doc)` beside the index on `placed_at`: %,.0f", arm),
          "a candidate must serve every arm that no index serves");
    }
  }

  @Test
  void anOrAcrossTablesGetsNothing() throws Exception {
    String either =
        "SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id"
            + " WHERE o.doc = 77 OR c.email = 'user7@example.org'";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(either);
      plain.index("orders (doc)");
      plain.index("customers (email)");
      double both = plain.cost(either);
      assertThat(both).isEqualTo(before);
      for (TableAnalysis table : shop.analyse(either).tables()) {
        assertThat(table.candidates())
            .noneMatch(each -> each.id().contains("doc") || each.id().contains("email"));
      }
      TABLE.told(
          "OR across tables",
          say("`orders (doc)` and `customers (email)`: %,.0f → %,.0f", before, both),
          "no candidate on either column",
          "a condition that no scan can check is no reason for an index");
    }
  }
}
