package dev.logdex.analyzer.postgres;

import static dev.logdex.analyzer.postgres.TrapTable.cost;
import static dev.logdex.analyzer.postgres.TrapTable.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.Judgement;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.plan.PlanJson;
import dev.logdex.analyzer.whatif.Plans.Hypothetical;
import dev.logdex.sql.PlannableStatement;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What HypoPG itself gets wrong, and what becomes of it. */
class TrapsOfHypopgIT {
  private static final String BY_DOC = "SELECT * FROM orders WHERE doc = 77";

  private static final TrapTable TABLE = new TrapTable("HypoPG");
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.create("traps_hypopg");
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

  private static PlannableStatement plannable(String statement) {
    return PlannableStatement.of(statement, List.of()).statement().orElseThrow();
  }

  private static double realCost(String index, String statement) {
    shop.execute("CREATE INDEX proof ON " + index);
    try {
      return PlanJson.parse(shop.query("EXPLAIN (FORMAT JSON) " + statement)).totalCost();
    } finally {
      shop.execute("DROP INDEX proof");
    }
  }

  @Test
  void aCopyOfAnExistingIndexDoesNotWin() throws Exception {
    String byId = "SELECT * FROM customers WHERE id = 77";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double real = plain.cost(byId);
      double copy = plain.costWith("customers (id)", byId);
      assertThat(copy).isLessThan(real);
      assertThat(analysed("customers", byId).candidates()).isEmpty();
      TABLE.told(
          "Copy of an existing index",
          say("%,.2f against %,.2f of the real one: the copy wins", copy, real),
          "no candidate",
          "what exists is not proposed");
    }
  }

  @Test
  void aSearchThatANestedLoopRepeatsCostsWhatItReallyDoes() throws Exception {
    shop.execute(
        "CREATE TABLE refunds AS SELECT n AS order_id, repeat('note ', 10) AS note"
            + " FROM generate_series(1, 100000) n ORDER BY n * 7919 % 100000; ANALYZE refunds");
    String join = "SELECT * FROM customers c JOIN refunds r ON r.order_id = c.id WHERE c.id <= 100";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double believed = plain.costWith("refunds (order_id)", join);
      double ours = cost(analysed("refunds", join), "(order_id)").orElseThrow();
      double real = realCost("refunds (order_id)", join);
      assertThat(believed).isLessThan(real);
      assertThat(Math.abs(ours - real)).isLessThan(Math.abs(believed - real) / 2);
      TABLE.told(
          "Descents of a nested loop",
          say("%,.1f; really built %,.1f", believed, real),
          say("%,.1f", ours),
          "the descent that HypoPG leaves out is added for every loop");
    }
  }

  @Test
  void theSizeOfWideIndexesIsComputed() throws Exception {
    String both = "SELECT * FROM orders WHERE customer_id = 7 AND cents = 7";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double believed =
          Double.parseDouble(
              plain.ask(
                  "SELECT hypopg_relation_size(indexrelid) FROM hypopg_create_index("
                      + "'CREATE INDEX ON orders (customer_id, cents)')"));
      shop.execute("CREATE INDEX proof ON orders (customer_id, cents)");
      double real = Double.parseDouble(shop.query("SELECT pg_relation_size('proof')").strip());
      shop.execute("DROP INDEX proof");
      double ours =
          analysed("orders", both).candidates().stream()
              .filter(each -> each.definition().elements().size() == 2)
              .mapToLong(Candidate::sizeBytes)
              .findFirst()
              .orElseThrow();
      assertThat(Math.abs(ours - real)).isLessThan(real * 0.15);
      assertThat(believed).isGreaterThan(real * 1.5);
      TABLE.told(
          "Size of wide indexes",
          say(
              "`(customer_id, cents)`: %,.0f kB; really built %,.0f kB",
              believed / 1024, real / 1024),
          say("%,.0f kB", ours / 1024),
          "computed from widths, nulls, distinct values and deduplication");
    }
  }

  @Test
  void theWordAnalyzeSwitchesHypotheticalIndexesOff() throws Exception {
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(BY_DOC);
      plain.index("orders (doc)");
      double off =
          PlanJson.parse(plain.ask("EXPLAIN (ANALYZE false, FORMAT JSON) " + BY_DOC)).totalCost();
      assertThat(off).isEqualTo(before);
      double ours = cost(analysed("orders", BY_DOC), "(doc)").orElseThrow();
      assertThat(ours).isLessThan(before / 2);
      TABLE.told(
          "ANALYZE among the options",
          say("`EXPLAIN (ANALYZE false)`: %,.0f, as without the index", off),
          say("%,.0f", ours),
          "the only texts sent are those of `ExplainText`");
    }
  }

  @Test
  void indexesThatOutliveARollbackAreForgotten() throws Exception {
    try (PlainHypopg plain = new PlainHypopg(shop);
        PostgresDatabase database = shop.open()) {
      double before = plain.cost(BY_DOC);
      plain.inTransaction();
      plain.index("orders (doc)");
      plain.rollback();
      double after = plain.cost(BY_DOC);
      assertThat(after).isLessThan(before);
      database.epoch();
      database.withIndex("CREATE INDEX ON orders (doc)", List.of(plannable(BY_DOC)));
      double ours = database.today(plannable(BY_DOC)).plan().orElseThrow().totalCost();
      assertThat(ours).isEqualTo(before);
      TABLE.told(
          "State that outlives ROLLBACK",
          say("the next plan still has the index: %,.0f instead of %,.0f", after, before),
          say("%,.0f", ours),
          "HypoPG is reset after every question, advisory locks too");
    }
  }

  @Test
  void aFailedExplainDoesNotPoisonTheNextQuestions() throws Exception {
    String failing = "SELECT * FROM orders WHERE doc = 77 AND cents = 1 / 0";
    try (PlainHypopg plain = new PlainHypopg(shop);
        PostgresDatabase database = shop.open()) {
      plain.index("orders (doc)");
      assertThat(plain.refusal("EXPLAIN " + failing)).contains("division by zero");
      String later = plain.refusal("SELECT sum(cents) FROM orders WHERE doc = 77");
      assertThat(later).contains("could not open relation with OID");
      database.epoch();
      List<Hypothetical> answers =
          database.withIndex(
              "CREATE INDEX ON orders (doc)",
              List.of(plannable(BY_DOC), plannable(failing), plannable(BY_DOC)));
      assertThat(answers.get(1).planned().failure()).isPresent();
      double first = answers.get(0).planned().plan().orElseThrow().totalCost();
      assertThat(answers.get(2).planned().plan().orElseThrow().totalCost()).isEqualTo(first);
      assertThat(database.today(plannable(BY_DOC)).plan()).isPresent();
      TABLE.told(
          "Poison of a failed EXPLAIN",
          "the next query of the session fails: `" + later.replaceAll("\\d+", "…") + "`",
          say("the next plan has the index: %,.0f", first),
          "a session in which a question failed is closed, and the others are asked in a new one");
    }
  }

  @Test
  void thereIsNoLimitOfIndexesThatWereAskedAbout() throws Exception {
    shop.execute(
        """
        CREATE FUNCTION most_indexes() RETURNS text LANGUAGE plpgsql AS $$
          DECLARE made integer := 0;
          BEGIN
            LOOP
              PERFORM hypopg_create_index('CREATE INDEX ON settings (name)');
              made := made + 1;
            END LOOP;
          EXCEPTION WHEN OTHERS THEN
            RETURN made || ' ' || SQLERRM;
          END $$
        """);
    String text = "SELECT * FROM settings WHERE name = 'x'";
    try (PlainHypopg plain = new PlainHypopg(shop);
        PostgresDatabase database = shop.open()) {
      String[] end = plain.ask("SELECT most_indexes()").split(" ", 2);
      assertThat(end[1]).contains("not more oid available");
      int most = Integer.parseInt(end[0]);
      assertThat(most).isBetween(1_000, 5_000);
      database.epoch();
      int asked = 0;
      for (int i = 0; i < most + 100; i++) {
        Hypothetical answer =
            database.withIndex("CREATE INDEX ON settings (name)", List.of(plannable(text))).get(0);
        assertThat(answer.indexName()).isNotEmpty();
        asked++;
      }
      TABLE.told(
          "Number of hypothetical indexes",
          say("%,d in a session, then `%s`", most, end[1]),
          say("%,d asked about, one after another", asked),
          "there is one at a time, and none after the question");
    }
  }

  @Test
  void equalIndexesAreComparedOneAtATime() throws Exception {
    String[] statements = {
      BY_DOC,
      "SELECT * FROM orders WHERE doc = 7 ORDER BY shipped_at LIMIT 3",
      "SELECT * FROM orders WHERE doc = 7 ORDER BY cents LIMIT 3"
    };
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      List<String> offered =
          List.of(plain.index("orders (doc, cents)"), plain.index("orders (doc, shipped_at)"));
      List<String> used =
          plain.plan(BY_DOC).tree().flatMap(node -> Stream.ofNullable(node.indexName())).toList();
      assertThat(used).hasSize(1).isSubsetOf(offered);
      List<StatementCost> ours =
          analysed("orders", statements).statementCosts().stream()
              .filter(each -> each.fingerprint().equals("0000000000000001"))
              .filter(each -> each.index().contains("(doc, "))
              .toList();
      assertThat(ours).hasSize(2);
      double one = ours.get(0).cost();
      double other = ours.get(1).cost();
      assertThat(other).isBetween(one * 0.9, one * 1.1);
      TABLE.told(
          "Equal hypothetical indexes",
          "of `(doc, cents)` and `(doc, shipped_at)` the plan names one, and the other seems"
              + " useless",
          say("%,.0f with the one, %,.0f with the other", one, other),
          "candidates are offered one at a time");
    }
  }

  @Test
  void expressionsHaveStatisticsOnADisposableCopy() throws Exception {
    String byMail = "SELECT * FROM customers WHERE lower(email) = 'user7@example.org'";
    String index = "customers (lower(email))";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(byMail);
      double believed = plain.costWith(index, byMail);
      double ours =
          cost(TrapTable.table(shop.analyseCopy(byMail), "customers"), "lower(").orElseThrow();
      Candidate elsewhere = analysed("customers", byMail).candidates().get(0);
      double real = realCost(index + "; ANALYZE customers", byMail);
      assertThat(believed).isGreaterThan(real * 5);
      assertThat(ours).isBetween(real * 0.9, real * 1.1);
      assertThat(elsewhere.judgement().note()).contains("no statistics of lower");
      TABLE.told(
          "Statistics of expressions",
          say("`(lower(email))`: %,.0f → %,.0f; really built %,.1f", before, believed, real),
          say("%,.1f on a disposable copy; elsewhere it is said that this is a guess", ours),
          "built and analysed in a transaction that is rolled back");
    }
  }

  @Test
  void anIndexIsUsedWhenANodeReadsIt() throws Exception {
    try (PlainHypopg plain = new PlainHypopg(shop);
        PostgresDatabase database = shop.open()) {
      database.epoch();
      String create = "CREATE INDEX ON orders (doc)";
      String name = database.withIndex(create, List.of(plannable(BY_DOC))).get(0).indexName();
      String called =
          "SELECT * FROM orders AS \"" + name + "\" WHERE doc > 10 AND note <> '" + name + "'";
      plain.index("orders (doc)");
      assertThat(plain.ask("EXPLAIN " + called)).contains(name).contains("Seq Scan");
      Hypothetical ours = database.withIndex(create, List.of(plannable(called))).get(0);
      assertThat(ours.indexName()).isEqualTo(name);
      assertThat(ours.planned().plan().orElseThrow().tree())
          .noneMatch(node -> name.equals(node.indexName()));
      TableAnalysis analysis = analysed("orders", called);
      assertThat(analysis.costs()).isEmpty();
      assertThat(analysis.statementCosts()).isEmpty();
      TABLE.told(
          "Alias and literal that are called like the index",
          "`" + name + "` is in the plan's text, over a Seq Scan",
          "no cost under the index: the plan does not use it",
          "plan nodes are walked, text is never searched");
    }
  }

  @Test
  void otherAccessMethodsAreBuiltOnACopyOrSaidToBeUnknown() throws Exception {
    String tagged = "SELECT * FROM orders WHERE tags @> ARRAY['tag none']";
    try (PlainHypopg plain = new PlainHypopg(shop)) {
      double before = plain.cost(tagged);
      String refusal =
          plain.refusal("SELECT hypopg_create_index('CREATE INDEX ON orders USING gin (tags)')");
      assertThat(refusal).contains("not supported");
      assertThat(analysed("orders", tagged).candidates())
          .singleElement()
          .satisfies(
              each -> assertThat(each.judgement().way()).isEqualTo(Judgement.Way.NOT_JUDGED));
      double built =
          cost(TrapTable.table(shop.analyseCopy(tagged), "orders"), "gin (tags)").orElseThrow();
      assertThat(built).isLessThan(before / 2);
      TABLE.told(
          "GIN, GiST, SP-GiST",
          "`" + refusal + "`",
          say(
              "`gin (tags)`: %,.0f → %,.0f on a disposable copy; elsewhere not judged, with a"
                  + " reason",
              before, built),
          "built in a transaction that is rolled back");
    }
  }
}
