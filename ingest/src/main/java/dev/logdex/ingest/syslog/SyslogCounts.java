package dev.logdex.ingest.syslog;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What happened at the syslog listeners since they were opened. For use by any thread. */
public final class SyslogCounts {
  final AtomicInteger openConnections = new AtomicInteger();
  final LongAdder connections = new LongAdder();
  final LongAdder refusedConnections = new LongAdder();
  final LongAdder stalledConnections = new LongAdder();
  final LongAdder failedConnections = new LongAdder();
  final LongAdder messages = new LongAdder();
  final LongAdder bytes = new LongAdder();
  final LongAdder cutMessages = new LongAdder();
  final LongAdder cutBytes = new LongAdder();
  final LongAdder unfinishedMessages = new LongAdder();
  final LongAdder datagrams = new LongAdder();
  final LongAdder droppedDatagrams = new LongAdder();
  final LongAdder heldNanos = new LongAdder();

  SyslogCounts() {}

  /** Connections that are open now. */
  public int openConnections() {
    return openConnections.get();
  }

  /** Connections that were taken. */
  public long connections() {
    return connections.sum();
  }

  /** Connections that were closed at once, being one too many. */
  public long refusedConnections() {
    return refusedConnections.sum();
  }

  /** Connections that were closed because a message they had begun did not go on. */
  public long stalledConnections() {
    return stalledConnections.sum();
  }

  /** Connections that ended by an error, such as a failed TLS handshake. */
  public long failedConnections() {
    return failedConnections.sum();
  }

  /** Messages that were taken, of datagrams too. */
  public long messages() {
    return messages.sum();
  }

  /** Bytes of the messages that were taken. */
  public long bytes() {
    return bytes.sum();
  }

  /** Messages of which only the beginning was taken. */
  public long cutMessages() {
    return cutMessages.sum();
  }

  /** Bytes of cut messages that were not taken. */
  public long cutBytes() {
    return cutBytes.sum();
  }

  /** Messages that were dropped because their connection ended before their announced length. */
  public long unfinishedMessages() {
    return unfinishedMessages.sum();
  }

  /** Datagrams that came. */
  public long datagrams() {
    return datagrams.sum();
  }

  /** Datagrams that were dropped for want of room. */
  public long droppedDatagrams() {
    return droppedDatagrams.sum();
  }

  /** Time that connections were not read from for want of room, of all connections together. */
  public double heldSeconds() {
    return heldNanos.sum() / 1e9;
  }
}
