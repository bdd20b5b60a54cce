package dev.logdex.recommender;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.http.PageServer;
import dev.logdex.recommender.kafka.CommandSender;
import dev.logdex.recommender.kafka.RecommendationFlow;
import dev.logdex.recommender.kafka.RecommenderMetrics;
import dev.logdex.recommender.lifecycle.Archive;
import dev.logdex.recommender.lifecycle.Ledger;
import dev.logdex.recommender.lifecycle.Lifecycle;
import dev.logdex.recommender.lifecycle.Snapshot;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.selection.TableSelector;
import dev.logdex.recommender.upkeep.OtherAdvice;
import dev.logdex.recommender.whynot.Verdicts;
import dev.logdex.recommender.whynot.WhyNot;
import dev.logdex.runtime.Stage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recommender stage: reads table analyses and keeps the recommendations topic up to date. It is
 * started once.
 */
public final class Recommender implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(Recommender.class);
  private static final Duration GRACE = Duration.ofSeconds(4);
  private static final Duration USAGE_PATIENCE = Duration.ofMinutes(2);

  private final RecommenderMetrics metrics = new RecommenderMetrics(this::snapshot);
  private final RecommenderConfig config;
  private final InstantSource clock;
  private final Archive archive;
  private final CommandSender commands;
  private final UsageReader usage;
  private final RecommendationFlow flow;
  private final Thread worker;
  private @Nullable PageServer page;
  private volatile Snapshot snapshot = Snapshot.EMPTY;
  private volatile @Nullable Throwable failure;

  /**
   * A stage that is not started.
   *
   * @param clock by which the sessions of its page end; nothing else depends on it
   */
  public Recommender(RecommenderConfig config, InstantSource clock) {
    this.config = requireNonNull(config, "config");
    this.clock = requireNonNull(clock, "clock");
    archive = new Archive(config.archiveBytes());
    commands = new CommandSender(config.kafkaClient(), config.topicPrefix());
    usage = new UsageReader(config.usageSources(), config.usageInterval());
    flow =
        new RecommendationFlow(
            config.kafkaClient(), config.topicPrefix(), this::ledger, now -> snapshot = now);
    worker = new Thread(this::work, "recommender");
  }

  /** The consumer group whose committed offsets on table-analyses tell how far the stage is. */
  public static String group(String topicPrefix) {
    return RecommendationFlow.group(topicPrefix);
  }

  /**
   * Begins to work, and serves the page where one is configured.
   *
   * @throws java.io.UncheckedIOException when the page's port cannot be had
   */
  @Override
  public void start() {
    if (config.page().port() >= 0) {
      PageServer server =
          PageServer.open(
              config.page(),
              new StandingFindings(
                  this::snapshot,
                  archive,
                  new TableSelector(config.selectors(), config.thresholds())),
              commands,
              clock,
              failed -> LOG.error("the page could not answer", failed));
      page = server;
      LOG.info("the page is at http://{}:{}/", config.page().address(), server.port());
    }
    metrics.show();
    worker.start();
  }

  /** The port of the page; nothing when none is served. */
  public OptionalInt pagePort() {
    PageServer server = page;
    return server == null ? OptionalInt.empty() : OptionalInt.of(server.port());
  }

  /** The recommendations that stand, proposed or updated, largest saving first; for any thread. */
  public List<Recommendation> current() {
    return snapshot.current();
  }

  /** The statements that got nothing, by database and most calls first; for any thread. */
  public List<WhyNot> whyNot() {
    return snapshot.whyNot();
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** Waits until the stage has ended, by {@link #close} or by failure. */
  void awaitEnd() throws InterruptedException {
    worker.join();
  }

  @Override
  public void close() {
    PageServer server = page;
    if (server != null) {
      server.close();
    }
    flow.close();
    try {
      worker.join(GRACE.toMillis());
      // it still waits for a broker that is out of reach
      worker.interrupt();
      worker.join();
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
    }
    commands.close();
    usage.close();
    metrics.hide();
  }

  private Snapshot snapshot() {
    return snapshot;
  }

  private void work() {
    try {
      usage.start();
      usage.awaitFirst(USAGE_PATIENCE);
      flow.run();
    } catch (Throwable e) { // kept for whoever supervises the stage
      failure = e;
    }
  }

  /** What it knows it has from the beginning of the topics. */
  private Ledger ledger() {
    archive.clear();
    return new Ledger(
        new Advisor(config.selectors(), config.thresholds(), config.limits()),
        new OtherAdvice(config.upkeep()),
        usage::current,
        new Verdicts(config.thresholds()),
        new Lifecycle(config.eventSource(), config.savingChange(), config.hysteresis()),
        archive,
        config.budget());
  }
}
