package dev.logdex.analyzer;

import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.kafka.AnalysisWriter;
import dev.logdex.analyzer.kafka.PublishedAnalyses;
import dev.logdex.analyzer.kafka.WindowReader;
import dev.logdex.analyzer.postgres.DatabasePool;
import dev.logdex.analyzer.postgres.PostgresDatabase;
import dev.logdex.analyzer.round.Assignment;
import dev.logdex.analyzer.round.Fitting;
import dev.logdex.analyzer.round.HoldingBack;
import dev.logdex.analyzer.round.News;
import dev.logdex.analyzer.round.RoundSchedule;
import dev.logdex.analyzer.whatif.DatabaseAnalyser;
import dev.logdex.analyzer.whatif.DatabaseAnalysis;
import dev.logdex.analyzer.whatif.DatabaseUnavailableException;
import dev.logdex.analyzer.whatif.WhatIfMemory;
import dev.logdex.analyzer.workload.WindowFold;
import dev.logdex.analyzer.workload.Workload;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.runtime.Stage;
import dev.logdex.runtime.Topic;
import dev.logdex.runtime.TopicAdmin;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The analyzer as a stage: reads query windows, and round by round publishes what has changed in
 * the analyses of tables. An offset that the group {@code <prefix>analyzer} has committed means
 * that the windows before it have been analysed and published. One analyzer runs per topic prefix;
 * a second one ends the first.
 */
public final class Analyzer implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(Analyzer.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration RECONNECT = Duration.ofSeconds(2);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Duration CLOSE_AFTER_INTERRUPT = Duration.ofSeconds(10);
  private static final News NO_NEWS = new News(Map.of(), List.of());
  private static final int RECORD_OVERHEAD_BYTES = 4096;

  /** The least and the most selective samples are found by planning more than are kept. */
  private static final int SAMPLES_PLANNED_PER_CHOSEN = 3;

  /** Rounds, half a minute in all, in which locked tables are waited for before that is told. */
  private static final int PATIENCE_WITH_LOCKS = 5;

  private final AnalyzerConfig config;
  private final LongSupplier nanoTime;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, WhatIfMemory> memories = new HashMap<>();
  private final Thread thread = new Thread(this::run, "logdex-analyzer");
  private volatile @Nullable WindowReader reading;
  private volatile @Nullable DatabasePool planning;
  private volatile @Nullable Throwable failure;

  public Analyzer(AnalyzerConfig config) {
    this(config, System::nanoTime);
  }

  Analyzer(AnalyzerConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.nanoTime = nanoTime;
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() {
    closing.countDown();
    WindowReader reader = reading;
    if (reader != null) {
      reader.wakeUp();
    }
    DatabasePool database = planning;
    if (database != null) {
      database.abort();
    }
    try {
      thread.join(CLOSE.toMillis());
      // what waits for an absent broker hears nothing else
      thread.interrupt();
      thread.join(CLOSE_AFTER_INTERRUPT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOpen() {
    return closing.getCount() > 0;
  }

  private void run() {
    try {
      while (isOpen()) {
        connectAndWork();
      }
    } catch (RuntimeException | Error e) { // whatever ends the thread is told by failure()
      failure = e;
      LOG.error("the analyzer has ended", e);
    }
  }

  private void connectAndWork() {
    try {
      TopicAdmin.createMissing(config.kafkaClient(), config.topicPrefix());
      work();
    } catch (WakeupException e) {
      // close() asks for it
    } catch (KafkaException e) {
      if (isFinal(e)) {
        throw e;
      }
      if (!isOpen()) {
        return;
      }
      LOG.warn("Kafka: {}; trying again in {}", e.toString(), RECONNECT);
      pause(RECONNECT);
    }
  }

  private static boolean isFinal(KafkaException error) {
    return error instanceof ProducerFencedException
        || error instanceof AuthorizationException
        || error instanceof AuthenticationException
        || error instanceof InvalidConfigurationException
        || error instanceof UnsupportedVersionException;
  }

  private void pause(Duration duration) {
    try {
      if (closing.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("closing while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  private void work() {
    try (AnalysisWriter writer = AnalysisWriter.open(config.kafkaClient(), config.topicPrefix());
        WindowReader reader = WindowReader.open(config.kafkaClient(), config.topicPrefix())) {
      Map<String, Analysis> published =
          PublishedAnalyses.read(config.kafkaClient(), config.topicPrefix(), this::isOpen);
      reading = reader;
      new Work(reader, writer, published).loop();
    } finally {
      reading = null;
    }
  }

  /** One connection's worth of rounds, with the state that was read through it. */
  private final class Work implements WindowReader.Receiver {
    private final WindowReader reader;
    private final AnalysisWriter writer;
    private final Map<String, Analysis> published;
    private final RoundSchedule schedule =
        new RoundSchedule(config.roundSettle(), config.roundMaxDelay());
    private final WindowFold fold =
        new WindowFold(
            config.lookBack(),
            config.limits().samples() * SAMPLES_PLANNED_PER_CHOSEN,
            config.limits().statements());
    private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
    private int roundsWithLocks;

    private Work(WindowReader reader, AnalysisWriter writer, Map<String, Analysis> published) {
      this.reader = reader;
      this.writer = writer;
      this.published = new TreeMap<>(published);
    }

    @Override
    public void window(QueryWindow window) {
      AnalyzerMetrics.WINDOWS.inc();
      fold.add(window);
      schedule.windowCame(nanoTime.getAsLong());
    }

    @Override
    public void unreadable(String place) {
      AnalyzerMetrics.UNREADABLE.inc();
      LOG.warn("{} is no query window; it is passed over", place);
    }

    private void loop() {
      while (isOpen()) {
        reader.poll(POLL, this);
        // the broker is asked for the topic's end only when something depends on it
        if (schedule.isPending()) {
          if (schedule.isDue(nanoTime.getAsLong(), reader.caughtUp())) {
            round();
          }
        } else if (!reader.positions().equals(committed) && reader.caughtUp()) {
          commit(NO_NEWS, reader.positions());
        }
      }
    }

    private void round() {
      Map<TopicPartition, OffsetAndMetadata> positions = reader.positions();
      Workload workload = fold.workload();
      AnalyzerMetrics.STATEMENTS.set(workload.statements().size());
      AnalyzerMetrics.STATEMENTS_LEFT_OUT.set(workload.leftOut());
      Set<String> untouched = new HashSet<>();
      Map<String, DatabaseAnalysis> analysed = analyse(workload, untouched);
      if (!isOpen()) {
        return;
      }
      boolean locked = holdBack(analysed);
      News news = News.of(published, analysed, untouched);
      boolean complete = untouched.isEmpty() && !locked;
      AnalyzerMetrics.DATABASES_WAITING.set(untouched.size());
      commit(news, complete ? positions : Map.of());
      AnalyzerMetrics.ROUNDS.labels(complete ? "complete" : "incomplete").inc();
      if (complete) {
        schedule.done();
      } else {
        Duration delay = schedule.retry(nanoTime.getAsLong());
        if (!untouched.isEmpty()) {
          LOG.warn("{} could not be analysed; trying again in {}", untouched, delay);
        }
      }
    }

    /**
     * Takes out of the analyses what a lock has made incomplete, unless that has been done often
     * enough: who holds a lock for long must not hold up what others wait for.
     *
     * @return whether anything is to be tried again
     */
    private boolean holdBack(Map<String, DatabaseAnalysis> analysed) {
      Set<String> waiting = new TreeSet<>();
      analysed.forEach(
          (name, analysis) -> analysis.waiting().forEach(each -> waiting.add(name + "/" + each)));
      AnalyzerMetrics.WAITING_FOR_LOCKS.set(waiting.size());
      if (waiting.isEmpty()) {
        roundsWithLocks = 0;
        return false;
      }
      LOG.warn("locked tables keep {} waiting, among them {}", waiting.size(), first(waiting));
      if (roundsWithLocks >= PATIENCE_WITH_LOCKS) {
        return false;
      }
      roundsWithLocks++;
      analysed.replaceAll(
          (name, analysis) ->
              analysis.waiting().isEmpty() ? analysis : HoldingBack.of(analysis, name, published));
      return true;
    }

    /** Publishes what is new and how far it reaches, if either has changed. */
    private void commit(News news, Map<TopicPartition, OffsetAndMetadata> positions) {
      Map<String, @Nullable Analysis> fitting = fitting(news);
      Map<TopicPartition, OffsetAndMetadata> progress =
          positions.equals(committed) ? Map.of() : positions;
      writer.publish(new AnalysisWriter.Round(fitting, news.deadLetters(), progress), reader);
      fitting.forEach(this::nowPublished);
      committed = progress.isEmpty() ? committed : progress;
      AnalyzerMetrics.PUBLISHED.inc(fitting.size());
      news.deadLetters()
          .forEach(letter -> AnalyzerMetrics.DEAD_LETTERS.labels(letter.reason().name()).inc());
    }

    private void nowPublished(String key, @Nullable Analysis analysis) {
      if (analysis == null) {
        published.remove(key);
      } else {
        published.put(key, analysis);
      }
    }
  }

  private static List<String> first(Set<String> names) {
    return names.stream().limit(5).toList();
  }

  private static Map<String, @Nullable Analysis> fitting(News news) {
    int bytes = Topic.TABLE_ANALYSES.maxMessageBytes() - RECORD_OVERHEAD_BYTES;
    Map<String, @Nullable Analysis> fitting = new TreeMap<>();
    news.analyses()
        .forEach(
            (key, analysis) -> {
              Optional<Analysis> fit =
                  analysis == null ? Optional.empty() : Fitting.fit(analysis, bytes);
              if (analysis != null && fit.isEmpty()) {
                AnalyzerMetrics.TOO_LARGE.inc();
                LOG.error("the analysis of {} does not fit into {} bytes", key, bytes);
              } else {
                fitting.put(key, fit.orElse(null));
              }
            });
    return fitting;
  }

  private Map<String, DatabaseAnalysis> analyse(Workload workload, Set<String> untouched) {
    Assignment assignment = Assignment.of(workload, config.databases(), config.searchPaths());
    Map<String, DatabaseAnalysis> analysed = new TreeMap<>(assignment.unmapped());
    assignment
        .byTarget()
        .forEach(
            (name, share) -> {
              try {
                analysed.put(name, analyse(name, share, workload));
              } catch (DatabaseUnavailableException e) {
                LOG.warn("{}: {}", name, e.getMessage());
                untouched.add(name);
              }
            });
    return analysed;
  }

  private DatabaseAnalysis analyse(String name, Assignment.Share share, Workload workload) {
    DatabaseAddress address = share.address();
    int sessions = config.limits().sessions();
    try (DatabasePool database =
        new DatabasePool(
            sessions,
            () -> new PostgresDatabase(address, config.timeouts(), config.buildsOn(address)))) {
      planning = database;
      if (!isOpen()) {
        throw new DatabaseUnavailableException("the analyzer is being closed");
      }
      WhatIfMemory memory =
          memories.computeIfAbsent(
              address.toString(),
              unseen ->
                  new WhatIfMemory(
                      config.limits().whatIfsRemembered(), config.limits().planBytesRemembered()));
      return new DatabaseAnalyser(
              database,
              name,
              memory,
              new DatabaseAnalyser.Limits(
                  config.limits().smallTableRows(),
                  config.limits().candidates(),
                  config.limits().samples(),
                  config.limits().whatIfTime(),
                  config.filter()),
              sessions)
          .analyse(share.statements(), workload.to());
    } finally {
      planning = null;
    }
  }
}
