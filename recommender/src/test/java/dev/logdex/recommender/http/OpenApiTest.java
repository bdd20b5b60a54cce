package dev.logdex.recommender.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.logdex.recommender.event.Decision;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiTest {
  private static final JsonNode DESCRIPTION = json(Resources.text("openapi.json"));

  private final Visits visits = new Visits(Visits.TOKEN);

  @Test
  void everyRouteIsDescribedAndNothingElse() {
    List<String> described = new ArrayList<>();
    DESCRIPTION
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(new Api(visits.findings, visits.findings, null).routes().all())
        .extracting(route -> route.method() + " " + route.path())
        .containsExactlyInAnyOrderElementsOf(described);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/openapi.json, /api/v1/openapi.json",
    "/api/v1/databases, /api/v1/databases",
    "/api/v1/tables?database=shop, /api/v1/tables",
    "/api/v1/tables/shop/public.orders, /api/v1/tables/{database}/{table}",
    "/api/v1/recommendations?state=open, /api/v1/recommendations",
    "/api/v1/why-not?database=shop, /api/v1/why-not"
  })
  void responsesFollowTheDescription(String target, String path) {
    Response response = visits.get(target);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.type()).isEqualTo("application/json");
    assertThat(errors(path, "get", response)).isEmpty();
  }

  @Test
  void everyRecommendationFollowsTheDescription() {
    RecommendationEvent told = visits.findings.recommendations().get(0);
    visits.findings.change(
        told.data()
            .decided(
                new Decision("why", "who", Instant.parse("2027-01-31T00:00:00Z"), Instant.EPOCH))
            .superseded("0123456789abcdef"));

    assertThat(visits.findings.recommendations())
        .allSatisfy(
            each -> {
              Response response = visits.get("/api/v1/recommendations/" + each.data().id());
              assertThat(errors("/api/v1/recommendations/{id}", "get", response)).isEmpty();
              assertNamesAreDescribed(json(response.body()).get("data"), "Recommendation");
            });
  }

  @Test
  void theAnswerToADecisionFollowsTheDescription() {
    Response response =
        visits
            .with("authorization", "Bearer " + Visits.TOKEN)
            .send(
                "POST",
                "/api/v1/recommendations/" + visits.first() + "/decisions",
                "{\"action\":\"accept\",\"until\":\"2027-01-31\"}");

    assertThat(response.status()).isEqualTo(202);
    assertThat(errors("/api/v1/recommendations/{id}/decisions", "post", response)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/recommendations/0, /api/v1/recommendations/{id}, 404",
    "GET, /api/v1/tables/a/b, /api/v1/tables/{database}/{table}, 404",
    "POST, /api/v1/recommendations/0/decisions, /api/v1/recommendations/{id}/decisions, 401"
  })
  void refusalsFollowTheDescription(String method, String target, String path, int status) {
    Response response = visits.send(method, target, "{}");

    assertThat(response.status()).isEqualTo(status);
    assertThat(errors(path, method.toLowerCase(Locale.ROOT), response)).isEmpty();
  }

  @Test
  void theDescriptionRefusesWhatIsNoResponse() {
    assertThat(errors("/api/v1/databases", "get", Response.json(200, "{\"databases\":[{}]}")))
        .isNotEmpty();
  }

  @Test
  void recommendationsAreFilteredAsOnThePage() {
    assertThat(
            json(visits.get("/api/v1/recommendations?database=billing").body())
                .get("recommendations"))
        .hasSize(1);
    assertThat(
            json(visits.get("/api/v1/recommendations?state=dismissed").body())
                .get("recommendations"))
        .isEmpty();
  }

  /** A member that the description does not name would be one that nobody documented. */
  private static void assertNamesAreDescribed(JsonNode object, String schema) {
    Set<String> described = new java.util.HashSet<>();
    DESCRIPTION
        .at("/components/schemas/" + schema + "/properties")
        .fieldNames()
        .forEachRemaining(described::add);
    object.fieldNames().forEachRemaining(name -> assertThat(described).contains(name));
  }

  private static Set<ValidationMessage> errors(String path, String method, Response response) {
    JsonNode schema =
        DESCRIPTION
            .get("paths")
            .get(path)
            .get(method)
            .get("responses")
            .get(String.valueOf(response.status()))
            .at("/content/application~1json/schema");
    ObjectNode whole = schema.deepCopy();
    whole.set("components", DESCRIPTION.get("components"));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(whole)
        .validate(
            response.body(),
            InputFormat.JSON,
            context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
  }

  private static JsonNode json(String text) {
    try {
      return EventJson.mapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
