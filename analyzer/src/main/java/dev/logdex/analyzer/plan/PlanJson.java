package dev.logdex.analyzer.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what EXPLAIN (FORMAT JSON) prints; what it does not know it leaves out. */
public final class PlanJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PlanJson() {}

  /**
   * The plan's top node.
   *
   * @throws IllegalArgumentException when the text is no plan; the message holds nothing of it,
   *     since a plan holds literals
   */
  public static PlanNode parse(String json) {
    return planned(json).top();
  }

  /**
   * The same with the server's identity of the statement, which versions from 14 can print, and the
   * time that it took when EXPLAIN had the option SUMMARY.
   */
  public static Planned.Success planned(String json) {
    try {
      JsonNode explained = MAPPER.readTree(json).path(0);
      JsonNode plan = explained.path("Plan");
      if (!plan.isObject()) {
        throw new IllegalArgumentException("EXPLAIN printed no plan");
      }
      JsonNode id = explained.path("Query Identifier");
      long micros = Math.round(explained.path("Planning Time").asDouble() * 1000);
      return new Planned.Success(
          node(plan),
          id.isIntegralNumber() ? id.longValue() : null,
          Duration.of(micros, ChronoUnit.MICROS));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("EXPLAIN printed no JSON", null);
    }
  }

  private static PlanNode node(JsonNode json) {
    List<PlanNode> children = new ArrayList<>();
    json.path("Plans").forEach(child -> children.add(node(child)));
    return new PlanNode(
        json.path("Node Type").asText(),
        json.path("Parent Relationship").asText(),
        text(json, "Subplan Name"),
        text(json, "Operation"),
        text(json, "Schema"),
        text(json, "Relation Name"),
        text(json, "Alias"),
        text(json, "Index Name"),
        json.path("Join Type").asText(),
        json.path("Startup Cost").asDouble(),
        json.path("Total Cost").asDouble(),
        json.path("Plan Rows").asDouble(),
        json.path("Workers Planned").asInt(),
        json.path("Parallel Aware").asBoolean(),
        conditions(json),
        texts(json, "Sort Key"),
        texts(json, "Group Key"),
        texts(json, "Output"),
        children,
        actual(json));
  }

  private static PlanNode.@Nullable Actual actual(JsonNode json) {
    return json.has("Actual Loops")
        ? new PlanNode.Actual(
            json.path("Actual Rows").asDouble(),
            json.path("Actual Loops").asDouble(),
            json.path("Rows Removed by Filter").asDouble())
        : null;
  }

  /** The plan of one that auto_explain logged; empty when the text is none. */
  static Optional<PlanNode> logged(String json) {
    try {
      JsonNode plan = MAPPER.readTree(json).path("Plan");
      return plan.isObject() ? Optional.of(node(plan)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static PlanNode.Conditions conditions(JsonNode json) {
    return new PlanNode.Conditions(
        text(json, "Filter"),
        text(json, "Index Cond"),
        text(json, "Recheck Cond"),
        text(json, "Hash Cond"),
        text(json, "Merge Cond"),
        text(json, "Join Filter"));
  }

  private static @Nullable String text(JsonNode json, String field) {
    return json.path(field).asText(null);
  }

  private static List<String> texts(JsonNode json, String field) {
    List<String> texts = new ArrayList<>();
    json.path(field).forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
