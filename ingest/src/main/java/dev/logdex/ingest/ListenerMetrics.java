package dev.logdex.ingest;

import dev.logdex.ingest.outlet.LinePacker;
import dev.logdex.ingest.syslog.SyslogCounts;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.List;

/** What the listeners count, in the JVM's default registry while they are open. */
final class ListenerMetrics extends Collector {
  private static final String PREFIX = "logdex_ingest_";

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
    List<MetricFamilySamples> found = new ArrayList<>();
    gauge(found, "syslog_open_connections", "Open connections.", syslog.openConnections());
    counter(found, "syslog_connections", "Connections taken.", syslog.connections());
    counter(
        found, "syslog_refused_connections", "Connections too many.", syslog.refusedConnections());
    counter(
        found,
        "syslog_stalled_connections",
        "Connections closed because a message stood still.",
        syslog.timedOutConnections());
    counter(
        found,
        "syslog_failed_connections",
        "Connections ended by an error, such as a failed TLS handshake.",
        syslog.failedConnections());
    counter(found, "syslog_messages", "Messages taken.", syslog.messages());
    counter(found, "syslog_bytes", "Bytes of messages taken.", syslog.bytes());
    counter(found, "syslog_cut_messages", "Messages cut at a limit.", syslog.cutMessages());
    counter(found, "syslog_cut_bytes", "Bytes of cut messages not taken.", syslog.cutBytes());
    counter(
        found,
        "syslog_unfinished_messages",
        "Counted messages whose connection ended before they did.",
        syslog.unfinishedMessages());
    counter(found, "syslog_datagrams", "Datagrams received.", syslog.datagrams());
    counter(
        found,
        "syslog_dropped_datagrams",
        "Datagrams dropped for want of room.",
        syslog.droppedDatagrams());
    counter(
        found,
        "syslog_held_seconds",
        "Seconds that connections were held back, of all together.",
        syslog.heldSeconds());
    gauge(found, "unsafe_bytes", "Bytes of lines not safe yet.", packer.room().used());
    counter(found, "lost_parcels", "Parcels that Kafka refused for good.", packer.lostParcels());
    counter(found, "lost_bytes", "Bytes of lines in those.", packer.lostBytes());
    return found;
  }

  private static void counter(
      List<MetricFamilySamples> found, String name, String help, double value) {
    found.add(family(name, Type.COUNTER, "_total", help, value));
  }

  private static void gauge(
      List<MetricFamilySamples> found, String name, String help, double value) {
    found.add(family(name, Type.GAUGE, "", help, value));
  }

  private static MetricFamilySamples family(
      String name, Type type, String suffix, String help, double value) {
    String full = PREFIX + name;
    return new MetricFamilySamples(
        full,
        type,
        help,
        List.of(new MetricFamilySamples.Sample(full + suffix, List.of(), List.of(), value)));
  }
}
