package dev.logdex.analyzer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.logdex.analyzer.event.Candidate;
import dev.logdex.analyzer.event.Judgement;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.plan.PlanJson;
import dev.logdex.analyzer.plan.PlanNode;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which indexes other than b-trees a statement gets, and that they do what was said of them. */
class MethodsIT {
  private static final Percentage MARGIN = Percentage.withPercentage(10);

  private static ShopDatabase database;

  @BeforeAll
  static void create() {
    database = ShopDatabase.create("methods", "/methods.sql");
  }

  @AfterAll
  static void drop() {
    if (database != null) {
      database.close();
    }
  }

  private static List<String> proposed(DatabaseAnalysis analysis) {
    return analysis.tables().stream()
        .flatMap(table -> table.candidates().stream().map(each -> shown(table, each.id())))
        .toList();
  }

  private static String shown(TableAnalysis table, String index) {
    return table.table().name() + " " + index;
  }

  /** The candidates that save at least a fifth of a scan, without which none is recommended. */
  private static List<String> helpful(DatabaseAnalysis analysis) {
    return analysis.tables().stream()
        .flatMap(
            table ->
                table.costs().stream()
                    .filter(cell -> cell.cost() < baseline(table, cell) * 0.8)
                    .map(cell -> shown(table, cell.index())))
        .toList();
  }

  private static double baseline(TableAnalysis table, ScanCost cell) {
    return table.scans().stream()
        .filter(scan -> scan.id().equals(cell.scan()))
        .findFirst()
        .orElseThrow()
        .baselineCost();
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM articles WHERE doc @> '{"k": 7}'                                   ; articles USING gin (doc jsonb_path_ops)
          SELECT * FROM articles WHERE doc ? 'rare3'                                       ; articles USING gin (doc)
          SELECT * FROM articles WHERE doc ?| '{rare3,rare5}'                              ; articles USING gin (doc)
          SELECT * FROM articles WHERE doc ?& '{rare3,k}'                                  ; articles USING gin (doc)
          SELECT * FROM articles WHERE doc @> '{"k": 7}' AND doc ? 'rare3'                 ; articles USING gin (doc)
          SELECT * FROM articles WHERE doc @? '$.k ? (@ == 7)'                             ; articles USING gin (doc jsonb_path_ops)
          SELECT * FROM articles WHERE doc @@ '$.k == 7'                                   ; articles USING gin (doc jsonb_path_ops)
          SELECT * FROM articles WHERE tags @> '{tag7}'                                    ; articles USING gin (tags)
          SELECT * FROM articles WHERE tags && '{tag7,more9}'                              ; articles USING gin (tags)
          SELECT * FROM articles WHERE tags <@ '{tag7,more9}'                              ; articles USING gin (tags)
          SELECT * FROM articles WHERE '{tag7}' <@ tags                                    ; articles USING gin (tags)
          SELECT * FROM articles WHERE numbers @> '{7}' AND tags @> '{tag7}'               ; articles USING gin (numbers)
          SELECT * FROM articles WHERE words @@ to_tsquery('english', 'word17')            ; articles USING gin (words)
          SELECT * FROM articles WHERE words @@ plainto_tsquery('english', 'word17 other17') ; articles USING gin (words)
          SELECT * FROM articles WHERE to_tsvector('english', body) @@ to_tsquery('english', 'word17') ; articles USING gin (to_tsvector('english'::regconfig, body))
          SELECT * FROM articles WHERE body LIKE '%word177 %'                              ; articles USING gin (body gin_trgm_ops)
          SELECT * FROM articles WHERE body ILIKE '%WORD177 %'                             ; articles USING gin (body gin_trgm_ops)
          SELECT * FROM articles WHERE title LIKE '%abcdef%'                               ; articles USING gin (title gin_trgm_ops)
          SELECT * FROM articles WHERE author LIKE '%abcdef%'                              ; articles USING gin (author gin_trgm_ops)
          SELECT * FROM articles WHERE body ~ 'other177 '                                  ; articles USING gin (body gin_trgm_ops)
          SELECT * FROM articles WHERE body ~* 'OTHER177 '                                 ; articles USING gin (body gin_trgm_ops)
          SELECT * FROM articles WHERE lower(title) LIKE '%abcdef%'                        ; articles USING gin (lower(title) gin_trgm_ops)
          SELECT * FROM articles WHERE title % 'title 0123456789abcdef'                    ; articles USING gin (title gin_trgm_ops)
          SELECT * FROM articles ORDER BY title <-> 'title 0123456789' LIMIT 5             ; articles USING gist (title gist_trgm_ops)
          SELECT * FROM articles WHERE url = 'https://example.org/7'                       ; articles USING hash (url)
          SELECT * FROM articles a JOIN articles b ON b.tags @> a.tags WHERE a.id = 7      ; articles USING gin (tags)
          SELECT * FROM bookings WHERE during && '[100,110)'                               ; bookings USING gist (during)
          SELECT * FROM bookings WHERE during @> 777                                       ; bookings USING gist (during)
          SELECT * FROM bookings WHERE during <@ '[100,120)'                               ; bookings USING gist (during)
          SELECT * FROM bookings WHERE days && '[1950-01-01,1950-01-02)'                   ; bookings USING gist (days)
          SELECT * FROM bookings WHERE room = 7 AND during && '[100,5000)'                 ; bookings USING gist (during, room)
          SELECT * FROM places WHERE at <@ box '((10,10),(90,90))'                         ; places USING gist (at)
          SELECT * FROM places WHERE area && box '((10,10),(20,20))'                       ; places USING gist (area)
          SELECT * FROM places ORDER BY at <-> point '(50,50)' LIMIT 3                     ; places USING gist (at)
          SELECT * FROM places WHERE addr <<= '10.7.0.0/16'                                ; places USING gist (addr inet_ops)
          SELECT * FROM places WHERE addr && '10.7.0.0/16'                                 ; places USING gist (addr inet_ops)
          SELECT * FROM readings WHERE at > '2024-04-10' AND at < '2024-04-11'             ; readings USING brin (at)
          SELECT sum(value) FROM readings WHERE id BETWEEN 1000 AND 20000                  ; readings USING brin (id)
          """)
  void aStatementIsHelpedOnADisposableCopyBy(String statement, String candidate) {
    DatabaseAnalysis analysis = database.analyseCopy(statement);
    assertThat(proposed(analysis)).contains(candidate);
    assertThat(helpful(analysis))
        .as(() -> analysis.tables().stream().map(TableAnalysis::costs).toList().toString())
        .contains(candidate);
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM articles WHERE 7 = ANY (numbers)                     | gin   | that is no operator of GIN
          SELECT * FROM articles WHERE tags = '{tag7}'                       | gin   | a b-tree finds equal arrays
          SELECT * FROM articles WHERE body LIKE '%ab%'                      | gin   | two characters are no trigram
          SELECT * FROM articles WHERE body LIKE 'word17%'                   | gin   | a b-tree finds beginnings
          SELECT * FROM articles WHERE to_tsvector(body) @@ to_tsquery('x')  | gin   | the configuration may change
          SELECT * FROM articles WHERE doc ->> 'k' = '7'                     | gin   | an equality of an expression
          SELECT * FROM articles ORDER BY title <-> 'x'                      | gist  | all rows are wanted
          SELECT * FROM bookings WHERE room = 7                              | gist  | b-trees do it
          SELECT * FROM readings WHERE sensor > 4990                         | brin  | the rows do not lie in its order
          SELECT * FROM readings WHERE at = '2024-04-10'                     | brin  | no range
          SELECT * FROM places WHERE name = 'place 7' ORDER BY name          | gin   | not for equality
          SELECT * FROM readings WHERE sensor = 7                            | hash  | narrow
          SELECT * FROM articles WHERE url > 'https://example.org/7'         | hash  | a range
          """)
  void aMethodStaysSilent(String statement, String method, String why) {
    assertThat(proposed(database.analyseCopy(statement)))
        .as(why)
        .noneMatch(candidate -> candidate.contains(" USING " + method + " "));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT * FROM articles WHERE doc @> '{"k": 7}'                        | articles | gin
          SELECT * FROM articles WHERE doc ? 'rare3'                            | articles | gin
          SELECT * FROM articles WHERE tags && '{tag7,more9}'                   | articles | gin
          SELECT * FROM articles WHERE words @@ to_tsquery('english', 'word17') | articles | gin
          SELECT * FROM articles WHERE to_tsvector('english', body) @@ to_tsquery('english', 'word17') | articles | gin
          SELECT * FROM articles WHERE body LIKE '%word177 %'                   | articles | gin
          SELECT * FROM articles WHERE lower(title) LIKE '%abcdef%'             | articles | gin
          SELECT * FROM articles ORDER BY title <-> 'title 0123456789' LIMIT 5  | articles | gist
          SELECT * FROM articles WHERE url = 'https://example.org/7'            | articles | hash
          SELECT * FROM articles WHERE lower(title) = 'title 7'                 | articles | btree
          SELECT * FROM bookings WHERE during && '[100,110)'                    | bookings | gist
          SELECT * FROM bookings WHERE room = 7 AND during && '[100,5000)'      | bookings | gist
          SELECT * FROM places WHERE at <@ box '((10,10),(90,90))'              | places   | gist
          SELECT * FROM places ORDER BY at <-> point '(50,50)' LIMIT 3          | places   | gist
          SELECT * FROM places WHERE addr <<= '10.7.0.0/16'                     | places   | gist
          SELECT * FROM readings WHERE at > '2024-04-10' AND at < '2024-04-11'  | readings | brin
          """)
  void anIndexThatIsReallyThereDoesWhatWasSaid(String statement, String name, String method) {
    TableAnalysis table =
        database.analyseCopy(statement).tables().stream()
            .filter(each -> each.table().name().equals(name))
            .findFirst()
            .orElseThrow();
    StatementCost promised =
        table.statementCosts().stream()
            .filter(cost -> cost.index().startsWith("USING " + method + " "))
            .min((one, other) -> Double.compare(one.cost(), other.cost()))
            .orElseThrow();
    database.execute("CREATE INDEX proof ON " + name + " " + promised.index());
    if (promised.index().contains("lower(") || promised.index().contains("to_tsvector(")) {
      database.execute("ANALYZE " + name);
    }
    try {
      PlanNode plan = PlanJson.parse(database.query("EXPLAIN (FORMAT JSON) " + statement));
      assertThat(plan.tree().map(PlanNode::indexName)).contains("proof");
      assertThat(promised.cost()).isCloseTo(plan.totalCost(), MARGIN);
      Candidate candidate =
          table.candidates().stream()
              .filter(each -> each.id().equals(promised.index()))
              .findFirst()
              .orElseThrow();
      double real = Double.parseDouble(database.query("SELECT pg_relation_size('proof')"));
      boolean built = candidate.judgement().way() == Judgement.Way.BUILT;
      assertThat((double) candidate.sizeBytes())
          .isCloseTo(real, within(real * (built ? 0.02 : 0.2)));
    } finally {
      database.execute("DROP INDEX proof");
    }
  }

  @Test
  void onADatabaseThatIsNotMarkedACandidateSaysWhyItWasNotJudged() {
    DatabaseAnalysis analysis =
        database.analyse("SELECT * FROM articles WHERE doc @> '{\"k\": 7}'");
    Candidate candidate = analysis.tables().get(0).candidates().get(0);
    assertThat(candidate.id()).isEqualTo("USING gin (doc jsonb_path_ops)");
    assertThat(candidate.judgement().way()).isEqualTo(Judgement.Way.NOT_JUDGED);
    assertThat(candidate.judgement().note()).contains("gin").contains("disposable.copies");
    assertThat(helpful(analysis)).isEmpty();
  }

  @Test
  void onADatabaseThatIsNotMarkedAnExpressionIsSaidToBeGuessedAt() {
    DatabaseAnalysis analysis =
        database.analyse("SELECT * FROM articles WHERE lower(author) = 'author 7'");
    Candidate candidate = analysis.tables().get(0).candidates().get(0);
    assertThat(candidate.judgement().way()).isEqualTo(Judgement.Way.HYPOTHETICAL);
    assertThat(candidate.judgement().note()).contains("no statistics of lower");
  }
}
