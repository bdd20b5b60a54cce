package dev.logdex.analyzer.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalysisSchemaTest {
  private static final List<Class<? extends Record>> RECORDS =
      List.of(
          TableAnalysis.class,
          TableName.class,
          TableFacts.class,
          ColumnFacts.class,
          WriteRates.class,
          RowRates.class,
          ColumnUpdates.class,
          AnalysedStatement.class,
          Scan.class,
          Candidate.class,
          Judgement.class,
          ExistingIndex.class,
          IndexTies.class,
          TableNeighbours.class,
          Partition.class,
          IndexDefinition.class,
          IndexElement.class,
          ScanCost.class,
          StatementCost.class,
          PlanOutline.class,
          OutlineNode.class,
          Observation.CounterproductiveIndex.class,
          Observation.Misestimate.class,
          Observation.LowVisibility.class,
          Observation.OldStatistics.class,
          UnplannedStatements.class,
          UnplannedStatement.class);

  @Test
  void theSchemaIsOneOfItsDraft() {
    assertThat(
            JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"))
                .validate(AnalysisSchema.SCHEMA))
        .isEmpty();
  }

  @Test
  void theSchemaKnowsEveryPropertyAndWhichMayBeAbsent() {
    for (Class<? extends Record> record : RECORDS) {
      JsonNode of = AnalysisSchema.SCHEMA.at("/$defs/" + record.getSimpleName());
      List<String> known = new ArrayList<>();
      of.path("properties").fieldNames().forEachRemaining(known::add);
      known.remove("kind");
      assertThat(known)
          .as(record.getSimpleName())
          .containsExactlyElementsOf(
              Arrays.stream(record.getRecordComponents()).map(each -> each.getName()).toList());
      List<String> required =
          StreamSupport.stream(of.path("required").spliterator(), false)
              .map(JsonNode::textValue)
              .filter(name -> !name.equals("kind"))
              .toList();
      assertThat(required)
          .as(record.getSimpleName())
          .containsExactlyElementsOf(
              Arrays.stream(record.getRecordComponents())
                  .filter(each -> each.getAnnotatedType().getAnnotation(Nullable.class) == null)
                  .map(each -> each.getName())
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"table-analysis-2", "unplanned-1"})
  void samplesFollowTheSchema(String name) throws IOException {
    assertThat(AnalysisSchema.errors(text(name))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/kind, '\"other\"'",
    "/version, 3",
    "/analysedTo, '\"yesterday\"'",
    "/facts/rows, -1",
    "/facts/hotUpdateShare, 1.5",
    "/facts/columns/0/type, 7",
    "/writes/rows/updatedPerMinute, -1",
    "/statements/0/fingerprint, '\"x\"'",
    "/statements/0/queryId, '\"x\"'",
    "/candidates/0/judgement/way, '\"GUESSED\"'",
    "/outlines/0/nodes/0/conditions, '\"x\"'",
    "/observations/0/fingerprints, '[\"x\"]'",
    "/observations/0/rowsKept, '\"many\"'",
  })
  void theSchemaRefusesWhatIsNoAnalysis(String place, String value) throws IOException {
    JsonNode analysis = EventJson.mapper().readTree(text("table-analysis-2"));
    int slash = place.lastIndexOf('/');
    ((ObjectNode) analysis.at(place.substring(0, slash)))
        .set(place.substring(slash + 1), EventJson.mapper().readTree(value));
    assertThat(AnalysisSchema.errors(analysis.toString())).isNotEmpty();
  }

  private static String text(String name) throws IOException {
    try (var in = AnalysisSchemaTest.class.getResourceAsStream("/events/" + name + ".json")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
