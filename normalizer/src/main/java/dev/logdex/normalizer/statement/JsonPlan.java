package dev.logdex.normalizer.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logdex.normalizer.event.DeadLetterReason;
import dev.logdex.normalizer.text.Utf8;

/** The plan as {@code auto_explain.log_format = json} prints it. */
final class JsonPlan {
  private static final String QUERY_TEXT = "Query Text";
  private static final String QUERY_PARAMETERS = "Query Parameters";

  /**
   * Takes line ends within strings, which platforms that split long lines leave there, and keeps
   * numbers as they are printed.
   */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonPlan() {}

  static PlanReading read(Utf8 text) {
    try {
      JsonNode root = MAPPER.readTree(text.toString());
      return root instanceof ObjectNode plan && plan.path("Plan").isObject()
          ? plan(plan)
          : new PlanReading.Unread(
              DeadLetterReason.UNSUPPORTED_PLAN_FORMAT, "the JSON that is logged holds no plan");
    } catch (JsonEOFException e) {
      return new PlanReading.Unread(
          DeadLetterReason.TRUNCATED_STATEMENT, "the plan's JSON ends before it is complete");
    } catch (JsonProcessingException e) {
      return new PlanReading.Unread(
          DeadLetterReason.DAMAGED_ENTRY, "what is logged as a plan is no JSON");
    }
  }

  private static PlanReading plan(ObjectNode plan) throws JsonProcessingException {
    Utf8 statement = Utf8.of(plan.path(QUERY_TEXT).asText(""));
    plan.remove(QUERY_TEXT);
    plan.remove(QUERY_PARAMETERS);
    JsonNode top = plan.path("Plan");
    double rows = top.path("Actual Rows").asDouble(-1);
    JsonNode queryId = plan.path("Query Identifier");
    return new PlanReading.Plan(
        statement,
        LoggedPlan.Format.JSON,
        Utf8.of(MAPPER.writeValueAsString(plan)),
        rows < 0 ? -1 : rows * top.path("Actual Loops").asDouble(1),
        queryId.isIntegralNumber() ? queryId.asLong() : 0);
  }
}
