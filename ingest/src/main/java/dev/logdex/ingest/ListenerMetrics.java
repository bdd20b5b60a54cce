package dev.logdex.ingest;

import dev.logdex.ingest.outlet.LinePacker;
import dev.logdex.ingest.syslog.SyslogCounts;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.List;

/** What the syslog listeners count, in the JVM's default registry while they are open. */
final class ListenerMetrics extends Collector {
  private final LinePacker packer;
  private final SyslogCounts syslog;

  ListenerMetrics(LinePacker packer, SyslogCounts syslog) {
    this.packer = packer;
    this.syslog = syslog;
  }

  void show() {
    CollectorRegistry.defaultRegistry.register(this);
  }

  void hide() {
    CollectorRegistry.defaultRegistry.unregister(this);
  }

  @Override
  public List<MetricFamilySamples> collect() {
    Figures figures = new Figures("logdex_ingest_syslog_");
    connections(figures);
    messages(figures);
    return figures
        .gauge("unsafe_bytes", "Bytes of messages not safe yet.", packer.room().used())
        .counter("lost_records", "Records that Kafka refused for good.", packer.lostParcels())
        .counter("lost_bytes", "Bytes of messages in those.", packer.lostBytes())
        .families();
  }

  private void connections(Figures figures) {
    figures
        .gauge("open_connections", "Connections that are open.", syslog.openConnections())
        .counter("connections", "Connections taken.", syslog.connections())
        .counter(
            "refused_connections",
            "Connections closed at once, being too many.",
            syslog.refusedConnections())
        .counter(
            "stalled_connections",
            "Connections closed because a message stood still.",
            syslog.stalledConnections())
        .counter(
            "failed_connections",
            "Connections ended by an error, such as a failed TLS handshake.",
            syslog.failedConnections())
        .counter(
            "held_seconds",
            "Seconds that connections were held back, of all together.",
            syslog.heldSeconds());
  }

  private void messages(Figures figures) {
    figures
        .counter("messages", "Messages taken.", syslog.messages())
        .counter("bytes", "Bytes of messages taken.", syslog.bytes())
        .counter("cut_messages", "Messages cut at a limit.", syslog.cutMessages())
        .counter("cut_bytes", "Bytes of cut messages that were not taken.", syslog.cutBytes())
        .counter(
            "unfinished_messages",
            "Counted messages whose connection ended before they did.",
            syslog.unfinishedMessages())
        .counter("datagrams", "Datagrams received.", syslog.datagrams())
        .counter(
            "dropped_datagrams", "Datagrams dropped for want of room.", syslog.droppedDatagrams());
  }
}
