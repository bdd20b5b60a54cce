package dev.logdex.ingest;

import static java.util.Objects.requireNonNull;

import dev.logdex.ingest.kafka.KafkaOutlet;
import dev.logdex.ingest.outlet.LinePacker;
import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.syslog.SyslogServer;
import dev.logdex.ingest.tail.FileTailer;
import dev.logdex.ingest.tail.TailCounts;
import dev.logdex.runtime.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  private final IngestConfig config;

  /** In the order of opening; closed the other way round, so that lines in hand still leave. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private volatile @Nullable FileTailer files;

  public IngestService(IngestConfig config) {
    this.config = requireNonNull(config, "config");
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
      openWaysIn(opened(KafkaOutlet.open(config.shipper(), config.packing().bytesMax())));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Every way in is opened here, with its part of the settings and the outlet. */
  private void openWaysIn(LogOutlet outlet) {
    if (config.syslog().isOn()) {
      openSyslog(outlet);
    }
    if (config.files().isOn()) {
      openFiles(outlet);
    }
  }

  private void openSyslog(LogOutlet outlet) {
    LinePacker packer = opened(new LinePacker(config.packing(), outlet));
    SyslogServer server = opened(SyslogServer.open(config.syslog(), packer));
    ListenerMetrics metrics = new ListenerMetrics(packer, server.counts());
    metrics.show();
    opened(metrics::hide);
    LOG.info(
        "listening for syslog on {}: tcp {}, tls {}, udp {} (-1 is off)",
        config.syslog().address(),
        server.tcpPort(),
        server.tlsPort(),
        server.udpPort());
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

  /** Waiting for a broker is no failure, and nothing but a failure of Kafka's ends the ways in. */
  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(files).flatMap(FileTailer::failure);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      AutoCloseable part = open.removeLast();
      try {
        part.close();
      } catch (Exception e) { // AutoCloseable declares no narrower type; the others must be closed
        LOG.warn("a way in did not close properly", e);
      }
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.addLast(part);
    return part;
  }
}
