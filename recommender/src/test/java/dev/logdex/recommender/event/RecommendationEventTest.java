package dev.logdex.recommender.event;

import static dev.logdex.recommender.AnalysisBuilder.btree;
import static dev.logdex.recommender.AnalysisBuilder.table;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.analyzer.event.UnplannedStatements;
import dev.logdex.recommender.event.RecommendationCommand.Action;
import dev.logdex.recommender.lifecycle.Archive;
import dev.logdex.recommender.lifecycle.Hysteresis;
import dev.logdex.recommender.lifecycle.Ledger;
import dev.logdex.recommender.lifecycle.Lifecycle;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.recommendation.Limits;
import dev.logdex.recommender.selection.GoodEnough;
import dev.logdex.recommender.selection.SelectorChoice;
import dev.logdex.recommender.selection.StorageBudget;
import dev.logdex.recommender.selection.Thresholds;
import dev.logdex.recommender.upkeep.OtherAdvice;
import dev.logdex.recommender.upkeep.UpkeepPolicy;
import dev.logdex.recommender.usage.IndexUsage;
import dev.logdex.recommender.whynot.Verdicts;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecommendationEventTest {
  private static final JsonNode SCHEMA = json(read("/schema/recommendation-event.schema.json"));
  private static final List<String> NOT_ALWAYS_THERE = List.of("decision", "supersededBy");
  private static final JsonSchema VALIDATOR =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SCHEMA);

  @Test
  void theSchemaIsOneOfItsDraft() {
    JsonSchema draft =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(URI.create("https://json-schema.org/draft/2020-12/schema"));

    assertThat(draft.validate(SCHEMA)).isEmpty();
  }

  @Test
  void eventsOfEveryStateFollowTheSchema() {
    List<RecommendationEvent> events = life();

    assertThat(events)
        .extracting(event -> event.data().state())
        .containsExactly(
            RecommendationState.PROPOSED,
            RecommendationState.UPDATED,
            RecommendationState.ACCEPTED,
            RecommendationState.DISMISSED,
            RecommendationState.PROPOSED,
            RecommendationState.APPLIED,
            RecommendationState.WITHDRAWN);
    assertThat(events).allSatisfy(event -> assertThat(errors(EventJson.line(event))).isEmpty());
  }

  @Test
  void theSchemaKnowsEveryPropertyThatEventsHave() {
    JsonNode event = json(EventJson.line(life().get(0)));
    JsonNode data = SCHEMA.at("/$defs/recommendation");

    assertNamesAreKnown(event, SCHEMA);
    assertNamesAreKnown(event.get("data"), data);
    assertNamesAreKnown(event.at("/data/tableFacts"), data.at("/properties/tableFacts"));
    assertNamesAreKnown(event.at("/data/queries/0"), data.at("/properties/queries/items"));
    assertNamesAreKnown(event.at("/data/steps/0"), data.at("/properties/steps/items"));
    assertNamesAreKnown(event.at("/data/writes"), data.at("/properties/writes"));
    assertNamesAreKnown(event.at("/data/build"), data.at("/properties/build"));
    assertNamesAreKnown(event.at("/data/scans/0"), data.at("/properties/scans/items"));
  }

  @ParameterizedTest
  @CsvSource({
    "/specversion, '\"0.3\"'",
    "/id, '\"x\"'",
    "/time, '\"yesterday\"'",
    "/dataschema, '\"urn:other\"'",
    "/data/state, '\"PROPOSED\"'",
    "/data/ddl, 7",
    "/data/queries/0/fingerprint, '\"x\"'",
    "/data/scans/0/chosenFor, '\"yes\"'",
    "/data/tableFacts/rows, -1",
  })
  void theSchemaRefusesWhatIsNoEvent(String place, String value) {
    JsonNode event = json(EventJson.line(life().get(0)));
    int slash = place.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) event.at(place.substring(0, slash));
    parent.set(place.substring(slash + 1), json(value));

    assertThat(errors(event.toString())).isNotEmpty();
  }

  @Test
  void theDataSchemaOfAnEventIsThePartOfTheSchemaThatItsDataFollows() {
    assertThat(RecommendationEvent.DATA_SCHEMA.toString())
        .isEqualTo(
            SCHEMA.get("$id").textValue()
                + "#"
                + SCHEMA.at("/$defs/recommendation/$anchor").textValue());
  }

  @Test
  void anEventIsReadBackAsItWas() {
    assertThat(life())
        .allSatisfy(
            event ->
                assertThat(EventJson.read(EventJson.write(event), RecommendationEvent.class))
                    .isEqualTo(event));
  }

  @Test
  void theNumberOfTheChangeIsInTheId() {
    assertThat(life())
        .extracting(RecommendationEvent::change)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void theSampleOfAnEventIsReadAndStillWrittenTheSame() {
    String sample = read("/events/recommendation-event.json");

    RecommendationEvent event = EventJson.read(sample.getBytes(UTF_8), RecommendationEvent.class);

    assertThat(event.data().state()).isEqualTo(RecommendationState.PROPOSED);
    assertThat(json(EventJson.line(event))).isEqualTo(json(sample));
    assertThat(errors(sample)).isEmpty();
  }

  @Test
  void theSampleOfTheFirstFormIsReadAndStillFollowsTheSchema() {
    String sample = read("/events/recommendation-event-1.json");

    Recommendation advice =
        EventJson.read(sample.getBytes(UTF_8), RecommendationEvent.class).data();

    assertThat(errors(sample)).isEmpty();
    assertThat(advice.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(advice.deduplicationKey()).isEqualTo(advice.id());
    assertThat(advice.steps()).extracting(Step::sql).containsExactly(advice.ddl());
    assertThat(advice.build()).isNull();
  }

  @Test
  void commandsFollowTheirSchema() {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(read("/schema/recommendation-command.schema.json"));
    String sample = read("/events/recommendation-command.json");

    assertThat(schema.validate(sample, InputFormat.JSON)).isEmpty();
    assertThat(EventJson.read(sample.getBytes(UTF_8), RecommendationCommand.class))
        .isEqualTo(
            new RecommendationCommand(
                "1d847e9e9c473a7d",
                Action.DISMISS,
                "the table goes away",
                "ada",
                Instant.parse("2026-03-01T00:00:00Z")));
    for (Action action : Action.values()) {
      assertThat(
              schema.validate(
                  EventJson.line(
                      new RecommendationCommand("1d847e9e9c473a7d", action, "", "", null)),
                  InputFormat.JSON))
          .isEmpty();
    }
  }

  @Test
  void theSampleOfATableAnalysisIsRead() {
    Analysis analysis =
        EventJson.read(read("/events/table-analysis.json").getBytes(UTF_8), Analysis.class);

    assertThat(analysis).isInstanceOf(TableAnalysis.class);
    assertThat(ledger().analysed(analysis))
        .extracting(event -> event.data().ddl())
        .containsExactly(
            "CREATE INDEX CONCURRENTLY index_orders_on_customer_id_and_placed_at_desc ON"
                + " public.orders USING btree (customer_id, placed_at DESC)");
  }

  @Test
  void theSampleOfUnplannedStatementsIsRead() {
    Analysis analysis =
        EventJson.read(read("/events/unplanned-statements.json").getBytes(UTF_8), Analysis.class);

    assertThat(analysis).isInstanceOf(UnplannedStatements.class);
    Ledger ledger = ledger();
    assertThat(ledger.analysed(analysis)).isEmpty();
    assertThat(ledger.snapshot().whyNot()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/events/table-analysis.json", "/events/unplanned-statements.json"})
  void propertiesOfANewerWriterAreIgnored(String sample) {
    ObjectNode newer = (ObjectNode) json(read(sample));
    newer.put("notYetThoughtOf", 1);

    assertThat(EventJson.read(newer.toString().getBytes(UTF_8), Analysis.class))
        .isEqualTo(EventJson.read(read(sample).getBytes(UTF_8), Analysis.class));
  }

  private static void assertNamesAreKnown(JsonNode object, JsonNode schema) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    List<String> known = new ArrayList<>();
    schema.get("properties").fieldNames().forEachRemaining(known::add);
    assertThat(known).containsAll(names);
    known.removeAll(names);
    assertThat(NOT_ALWAYS_THERE).containsAll(known);
    assertThat(StreamSupport.stream(schema.get("required").spliterator(), false))
        .extracting(JsonNode::textValue)
        .isSubsetOf(names);
  }

  private static Set<ValidationMessage> errors(String json) {
    return VALIDATOR.validate(
        json,
        InputFormat.JSON,
        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
  }

  private static List<RecommendationEvent> life() {
    Ledger ledger = ledger();
    List<RecommendationEvent> events = new ArrayList<>();
    for (double calls : List.of(10.0, 20.0)) {
      events.addAll(
          tell(
              ledger,
              table("orders")
                  .query("q", "a = $1", calls, 1000)
                  .candidate("a")
                  .cell("q", "a", 8)
                  .build()));
    }
    for (Action action : Action.values()) {
      RecommendationCommand command =
          new RecommendationCommand(
              events.get(0).subject(), action, "why", "who", Instant.parse("2027-01-01T00:00:00Z"));
      ledger
          .decided(command, Instant.parse("2026-01-03T00:00:00Z"))
          .ifPresent(
              event -> {
                ledger.told(event);
                events.add(event);
              });
    }
    events.addAll(tell(ledger, table("orders").existing("there", btree("a")).build()));
    events.addAll(tell(ledger, table("orders").build()));
    return events;
  }

  private static List<RecommendationEvent> tell(Ledger ledger, Analysis analysis) {
    List<RecommendationEvent> events = ledger.analysed(analysis);
    events.forEach(ledger::told);
    return events;
  }

  private static Ledger ledger() {
    return new Ledger(
        new Advisor(SelectorChoice.always(new GoodEnough()), Thresholds.DEFAULT, Limits.DEFAULT),
        new OtherAdvice(UpkeepPolicy.DEFAULT),
        () -> IndexUsage.NOTHING_KNOWN,
        new Verdicts(Thresholds.DEFAULT),
        new Lifecycle(URI.create("urn:logdex:recommender"), 0.25, Hysteresis.NONE),
        new Archive(1_000_000),
        new StorageBudget(Long.MAX_VALUE));
  }

  private static JsonNode json(String text) {
    try {
      return EventJson.mapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(String resource) {
    try (InputStream in = RecommendationEventTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
