package dev.logdex.deploy;

import dev.logdex.analyzer.Analyzer;
import dev.logdex.analyzer.AnalyzerConfig;
import dev.logdex.deploy.demo.Shop;
import dev.logdex.deploy.demo.ShopTraffic;
import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.normalizer.Normalizer;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.recommender.Recommender;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Stage;
import dev.logdex.runtime.Topic;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The shop at work with all stages live, and what they publish meanwhile. */
final class DemoRun {
  /** So that something is to be seen while the shop is open, and not after the first minute. */
  private static final Map<String, String> NORMALIZER =
      Map.of("window.size", "PT10S", "window.grace", "PT1S", "quiet.time", "PT1S");

  /** Figures that grow while the shop is open are no news. */
  private static final String SAVING_CHANGE = "1000";

  private static final int TOKEN_BYTES = 12;

  private final OpenParts parts;
  private final Terminal terminal;
  private final Shop shop;
  private final String broker;
  private final String token = newToken();
  private final Pipeline pipeline;
  private final AdviceReport report;
  private final TopicReader<DeadLetter> letters;
  private final DemoPrinter printer;
  private final boolean json;
  private final Normalizer normalizer;
  private final Analyzer analyzer;
  private final Recommender recommender;

  private DemoRun(OpenParts parts, Terminal terminal, String broker, Shop shop, Printing printing) {
    this.parts = parts;
    this.terminal = terminal;
    this.shop = shop;
    this.broker = broker;
    this.json = printing.json();
    this.pipeline =
        Pipeline.open(parts, Map.of(Settings.BOOTSTRAP_SERVERS, broker), new PrintingTicker());
    this.report = new AdviceReport(terminal, pipeline);
    this.letters = pipeline.reader(Topic.DEAD_LETTERS, DeadLetter.class);
    this.printer =
        new DemoPrinter(
            terminal,
            pipeline.reader(Topic.RECOMMENDATIONS, RecommendationEvent.class),
            printing.json(),
            printing.elapsed());
    this.normalizer = pipeline.startNormalizer(NORMALIZER);
    this.analyzer = pipeline.startAnalyzer(analyzerSettings(shop));
    this.recommender =
        pipeline.startRecommender(
            Map.of("saving.change", SAVING_CHANGE, "page.port", "0", "page.token", token));
  }

  /** A demo's page is open to whoever runs it, and to nobody else. */
  private static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * How to print recommendations.
   *
   * @param elapsed tells how long the demo has run, for a person
   */
  record Printing(boolean json, Supplier<String> elapsed) {}

  /** Starts the stages; nothing reaches them before {@link #work}. */
  static DemoRun start(
      OpenParts parts, Terminal terminal, String broker, Shop shop, Printing printing) {
    return new DemoRun(parts, terminal, broker, shop, printing);
  }

  /**
   * Opens the shop for a while, feeds its server's log in as it is written, and waits until the
   * stages have dealt with all of it.
   *
   * @return what visitors have done
   */
  long work(Path serverLog, Duration open) throws SQLException {
    LogFollower follower = parts.add(LogFollower.start(pipeline.shipping(), serverLog, "shop"));
    ShopTraffic traffic = parts.add(ShopTraffic.start(shop.url()));
    long closing = System.nanoTime() + open.toNanos();
    while (System.nanoTime() < closing && traffic.failure().isEmpty()) {
      List.<Stage>of(normalizer, analyzer, recommender).forEach(CatchUp::throwFailure);
      terminal.status("the shop is open: " + Amounts.count(traffic.steps(), "visit", "visits"));
      printer.poll();
    }
    parts.close(traffic);
    if (traffic.failure().isPresent()) {
      throw traffic.failure().get();
    }
    follower.finish();
    pipeline.await(normalizer);
    pipeline.await(analyzer);
    pipeline.await(recommender);
    printer.readToEnd();
    return traffic.steps();
  }

  /** Prints how many recommendations there are, and why the other statements got none. */
  void summarise() {
    printer.summarise();
    report.printRest(recommender, letters, json);
  }

  /** Commands that show what is on the topics and in the databases. */
  List<String> waysToLookFurther() {
    return List.of(
        "  http://127.0.0.1:"
            + recommender.pagePort().orElse(-1)
            + "/  (to decide, log in with "
            + token
            + ")",
        "  kcat -b " + broker + " -L",
        "  kcat -b " + broker + " -C -e -o beginning -t " + pipeline.topic(Topic.RECOMMENDATIONS),
        "  psql '" + shop.url().substring("jdbc:".length()) + "'");
  }

  /** Prints what is still published, until the process is told to end. */
  void stay() {
    while (!OpenParts.isProcessEnding()) {
      printer.poll();
    }
  }

  private static Map<String, String> analyzerSettings(Shop shop) {
    return Map.of(
        AnalyzerConfig.DATABASES,
        shop.database() + "=" + shop.copyAddress(),
        AnalyzerConfig.DISPOSABLE_COPIES,
        shop.database());
  }

  /** Prints what is published while a stage is waited for. */
  private final class PrintingTicker implements CatchUp.Ticker {
    @Override
    public void tick(String doing) {
      terminal.status(doing);
      printer.poll();
    }

    @Override
    public void done() {
      terminal.clearStatus();
    }
  }
}
