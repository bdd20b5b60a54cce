package dev.logdex.recommender.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationCommand.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
  private static final String DECISION = "{\"action\":\"accept\"}";

  private final Visits readOnly = new Visits("");
  private final Visits visits = new Visits(Visits.TOKEN);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?state=all&kind=create-index&database=shop",
        "/databases/shop",
        "/tables/shop/public.orders",
        "/why-not",
        "/page.css",
        "/icon.svg"
      })
  void everyPageCanBeReadWithoutAToken(String target) {
    assertThat(readOnly.get(target).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/databases/other",
        "/databases/",
        "/tables/shop/public.other",
        "/tables/shop",
        "/recommendations/0000000000000000",
        "/login",
        "/page.css/"
      })
  void whatIsNotThereIsToldInTheSameLook(String target) {
    Response response = readOnly.get(target);

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body()).contains("<title>Not found").contains("class=\"top\"");
  }

  @Test
  void nothingOfAPageMayComeFromElsewhereOrRun() {
    assertThat(readOnly.get("/").headers().get("Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("style-src 'self'")
        .doesNotContain("unsafe")
        .doesNotContain("script-src");
    assertThat(readOnly.get("/").body()).doesNotContain("style=").doesNotContain("<script");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8087", "localhost.evil.example", ""})
  void onLoopbackForeignNamesAreRefused(String host) {
    assertThat(visits.with("host", host).get("/").status()).isEqualTo(421);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOCALHOST", "127.0.0.1:1", "[::1]:8087", "logdex.internal:8087"})
  void namesOfLoopbackAndConfiguredOnesAreAccepted(String host) {
    assertThat(visits.with("host", host).get("/").status()).isEqualTo(200);
  }

  @Test
  void offLoopbackEveryNameIsAcceptedUnlessSomeAreGiven() {
    assertThat(new HostNames(false, java.util.List.of()).accept("any.example")).isTrue();
    assertThat(new HostNames(false, java.util.List.of("a")).accept("any.example")).isFalse();
  }

  @Test
  void withoutATokenNobodyDecides() {
    String target = "/recommendations/" + readOnly.first() + "/decisions";

    assertThat(readOnly.post(target, Map.of("action", "accept")).status()).isEqualTo(403);
    assertThat(
            readOnly
                .with("authorization", "Bearer ")
                .send("POST", "/api/v1" + target, DECISION)
                .status())
        .isEqualTo(403);
    assertThat(readOnly.post("/login", Map.of("token", "")).status()).isEqualTo(403);
    assertThat(readOnly.findings.taken()).isEmpty();
  }

  @Test
  void whoIsLoggedInDismissesWithReasonAndDate() {
    visits.loggedIn();
    String id = visits.first();

    Response response =
        visits.post(
            "/recommendations/" + id + "/decisions",
            Map.of(
                "csrf",
                visits.csrf(),
                "action",
                "dismiss",
                "reason",
                "Not now",
                "by",
                "Ada",
                "until",
                "2027-01-31"));

    assertThat(response.status()).isEqualTo(303);
    assertThat(response.headers())
        .containsEntry("Location", "/recommendations/" + id + "?sent=dismiss");
    assertThat(visits.findings.taken())
        .containsExactly(
            new RecommendationCommand(
                id, Action.DISMISS, "Not now", "Ada", Instant.parse("2027-01-31T00:00:00Z")));
    assertThat(visits.get("/recommendations/" + id + "?sent=dismiss").body())
        .contains("Your decision (dismiss) is on its way")
        .contains("value=\"reopen\"");
  }

  @Test
  void aFormWithoutTheSecretOfTheSessionIsRefused() {
    visits.loggedIn();

    assertThat(accept(visits, "").status()).isEqualTo(403);
    assertThat(accept(visits, "x".repeat(43)).status()).isEqualTo(403);
    assertThat(visits.findings.taken()).isEmpty();
  }

  @Test
  void aFormOfAnotherSiteIsRefused() {
    visits.loggedIn();
    String csrf = visits.csrf();

    assertThat(accept(visits.with("origin", "https://evil.example"), csrf).status()).isEqualTo(403);
    assertThat(accept(visits.with("origin", "http://localhost:8087"), csrf).status())
        .isEqualTo(303);
    assertThat(accept(visits.with("sec-fetch-site", "cross-site"), csrf).status()).isEqualTo(403);
  }

  @Test
  void theCookieOfASessionIsOutOfReachForScriptsAndOtherSites() {
    assertThat(visits.post("/login", Map.of("token", Visits.TOKEN)).headers().get("Set-Cookie"))
        .matches("logdex_session=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200");
  }

  @Test
  void aSessionEndsAfterItsTime() {
    visits.loggedIn();
    String csrf = visits.csrf();
    visits.wait(Sessions.LENGTH);

    assertThat(accept(visits, csrf).status()).isEqualTo(403);
    assertThat(visits.get("/").body()).contains("Log in");
  }

  @Test
  void aSessionEndsByLoggingOut() {
    visits.loggedIn();
    String csrf = visits.csrf();

    assertThat(visits.post("/logout", Map.of("csrf", csrf)).status()).isEqualTo(303);
    assertThat(accept(visits, csrf).status()).isEqualTo(403);
  }

  @Test
  void theNumberOfSessionsIsBounded() {
    visits.loggedIn();
    for (int i = 0; i < 100; i++) {
      visits.post("/login", Map.of("token", Visits.TOKEN));
    }

    assertThat(visits.get("/").body()).contains("Log in");
  }

  @Test
  void aWrongTokenIsToldAndTooManyLockTheAddressForAWhile() {
    for (int i = 0; i < WrongTokens.ALLOWED; i++) {
      Response refused = visits.post("/login", Map.of("token", "wrong"));
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body()).contains("That is not the token.");
    }

    assertThat(visits.post("/login", Map.of("token", Visits.TOKEN)).status()).isEqualTo(429);
    assertThat(visits.from("10.0.0.9").post("/login", Map.of("token", Visits.TOKEN)).status())
        .isEqualTo(303);
    visits.wait(WrongTokens.LOCK);
    assertThat(visits.from("127.0.0.1").post("/login", Map.of("token", Visits.TOKEN)).status())
        .isEqualTo(303);
  }

  @Test
  void wrongTokensOfTheApiCountAsWell() {
    visits.with("authorization", "Bearer wrong");
    for (int i = 0; i < WrongTokens.ALLOWED; i++) {
      assertThat(decideByApi(DECISION).status()).isEqualTo(401);
    }

    Response locked =
        visits.with("authorization", "Bearer " + Visits.TOKEN).send("POST", api(), DECISION);

    assertThat(locked.status()).isEqualTo(429);
    assertThat(locked.headers()).containsEntry("Retry-After", "60");
    visits.wait(Duration.ofMinutes(1));
    assertThat(decideByApi(DECISION).status()).isEqualTo(202);
  }

  @Test
  void aSessionDoesNotOpenTheApi() {
    assertThat(visits.loggedIn().send("POST", api(), DECISION).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"action\":\"drop\"}",
        "{}",
        "{\"action\":\"accept\",\"until\":\"tomorrow\"}",
        "{\"action\":\"accept\",\"until\":\"2027-02-31\"}",
        "{\"action\":{\"x\":1}}"
      })
  void whatIsNoDecisionIsRefused(String body) {
    visits.with("authorization", "Bearer " + Visits.TOKEN);

    assertThat(decideByApi(body).status()).isEqualTo(400);
    assertThat(visits.findings.taken()).isEmpty();
    assertThat(visits.failures).isEmpty();
  }

  @Test
  void aReasonHasABound() {
    visits.with("authorization", "Bearer " + Visits.TOKEN);

    assertThat(
            decideByApi("{\"action\":\"accept\",\"reason\":\"" + "x".repeat(1_001) + "\"}")
                .status())
        .isEqualTo(400);
  }

  @Test
  void whatIsAcceptedAlreadyIsNotAcceptedAgain() {
    visits.with("authorization", "Bearer " + Visits.TOKEN);

    assertThat(decideByApi(DECISION).status()).isEqualTo(202);
    assertThat(decideByApi(DECISION).status()).isEqualTo(409);
  }

  @Test
  void aDecisionThatCannotBeHandedOnIsToldAndReported() {
    Visits broken =
        new Visits(
            Visits.TOKEN,
            command -> {
              throw new IllegalStateException("no broker");
            });
    broken.with("authorization", "Bearer " + Visits.TOKEN);

    Response response =
        broken.send("POST", "/api/v1/recommendations/" + broken.first() + "/decisions", DECISION);

    assertThat(response.status()).isEqualTo(503);
    assertThat(broken.failures)
        .singleElement()
        .extracting(Throwable::getMessage)
        .isEqualTo("no broker");
  }

  @Test
  void aPageThatIsKnownIsNotSentAgain() {
    Response first = readOnly.get("/");
    Response again = readOnly.with("if-none-match", first.headers().get("ETag")).get("/");

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(readOnly.get("/why-not").status()).isEqualTo(200);
  }

  @Test
  void aPageWithTheSecretOfASessionIsNeverKept() {
    assertThat(visits.get("/").headers()).containsEntry("Cache-Control", "no-cache");
    assertThat(visits.loggedIn().get("/").headers())
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("Content-Encoding", "identity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "POST"})
  void otherMethodsAreRefused(String method) {
    assertThat(readOnly.send(method, "/why-not", "").status()).isEqualTo(405);
  }

  private Response decideByApi(String body) {
    return visits.send("POST", api(), body);
  }

  private String api() {
    return "/api/v1/recommendations/" + visits.first() + "/decisions";
  }

  private static Response accept(Visits by, String csrf) {
    return by.post(
        "/recommendations/" + by.first() + "/decisions", Map.of("csrf", csrf, "action", "accept"));
  }
}
