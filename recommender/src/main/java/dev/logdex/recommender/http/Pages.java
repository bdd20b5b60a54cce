package dev.logdex.recommender.http;

import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.page.DatabasePage;
import dev.logdex.recommender.page.Decisions;
import dev.logdex.recommender.page.Filter;
import dev.logdex.recommender.page.Findings;
import dev.logdex.recommender.page.LoginPage;
import dev.logdex.recommender.page.OverviewPage;
import dev.logdex.recommender.page.Reader;
import dev.logdex.recommender.page.RecommendationPage;
import dev.logdex.recommender.page.TablePage;
import dev.logdex.recommender.page.WhyNotPage;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/** The pages for people, and their forms. */
final class Pages {
  private static final String STYLE = Resources.text("page.css");
  private static final String ICON = Resources.text("icon.svg");

  private static final Map<String, String> CACHED = Map.of("Cache-Control", "max-age=600");

  private final Findings findings;
  private final Decisions decisions;
  private final Access access;

  Pages(Findings findings, Decisions decisions, Access access) {
    this.findings = findings;
    this.decisions = decisions;
    this.access = access;
  }

  Routes routes() {
    return new Routes()
        .get("/", (request, none) -> overview(request))
        .get("/databases/{database}", this::database)
        .get("/tables/{database}/{table}", this::table)
        .get("/recommendations/{id}", this::recommendation)
        .post("/recommendations/{id}/decisions", this::decide)
        .get("/why-not", (request, none) -> whyNot(request))
        .get("/login", (request, none) -> loginForm(request, "", 200))
        .post("/login", (request, none) -> login(request))
        .post("/logout", (request, none) -> logout(request))
        .get("/page.css", (request, none) -> new Response(200, "text/css", STYLE, CACHED))
        .get("/icon.svg", (request, none) -> new Response(200, "image/svg+xml", ICON, CACHED));
  }

  private Response overview(Request request) {
    String state = request.query().getOrDefault("state", Filter.OPEN);
    Filter filter =
        new Filter(
            state.equals("all") ? "" : state, request.query("kind"), request.query("database"));
    return Response.html(200, OverviewPage.render(findings, filter, access.reader(request)));
  }

  private Response database(Request request, List<String> path) {
    return DatabasePage.render(findings, path.get(0), access.reader(request))
        .map(page -> Response.html(200, page))
        .orElseThrow(
            () -> RefusedException.notFound("Nothing is known of a database of this name."));
  }

  private Response table(Request request, List<String> path) {
    return findings
        .table(path.get(0) + "/" + path.get(1))
        .map(found -> TablePage.render(findings, found, access.reader(request)))
        .map(page -> Response.html(200, page))
        .orElseThrow(() -> RefusedException.notFound("There is no analysis of this table."));
  }

  private Response recommendation(Request request, List<String> path) {
    RecommendationEvent told = Lookup.recommendation(findings, path.get(0));
    return Response.html(
        200,
        RecommendationPage.render(
            told,
            findings.table(told.data().database() + "/" + told.data().table()),
            request.query("sent"),
            access.reader(request)));
  }

  private Response whyNot(Request request) {
    return Response.html(
        200,
        WhyNotPage.render(
            findings, request.query("database"), request.query("reason"), access.reader(request)));
  }

  private Response decide(Request request, List<String> path) {
    QueryStringDecoder form = form(request);
    access.checkForm(request, field(form, "csrf"));
    RecommendationEvent told = Lookup.recommendation(findings, path.get(0));
    RecommendationCommand command =
        DecisionReader.command(
            told.data(),
            new DecisionReader.Sent(
                field(form, "action"),
                field(form, "reason"),
                field(form, "by"),
                field(form, "until")));
    Lookup.decide(decisions, command);
    return Response.seeOther(
        "/recommendations/" + told.data().id() + "?sent=" + command.action().word());
  }

  private Response loginForm(Request request, String problem, int status) {
    if (access.reader(request).access() == Reader.Access.READ_ONLY) {
      throw RefusedException.notFound("Nobody logs in here: the setting page.token is not given.");
    }
    return Response.html(status, LoginPage.render(problem, access.reader(request)));
  }

  private Response login(Request request) {
    String token = field(form(request), "token");
    try {
      return Response.seeOther("/").with("Set-Cookie", access.login(token, request.address()));
    } catch (RefusedException e) {
      if (e.status() == 403) {
        throw e;
      }
      return loginForm(request, e.sentence(), e.status());
    }
  }

  private Response logout(Request request) {
    access.checkForm(request, field(form(request), "csrf"));
    return Response.seeOther("/").with("Set-Cookie", access.logout(request));
  }

  private static QueryStringDecoder form(Request request) {
    return new QueryStringDecoder(request.body(), false);
  }

  private static String field(QueryStringDecoder form, String name) {
    List<String> values = form.parameters().getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(0);
  }
}
