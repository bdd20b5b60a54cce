package dev.logdex.analyzer.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The samples are what stands on users' topics: when one cannot be read, the topic is broken. */
class AnalysisJsonTest {
  private static Analysis sample(String name) throws IOException {
    return EventJson.read(bytes(name), Analysis.class);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = AnalysisJsonTest.class.getResourceAsStream("/events/" + name + ".json")) {
      return in.readAllBytes();
    }
  }

  @Test
  void aTableAnalysisOfTheFirstVersionIsRead() throws IOException {
    TableAnalysis table = (TableAnalysis) sample("table-analysis-1");
    assertThat(table.writes().rows()).isEqualTo(RowRates.NONE);
    assertThat(table.facts().columns()).isEmpty();
    assertThat(table.statements().get(0).mergedFingerprints()).isEmpty();
    assertThat(table.scans().get(0).columns()).isEmpty();
    assertThat(table.candidates().get(0).judgement()).isEqualTo(Judgement.HYPOTHETICAL);
    assertThat(table.outlines()).isEmpty();
    assertThat(table.observations()).isEmpty();
    assertThat(table.key()).isEqualTo("shop/public.orders");
    assertThat(table.analysedTo()).isEqualTo(Instant.parse("2026-01-01T00:02:00Z"));
    assertThat(table.scans())
        .singleElement()
        .satisfies(
            scan -> {
              assertThat(scan.orderBy()).containsExactly("placed_at DESC");
              assertThat(scan.indexUsed()).isEqualTo("orders_placed_at");
            });
    assertThat(table.candidates().get(0).definition().sql())
        .isEqualTo("USING btree (doc, placed_at)");
    assertThat(table.costs()).extracting(ScanCost::cost).containsExactly(4.39, 117.75);
  }

  @Test
  void aTableAnalysisIsRead() throws IOException {
    TableAnalysis table = (TableAnalysis) sample("table-analysis-2");
    assertThat(table.version()).isEqualTo(TableAnalysis.VERSION);
    assertThat(table.facts().hotUpdateShare()).isEqualTo(0.82);
    assertThat(table.facts().columns().get(1).correlation()).isNull();
    assertThat(table.outlines().get(0).nodes().get(1).conditions())
        .containsExactly("Filter: (doc = $1)");
    assertThat(table.observations())
        .hasSize(4)
        .contains(new Observation.LowVisibility(List.of("0000000000000001"), 0.4));
  }

  @Test
  void unplannedStatementsAreRead() throws IOException {
    UnplannedStatements unplanned = (UnplannedStatements) sample("unplanned-1");
    assertThat(unplanned.key()).isEqualTo("shop/");
    assertThat(unplanned.statements().get(0).reason()).isEqualTo(UnplannedReason.UNKNOWN_OBJECT);
    assertThat(unplanned.reported()).isEqualTo(List.of("0000000000000002 UNKNOWN_OBJECT"));
  }

  @Test
  void whatIsReadIsWrittenAsItWas() throws IOException {
    for (String name : List.of("table-analysis-2", "unplanned-1")) {
      assertThat(EventJson.mapper().readTree(EventJson.write(sample(name))))
          .isEqualTo(EventJson.mapper().readTree(bytes(name)));
    }
  }

  @Test
  void anOlderReaderPassesOverNewFields() {
    byte[] newer =
        "{\"kind\":\"unplanned\",\"version\":2,\"database\":\"d\",\"analysedTo\":\"2026-01-01T00:00:00Z\",\"statements\":[],\"reported\":[],\"new\":1}"
            .getBytes(UTF_8);
    assertThat(EventJson.read(newer, Analysis.class).key()).isEqualTo("d/");
  }
}
