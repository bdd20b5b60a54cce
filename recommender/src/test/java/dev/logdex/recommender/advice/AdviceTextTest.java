package dev.logdex.recommender.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.ScanGain;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.event.StatementGain;
import dev.logdex.recommender.event.TableEvidence;
import dev.logdex.recommender.event.WriteCosts;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdviceTextTest {
  @Test
  void aRecommendationReadsFromTheStatementToItsEvidence() throws IOException {
    assertThat(AdviceText.render(sample()))
        .isEqualTo(
            """
            CREATE INDEX CONCURRENTLY index_orders_on_customer_id_and_placed_at_desc ON public.orders USING
            btree (customer_id, placed_at DESC);

              Table     public.orders in shop, 1,000,000 rows, 100 MB; 12 inserts, 3.50 updates and 0 deletes a
                        minute
              Costs     30.0 MB on disk; 0.28 bytes into the index per byte written to the table
              Build     about 3 seconds; SHARE UPDATE EXCLUSIVE on the table: reads and writes go on; other DDL,
                        VACUUM and ANALYZE wait, and it waits for transactions older than itself
              Saves     2,800,951 planner units a minute over 2 queries
              Why       customer_id is compared for equality and placed_at is the order that is asked for. Of 3
                        indexes tried it was chosen for 2 of the table's 3 scans.
              Undo      DROP INDEX CONCURRENTLY public.index_orders_on_customer_id_and_placed_at_desc;
              Severity  high
              Id        1d847e9e9c473a7d

              Query 018d8cd6e02ac3fe (Cost: 22555.87 -> 41.60, 99.8 % cheaper; 120 calls/min)
                  SELECT * FROM orders WHERE customer_id = $1 ORDER BY placed_at DESC LIMIT $2
              Query 9c41f3b2a7d05e66 (Cost: 19853.01 -> 5.32, >99.9 % cheaper; 5 calls/min)
                  SELECT count(*) FROM orders WHERE customer_id = $1
            """);
  }

  @Test
  void noLineIsWiderThanATerminalWhereWordsAllowThat() {
    Recommendation advice =
        advice("SELECT " + "some_column, ".repeat(80) + "last FROM orders WHERE a = $1", 1);

    assertThat(AdviceText.render(advice).lines())
        .hasSizeGreaterThan(15)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void queriesThatAreNotListedAreCounted() {
    assertThat(AdviceText.render(advice("SELECT $1", 8))).endsWith("  and 7 queries more\n");
    assertThat(AdviceText.render(advice("SELECT $1", 1))).doesNotContain("more");
  }

  @Test
  void nothingOfALogSteersTheTerminal() {
    assertThat(AdviceText.render(advice("SELECT \"\u001b[2J\"", 1))).doesNotContain("\u001b");
    assertThat(Ticket.body(advice("SELECT \"\u001b[2J\"", 1))).doesNotContain("\u001b");
  }

  @Test
  void noTextBreaksOutOfItsPlaceInATicket() {
    Recommendation advice = advice("SELECT \"```\n# Title\", \"a|b\"", 1);

    assertThat(Ticket.body(advice))
        .contains("````sql\nSELECT \"``` # Title\", \"a|b\"\n````")
        .contains("| `` \"a\\|`b\" = $1 `` |");
  }

  @Test
  void aTicketHasTheStatementTheEvidenceAndTheWayBack() throws IOException {
    String body = Ticket.body(sample());

    assertThat(body)
        .startsWith("```sql\nCREATE INDEX CONCURRENTLY index_orders_on_customer_id")
        .contains("| `018d8cd6e02ac3fe` | 120 | 22555.87 | 41.60 | 99.8 % |")
        .contains("| Size of the index | 30.0 MB |")
        .contains("| Write overhead | 0.28 bytes into the index per byte written to the table |")
        .contains("| `(customer_id = $1)` | 5 | 19853.00 | 5.30 | yes |")
        .contains("```sql\nDROP INDEX CONCURRENTLY public.index_orders_on");
    assertThat(body).isEqualTo(sample().body());
  }

  private static Recommendation sample() throws IOException {
    try (InputStream in =
        AdviceTextTest.class.getResourceAsStream("/events/recommendation-event.json")) {
      return EventJson.read(in.readAllBytes(), RecommendationEvent.class).data();
    }
  }

  private static Recommendation advice(String text, int queriesInAll) {
    return new Recommendation(
        "0123456789abcdef",
        RecommendationState.PROPOSED,
        RecommendationKind.CREATE_INDEX,
        "First proposed.",
        Severity.MEDIUM,
        "0123456789abcdef",
        "shop",
        "public.orders",
        "USING btree (a)",
        "index_orders_on_a",
        "CREATE INDEX CONCURRENTLY index_orders_on_a ON public.orders USING btree (a)",
        "DROP INDEX CONCURRENTLY public.index_orders_on_a",
        List.of(),
        1,
        0.1,
        WriteCosts.NONE,
        null,
        10,
        "A reason.",
        List.of(),
        List.of(),
        new TableEvidence(1, 1, 0, 0, 0),
        queriesInAll,
        List.of(new StatementGain("0123456789abcdef", text, 1, 20, 10)),
        1,
        List.of(new ScanGain("s", List.of("\"a|`b\" = $1"), 1, 20, 10, true)),
        null,
        null,
        "title",
        "body");
  }
}
