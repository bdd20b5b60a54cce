package dev.logdex.recommender.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationCommand.Action;
import dev.logdex.recommender.page.SampleFindings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser that runs no script. Pictures of it are kept in the target folder. */
class PageBrowserIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path PICTURES = Path.of("target", "page");

  private final SampleFindings findings = SampleFindings.shop();

  @TempDir private Path profile;

  private PageServer server;
  private Browser browser;

  @BeforeEach
  void open() throws Exception {
    Path chromium = program("IT_CHROMIUM", "/usr/bin/chromium", "/usr/bin/google-chrome");
    Path driver = program("IT_CHROMEDRIVER", "/usr/bin/chromedriver");
    server =
        PageServer.open(
            new PageConfig(0, "127.0.0.1", List.of(), new Token(Visits.TOKEN)),
            findings,
            findings,
            InstantSource.system(),
            failure -> {
              throw new AssertionError(failure);
            });
    browser = Browser.start(chromium, driver, profile);
    browser.withoutScripts();
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void somebodyLogsInAndAcceptsOneAndDismissesAnother() {
    String accepted = id("Add an index on public.orders (customer_id, placed_at)");
    String dismissed = id("Add an index on public.order_lines (order_id)");

    open("/");
    browser.click(".access a");
    browser.type("input[name=token]", "not the right token");
    browser.click("main button");
    shows(".problem", "That is not the token.");
    browser.type("input[name=token]", Visits.TOKEN);
    browser.click("main button");
    shows(".access button", "Log out");

    browser.click("a[href='/recommendations/" + accepted + "']");
    browser.click(".accept summary");
    browser.click(".accept button");
    awaitTaken(1);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> browser.text(".notice").startsWith("Your decision (accept) is on its way"));

    open("/recommendations/" + dismissed);
    browser.click(".dismiss summary");
    browser.type(".dismiss input[name=reason]", "Moves to an archive <b>soon</b>");
    browser.type(".dismiss input[name=until]", "01312027");
    browser.type(".dismiss input[name=by]", "Ada");
    browser.click(".dismiss button");
    awaitTaken(2);
    open("/recommendations/" + dismissed);

    assertThat(browser.text("h1 + .meta .state")).isEqualTo("dismissed");
    assertThat(browser.text("#state"))
        .contains("Moves to an archive <b>soon</b>, by Ada, until 2027-01-31");
    open("/recommendations/" + accepted);
    assertThat(browser.text("h1 + .meta .state")).isEqualTo("accepted");
    assertThat(findings.taken())
        .containsExactly(
            new RecommendationCommand(accepted, Action.ACCEPT, "", "", null),
            new RecommendationCommand(
                dismissed,
                Action.DISMISS,
                "Moves to an archive <b>soon</b>",
                "Ada",
                Instant.parse("2027-01-31T00:00:00Z")));
    browser.click(".access button");
    shows(".access", "Log in");
  }

  /** A form's answer is a page of its own, which may take a moment. */
  private void shows(String css, String text) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(browser.text(css)).isEqualTo(text));
  }

  private void awaitTaken(int decisions) {
    await().atMost(PATIENCE).until(() -> findings.taken().size() == decisions);
  }

  @ParameterizedTest
  @CsvSource({
    "phone-light, 390, true, light",
    "phone-dark, 390, true, dark",
    "desktop-light, 1280, false, light",
    "desktop-dark, 1280, false, dark"
  })
  void noPageIsWiderThanTheWindow(String name, int width, boolean phone, String scheme)
      throws Exception {
    String advice = id("Add an index on public.orders (customer_id, placed_at)");
    browser.size(width, 844, phone);
    browser.prefer(scheme);

    for (String page :
        List.of(
            "/",
            "/login",
            "/nothing",
            "/databases/shop",
            "/tables/shop/public.orders",
            "/tables/shop/public.events",
            "/recommendations/" + advice,
            "/why-not")) {
      open(page);
      if (page.endsWith(advice)) {
        browser.click(".plans summary");
      }
      String file = page.equals("/") ? "overview" : page.split("/", -1)[1];
      browser.picture(
          PICTURES.resolve(name + "-" + file + (page.endsWith("events") ? "-wide" : "") + ".png"),
          width,
          phone ? 1_400 : 1_100);
      assertThat(browser.pageWidth()).as(page).isEqualTo(width);
    }
  }

  private void open(String path) {
    browser.open("http://127.0.0.1:" + server.port() + path);
  }

  private String id(String title) {
    return findings.recommendations().stream()
        .filter(told -> told.data().title().equals(title))
        .findFirst()
        .orElseThrow()
        .data()
        .id();
  }

  private static Path program(String variable, String... usual) {
    String given = System.getenv(variable);
    Optional<Path> program =
        Stream.of(given == null ? usual : new String[] {given})
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        program.isPresent(),
        () ->
            "the page is not tested in a browser: there is no "
                + String.join(" or ", usual)
                + "; install chromium and chromium-driver, or set "
                + variable);
    return program.orElseThrow();
  }
}
