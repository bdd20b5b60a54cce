package dev.logdex.ingest;

import static java.util.Objects.requireNonNull;

import dev.logdex.ingest.http.HttpDrain;
import dev.logdex.ingest.http.HttpSettings;
import dev.logdex.ingest.kafka.KafkaOutlet;
import dev.logdex.ingest.outlet.LinePacker;
import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.spool.SpoolCounts;
import dev.logdex.ingest.outlet.spool.SpoolOptions;
import dev.logdex.ingest.outlet.spool.SpoolingOutlet;
import dev.logdex.ingest.syslog.SyslogCounts;
import dev.logdex.ingest.syslog.SyslogServer;
import dev.logdex.ingest.tail.FileTailer;
import dev.logdex.ingest.tail.LimitedOutlet;
import dev.logdex.ingest.tail.TailCounts;
import dev.logdex.runtime.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ingest stage when it stays: opens the ways in that are configured, all onto one outlet. It is
 * started once. Kafka need not be there when it starts.
 */
public final class IngestService implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(IngestService.class);

  /** Of the bytes that may wait for Kafka, files take one part of so many. */
  private static final int FILES_SHARE = 4;

  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);

  private final IngestConfig config;
  private final Clock clock;
  private final LossReport report = new LossReport(REPORT_INTERVAL);

  /** In the order of opening; closed the other way round, so that lines in hand still leave. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private volatile @Nullable FileTailer files;

  /**
   * A stage that is not started.
   *
   * @param clock tells senders that want to know when their lines were taken
   */
  public IngestService(IngestConfig config, Clock clock) {
    this.config = requireNonNull(config, "config");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Opens the outlet and the ways in.
   *
   * @throws java.io.UncheckedIOException when a port is taken, or another process follows the files
   * @throws IllegalArgumentException when a certificate cannot be used
   */
  @Override
  public void start() {
    try {
      KafkaOutlet kafka = opened(KafkaOutlet.open(config.shipper(), config.packing().bytesMax()));
      openWaysIn(config.spool().<LogOutlet>map(options -> openSpool(options, kafka)).orElse(kafka));
      // a request is answered when Kafka has its lines: the sender keeps them until then
      config.http().ifPresent(http -> openHttp(http, kafka));
      if (config.files().isOn()) {
        // files wait where they are: what is on disk need not be spooled
        openFiles(new LimitedOutlet(kafka, config.packing().bytesMax() / FILES_SHARE));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private LogOutlet openSpool(SpoolOptions options, LogOutlet kafka) {
    SpoolingOutlet outlet = opened(SpoolingOutlet.open(options, kafka));
    SpoolCounts counts = outlet.counts();
    SpoolMetrics metrics = new SpoolMetrics(counts);
    metrics.show();
    opened(metrics::hide);
    report
        .watch("records were kept on disk, Kafka being away", counts::written)
        .watch("times a record found the spool full", counts::refused)
        .watch(
            "files of the spool were damaged; a part of their records is lost",
            counts::damagedSegments)
        .watch("times the spool could not be written", counts::failedWrites)
        .watch("records from the spool were refused by Kafka, and are lost", counts::lost);
    LOG.info("{} bytes of lines lie in the spool in {}", counts.bytes(), options.folder());
    return outlet;
  }

  /** Every way in is opened here, with its part of the settings and the outlet. */
  private void openWaysIn(LogOutlet outlet) {
    if (config.syslog().isOn()) {
      openSyslog(outlet);
    }
  }

  private void openSyslog(LogOutlet outlet) {
    LinePacker packer = opened(new LinePacker(config.packing(), outlet));
    SyslogServer server = opened(SyslogServer.open(config.syslog(), packer));
    ListenerMetrics metrics = new ListenerMetrics(packer, server.counts());
    metrics.show();
    opened(metrics::hide);
    watch(server.counts(), packer);
    LOG.info(
        "listening for syslog on {}: tcp {}, tls {}, udp {} (-1 is off)",
        config.syslog().address(),
        server.tcpPort(),
        server.tlsPort(),
        server.udpPort());
  }

  private void openHttp(HttpSettings settings, LogOutlet outlet) {
    HttpDrain drain = opened(HttpDrain.open(settings, outlet, clock));
    LOG.info("listening for logs over HTTP on port {}", drain.port());
  }

  private void openFiles(LogOutlet outlet) {
    try {
      FileTailer tailer = opened(FileTailer.open(config.files(), outlet, LOG::warn));
      files = tailer;
      FileMetrics metrics = new FileMetrics(tailer::counts);
      metrics.show();
      opened(metrics::hide);
      LOG.info("following {}", config.files().patterns());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What came of following files; empty when none are followed. */
  public Optional<TailCounts> followed() {
    return Optional.ofNullable(files).map(FileTailer::counts);
  }

  private void watch(SyslogCounts counts, LinePacker packer) {
    report
        .watch("datagrams were dropped: Kafka does not keep up", counts::droppedDatagrams)
        .watch("syslog messages were cut at a limit", counts::cutMessages)
        .watch("syslog connections were refused: too many are open", counts::refusedConnections)
        .watch("syslog connections were closed: a message stood still", counts::stalledConnections)
        .watch(
            "records of syslog messages were refused by Kafka, and are lost", packer::lostParcels);
  }

  /** Waiting for a broker is no failure; that Kafka refuses lines of files for good is one. */
  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(files).flatMap(FileTailer::failure);
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.removeLast();
      try {
        part.close();
      } catch (Exception e) { // AutoCloseable declares no narrower type; the others must be closed
        LOG.warn("a way in did not close properly", e);
      }
    }
    report.close();
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.addLast(part);
    return part;
  }
}
