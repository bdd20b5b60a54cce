package dev.logdex.recommender.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.page.DatabaseFigures;
import dev.logdex.recommender.page.Decisions;
import dev.logdex.recommender.page.Filter;
import dev.logdex.recommender.page.Findings;
import dev.logdex.recommender.page.TableFigures;
import dev.logdex.recommender.page.WhyNotPage;
import dev.logdex.recommender.whynot.WhyNot;
import dev.logdex.runtime.EventJson;
import java.util.List;
import java.util.Map;

/** The same data as JSON; {@code openapi.json} describes it. */
final class Api {
  private static final String DESCRIPTION = Resources.text("openapi.json");

  private final Findings findings;
  private final Decisions decisions;
  private final Access access;

  Api(Findings findings, Decisions decisions, Access access) {
    this.findings = findings;
    this.decisions = decisions;
    this.access = access;
  }

  Routes routes() {
    return new Routes()
        .get("/api/v1/openapi.json", (request, none) -> Response.json(200, DESCRIPTION))
        .get("/api/v1/databases", (request, none) -> databases())
        .get("/api/v1/tables", (request, none) -> tables(request))
        .get("/api/v1/tables/{database}/{table}", this::table)
        .get("/api/v1/recommendations", (request, none) -> recommendations(request))
        .get("/api/v1/recommendations/{id}", this::recommendation)
        .post("/api/v1/recommendations/{id}/decisions", this::decide)
        .get("/api/v1/why-not", (request, none) -> whyNot(request));
  }

  /** What went wrong, as JSON. */
  static Response error(int status, String sentence) {
    return json(status, Map.of("error", sentence));
  }

  private static Response json(int status, Object body) {
    return Response.json(status, EventJson.line(body));
  }

  private Response databases() {
    return json(200, Map.of("databases", DatabaseFigures.of(findings)));
  }

  private Response tables(Request request) {
    String database = request.query("database");
    List<TableFigures> tables =
        TableFigures.of(findings).stream()
            .filter(table -> database.isEmpty() || database.equals(table.database()))
            .toList();
    return json(200, Map.of("tables", tables));
  }

  private Response table(Request request, List<String> path) {
    return findings
        .table(path.get(0) + "/" + path.get(1))
        .map(found -> json(200, TableReport.of(found, findings)))
        .orElseThrow(() -> RefusedException.notFound("There is no analysis of this table."));
  }

  private Response recommendations(Request request) {
    String state = request.query("state");
    Filter filter =
        new Filter(
            state.equals("all") ? "" : state, request.query("kind"), request.query("database"));
    return json(
        200,
        Map.of(
            "recommendations",
            filter.of(findings.recommendations()).stream().map(ListedAdvice::of).toList()));
  }

  private Response recommendation(Request request, List<String> path) {
    return json(200, Lookup.recommendation(findings, path.get(0)));
  }

  private Response whyNot(Request request) {
    String database = request.query("database");
    String reason = request.query("reason");
    List<WhyNot> statements =
        findings.whyNot().stream()
            .filter(each -> database.isEmpty() || database.equals(each.database()))
            .filter(each -> reason.isEmpty() || reason.equals(WhyNotPage.word(each.reason())))
            .toList();
    return json(200, Map.of("statements", statements.stream().map(UnhelpedStatement::of).toList()));
  }

  private Response decide(Request request, List<String> path) {
    access.checkBearer(request);
    RecommendationEvent told = Lookup.recommendation(findings, path.get(0));
    RecommendationCommand command = DecisionReader.command(told.data(), sent(request));
    Lookup.decide(decisions, command);
    return json(202, command);
  }

  private static DecisionReader.Sent sent(Request request) {
    try {
      DecisionReader.Sent sent =
          EventJson.mapper().readValue(request.body(), DecisionReader.Sent.class);
      if (sent != null) {
        return sent;
      }
    } catch (JsonProcessingException e) {
      throw RefusedException.badRequest(
          "The body is not JSON with action, reason, by and until as texts.");
    }
    throw RefusedException.badRequest("The body is empty.");
  }
}
