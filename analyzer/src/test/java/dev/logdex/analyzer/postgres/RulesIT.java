package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.Judgement;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.workload.WeightedSample;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule for b-trees beyond plain columns: where it fires and where it stays silent. */
class RulesIT {
  private static ShopDatabase shop;

  @BeforeAll
  static void create() {
    shop = ShopDatabase.createWithTickets("rules");
  }

  @AfterAll
  static void drop() {
    if (shop != null) {
      shop.close();
    }
  }

  private static CandidatesAssert assertCandidates(String... statements) {
    return new CandidatesAssert(shop.analyse(statements));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM orders WHERE lower(note) = 'x'                                            | orders (lower(note))
          SELECT * FROM customers WHERE lower(email) = 'x'                                        | customers (lower((email)::text))
          SELECT * FROM orders WHERE doc + 1 = 7                                                  | orders ((doc + 1))
          SELECT * FROM tickets WHERE opened_at::date = '2024-02-02'                              | tickets (((opened_at)::date))
          SELECT * FROM tickets WHERE date_trunc('day', opened_at) = '2024-02-02'                 | tickets (date_trunc('day'::text, opened_at))
          SELECT * FROM tickets WHERE data ->> 'customer' = '77'                                  | tickets ((data ->> 'customer'::text))
          SELECT * FROM tickets WHERE (data ->> 'customer')::integer = 77                         | tickets ((((data ->> 'customer'::text))::integer))
          SELECT * FROM tickets WHERE data -> 'customer' = '77'                                   | tickets ((data -> 'customer'::text))
          SELECT * FROM tickets WHERE data ->> 'customer' = '77' AND points = 7                   | tickets ((data ->> 'customer'::text), points)
          SELECT * FROM tickets WHERE coalesce(assignee_id, 0) = 50                               | tickets (COALESCE(assignee_id, 0))
          SELECT * FROM tickets WHERE points = 7                                                  | tickets (points)
          SELECT * FROM tickets WHERE slug = 'slug-7'                                             | tickets (slug)
          SELECT * FROM tickets WHERE title = 'Title 7'                                           | tickets (title)
          SELECT * FROM tickets ORDER BY title COLLATE "C" LIMIT 5                                | tickets (title COLLATE "C")
          SELECT * FROM tickets WHERE title LIKE 'Title 77%'                                      | tickets (title text_pattern_ops)
          SELECT * FROM tickets WHERE title ~ '^Title777'                                         | tickets (title text_pattern_ops)
          SELECT * FROM tickets WHERE code LIKE 'code-77%'                                        | tickets (code)
          SELECT * FROM customers WHERE email LIKE 'user77%'                                      | customers (email text_pattern_ops)
          SELECT * FROM customers WHERE lower(email) LIKE 'user77%'                               | customers (lower((email)::text) text_pattern_ops)
          SELECT * FROM tickets WHERE points = 7 AND title LIKE 'Title 7%'                        | tickets (points, title text_pattern_ops)
          SELECT * FROM tickets WHERE state = 'open' AND points = 7                               | tickets (points) WHERE (state = 'open'::text)
          SELECT * FROM tickets WHERE state = 'open' ORDER BY opened_at LIMIT 10                  | tickets (opened_at) WHERE (state = 'open'::text)
          SELECT * FROM tickets WHERE state = 'stuck' AND points > 9000                           | tickets (points) WHERE (state = 'stuck'::text)
          SELECT * FROM tickets WHERE urgent AND points = 7                                       | tickets (points) WHERE (urgent)
          SELECT * FROM tickets WHERE urgent = true AND points = 7                                | tickets (points) WHERE (urgent)
          SELECT * FROM tickets WHERE urgent IS TRUE AND points = 7                               | tickets (points) WHERE (urgent IS TRUE)
          SELECT * FROM tickets WHERE mood = 'ugly' ORDER BY opened_at LIMIT 5                    | tickets (opened_at) WHERE (mood = 'ugly'::mood)
          SELECT * FROM tickets WHERE state = 'open'                                              | tickets (state) WHERE (state = 'open'::text)
          SELECT * FROM tickets WHERE state = 'stuck'                                             | tickets (state) WHERE (state <> 'done'::text)
          SELECT * FROM tickets WHERE closed_at IS NULL AND points = 7                            | tickets (points) WHERE (closed_at IS NULL)
          SELECT * FROM tickets WHERE closed_at IS NULL ORDER BY opened_at LIMIT 5                | tickets (opened_at) WHERE (closed_at IS NULL)
          SELECT * FROM tickets WHERE assignee_id IS NOT NULL ORDER BY points LIMIT 5             | tickets (points) WHERE (assignee_id IS NOT NULL)
          SELECT * FROM tickets WHERE assignee_id = 50                                            | tickets (assignee_id) WHERE (assignee_id IS NOT NULL)
          SELECT * FROM customers WHERE referrer_id = 50                                          | customers (referrer_id) WHERE (referrer_id IS NOT NULL)
          SELECT opened_at FROM open_tickets WHERE account_id = 7                                 | tickets (account_id) WHERE (state = 'open'::text)
          SELECT points FROM tickets WHERE due BETWEEN '2024-02-02' AND '2024-02-12'              | tickets (due) INCLUDE (points)
          SELECT sum(quantity) FROM line_items WHERE product_id = 7                               | line_items (product_id) INCLUDE (quantity)
          SELECT p.id, sum(i.quantity) FROM products p JOIN line_items i ON i.product_id = p.id WHERE p.id < 9 GROUP BY p.id | line_items (product_id) INCLUDE (quantity)
          SELECT account_id, points FROM tickets WHERE account_id IN (1, 2, 3, 4, 5)              | tickets (account_id) INCLUDE (points)
          SELECT * FROM tickets WHERE account_id = 7 ORDER BY opened_at DESC LIMIT 1              | tickets (account_id, opened_at)
          SELECT * FROM tickets WHERE account_id = 7 AND points = 7                               | tickets (account_id, points)
          SELECT * FROM tickets WHERE account_id = 7 OR points = 7                                | tickets (points)
          SELECT * FROM tickets WHERE id = 7 OR points = 7                                        | tickets (points)
          SELECT * FROM tickets WHERE points = 7 OR points = 8                                    | tickets (points)
          SELECT * FROM tickets WHERE (account_id = 7 AND urgent) OR (points = 7 AND mood = 'bad') | tickets (points)
          SELECT * FROM tickets ORDER BY points NULLS FIRST, due DESC LIMIT 5                     | tickets (points NULLS FIRST, due DESC)
          SELECT * FROM tickets ORDER BY lower(title) LIMIT 5                                     | tickets (lower(title))
          SELECT DISTINCT ON (points) * FROM tickets ORDER BY points, opened_at DESC LIMIT 5      | tickets (points, opened_at DESC)
          SELECT DISTINCT points FROM tickets ORDER BY points LIMIT 3                             | tickets (points)
          SELECT points, count(*) FROM tickets WHERE due = '2024-02-02' GROUP BY points           | tickets (due, points)
          SELECT *, rank() OVER (PARTITION BY account_id ORDER BY opened_at) FROM tickets WHERE points = 7 | tickets (points)
          SELECT * FROM (SELECT *, row_number() OVER (ORDER BY points) n FROM tickets) t WHERE n < 5 | tickets (points)
          SELECT * FROM customers c, LATERAL (SELECT * FROM tickets t WHERE t.points = c.id ORDER BY t.opened_at DESC LIMIT 1) l WHERE c.id < 9 | tickets (points, opened_at)
          SELECT * FROM products p WHERE p.id < 9 AND NOT EXISTS (SELECT FROM tickets t WHERE t.points = p.id) | tickets (points)
          SELECT points FROM tickets WHERE due = '2024-02-02' EXCEPT SELECT id FROM products      | tickets (due)
          WITH t AS (SELECT * FROM tickets WHERE points = 7) SELECT * FROM t WHERE urgent         | tickets (points)
          SELECT * FROM places WHERE zip = 'zip 77'                                               | places (zip)
          MERGE INTO tickets t USING products p ON t.points = p.id AND p.id = 7 WHEN MATCHED THEN UPDATE SET urgent = true | tickets (points)
          """)
  void aRuleFires(String statement, String candidate) {
    assertCandidates(statement).contains(candidate);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM tickets WHERE state = 'done' AND points = 7             | WHERE (state   | the value of most rows
          SELECT * FROM tickets WHERE closed_at IS NOT NULL AND points = 7      | IS NOT NULL)   | of nearly every row
          SELECT * FROM tickets WHERE points = 7 AND account_id = 7             | WHERE          | values of columns with many
          SELECT * FROM tickets WHERE title LIKE '%77'                          | pattern        | no fixed beginning
          SELECT * FROM tickets WHERE code LIKE 'code-77%'                      | pattern        | sorted by its bytes
          SELECT * FROM tickets WHERE title = 'Title 7'                         | pattern        | no pattern
          SELECT * FROM tickets WHERE due > '2024-02-02'                        | INCLUDE        | every column is read
          SELECT points, state, code, data FROM tickets WHERE due > '2024-02-02' | INCLUDE       | too many columns
          SELECT points FROM tickets WHERE slug = 'slug-7'                      | INCLUDE        | one row
          SELECT cents FROM orders WHERE doc = 7                                | INCLUDE        | never vacuumed
          SELECT ctid, points FROM tickets WHERE due > '2024-02-02'             | INCLUDE        | a row's place is in no index
          SELECT points FROM tickets WHERE due > '2024-02-02' FOR UPDATE        | INCLUDE        | the row itself is locked
          SELECT * FROM tickets WHERE points = 7 OR due = '2024-02-02'          | tickets (      | every arm needs an index of its own
          SELECT * FROM tickets WHERE points = 7 OR title LIKE '%x%'            | tickets (      | an arm that nothing serves
          SELECT * FROM tickets WHERE random() > points                         | random         | another value every time
          SELECT * FROM tickets WHERE id = 7                                    | tickets (      | one row
          SELECT * FROM tickets WHERE points <> 7                               | tickets (      | nearly every row
          SELECT * FROM tickets WHERE points IS DISTINCT FROM 7                 | tickets (      | nearly every row
          SELECT * FROM tickets WHERE urgent IS NOT TRUE                        | tickets (      | nearly every row
          SELECT * FROM tickets WHERE points NOT IN (1, 2, 3)                   | tickets (      | nearly every row
          SELECT * FROM cities WHERE population = 15000                         | (              | an heir's own column is none of its parent's
          SELECT count(*) FROM tickets                                          | tickets (      | every row
          SELECT * FROM tickets WHERE points = account_id                       | tickets (      | two columns of one row
          SELECT * FROM tickets TABLESAMPLE SYSTEM (1)                          | tickets (      | a sample
          """)
  void aRuleStaysSilent(String statement, String part, String because) {
    assertThat(new CandidatesAssert(shop.analyse(statement)).proposed())
        .as(because)
        .noneMatch(each -> each.contains(part));
  }

  @Test
  void samplesThatDisagreeMakeNoPartialIndex() {
    String text = "SELECT * FROM tickets WHERE state = $1 AND points = 7";
    List<Candidate> candidates =
        shop.analyse(
                List.of(
                    ShopDatabase.statement(
                        1,
                        text,
                        new WeightedSample(text.replace("$1", "'open'"), List.of(), 1),
                        new WeightedSample(text.replace("$1", "'stuck'"), List.of(), 1))))
            .tables()
            .get(0)
            .candidates();
    assertThat(candidates).extracting(Candidate::id).noneMatch(id -> id.contains("state ="));
    assertThat(candidates).extracting(Candidate::id).anyMatch(id -> id.contains("state <>"));
  }

  @Test
  void keysThatSamplesDisagreeOnMakeNoExpression() {
    String text = "SELECT * FROM tickets WHERE data ->> $1 = '7'";
    TableAnalysis tickets =
        shop.analyse(
                List.of(
                    ShopDatabase.statement(
                        1,
                        text,
                        new WeightedSample(text.replace("$1", "'kind'"), List.of(), 1),
                        new WeightedSample(text.replace("$1", "'customer'"), List.of(), 1))))
            .tables()
            .get(0);
    assertThat(tickets.candidates()).isEmpty();
  }

  @Test
  void anExpressionThatPostgresRefusesSaysSoAndStopsNothing() {
    TableAnalysis tickets =
        shop.analyse("SELECT * FROM tickets WHERE closed_at::date = '2024-02-02' AND points = 7")
            .tables()
            .get(0);
    assertThat(tickets.candidates())
        .filteredOn(each -> each.id().equals("USING btree (((closed_at)::date))"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.judgement().way()).isEqualTo(Judgement.Way.NOT_JUDGED);
              assertThat(each.judgement().note()).contains("42P17");
            });
    assertThat(tickets.costs()).anyMatch(cell -> cell.index().equals("USING btree (points)"));
  }

  @Test
  void anExtendedIndexNamesTheOneItReplaces() {
    assertThat(
            shop.analyse("SELECT * FROM tickets WHERE account_id = 7 AND points = 7")
                .tables()
                .get(0)
                .candidates())
        .filteredOn(each -> each.id().equals("USING btree (account_id, points)"))
        .singleElement()
        .satisfies(each -> assertThat(each.reason()).contains("tickets_account_id"));
  }

  @Test
  void theConditionsOfRowLevelSecurityCount() {
    shop.execute("ALTER TABLE notes FORCE ROW LEVEL SECURITY");
    shop.execute(
        "CREATE ROLE logdex_it_tenant LOGIN PASSWORD 'tenant';"
            + "GRANT SELECT ON notes TO logdex_it_tenant");
    try {
      java.util.Map<String, String> login = new java.util.HashMap<>(shop.address().properties());
      login.put("user", "logdex_it_tenant");
      login.put("password", "tenant");
      new CandidatesAssert(
              shop.analyse(
                  new dev.logdex.analyzer.database.DatabaseAddress(
                      null, shop.address().hosts(), shop.address().database(), login),
                  "SELECT * FROM notes WHERE author = 7"))
          .contains("notes (author, tenant)");
    } finally {
      shop.execute("DROP OWNED BY logdex_it_tenant; DROP ROLE logdex_it_tenant");
    }
  }
}
