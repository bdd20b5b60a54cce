package dev.logdex.recommender;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.kafka.RecommendationFlow;
import dev.logdex.recommender.kafka.RecommenderMetrics;
import dev.logdex.recommender.lifecycle.Archive;
import dev.logdex.recommender.lifecycle.Ledger;
import dev.logdex.recommender.lifecycle.Lifecycle;
import dev.logdex.recommender.lifecycle.Snapshot;
import dev.logdex.recommender.recommendation.Advisor;
import dev.logdex.recommender.upkeep.OtherAdvice;
import dev.logdex.recommender.whynot.Verdicts;
import dev.logdex.recommender.whynot.WhyNot;
import dev.logdex.runtime.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recommender stage: reads table analyses and keeps the recommendations topic up to date. It is
 * started once.
 */
public final class Recommender implements Stage {
  private static final Duration GRACE = Duration.ofSeconds(4);
  private static final Duration USAGE_PATIENCE = Duration.ofMinutes(2);

  private final RecommenderMetrics metrics = new RecommenderMetrics(this::snapshot);
  private final UsageReader usage;
  private final RecommendationFlow flow;
  private final Thread worker;
  private volatile Snapshot snapshot = Snapshot.EMPTY;
  private volatile @Nullable Throwable failure;

  public Recommender(RecommenderConfig config) {
    requireNonNull(config, "config");
    usage = new UsageReader(config.usageSources(), config.usageInterval());
    flow =
        new RecommendationFlow(
            config.kafkaClient(),
            config.topicPrefix(),
            () -> ledger(config),
            now -> snapshot = now);
    worker = new Thread(this::work, "recommender");
  }

  /** The consumer group whose committed offsets on table-analyses tell how far the stage is. */
  public static String group(String topicPrefix) {
    return RecommendationFlow.group(topicPrefix);
  }

  @Override
  public void start() {
    metrics.show();
    worker.start();
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

  private Ledger ledger(RecommenderConfig config) {
    return new Ledger(
        new Advisor(config.selectors(), config.thresholds(), config.limits()),
        new OtherAdvice(config.upkeep()),
        usage::current,
        new Verdicts(config.thresholds()),
        new Lifecycle(config.eventSource(), config.savingChange(), config.hysteresis()),
        new Archive(config.archiveBytes()),
        config.budget());
  }
}
