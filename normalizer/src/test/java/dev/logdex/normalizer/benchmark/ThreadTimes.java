package dev.logdex.normalizer.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time of an application's own threads: stream threads, senders of its producers, heartbeats of
 * its consumers. The broker's threads, the collector's and the compiler's do not count.
 */
final class ThreadTimes {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double NANOS_PER_SECOND = 1e9;

  private ThreadTimes() {}

  /** Seconds by kind of thread, of the threads that now live and whose name has that in it. */
  static Map<String, Double> seconds(String applicationId) {
    Map<String, Double> seconds = new TreeMap<>();
    for (long id : THREADS.getAllThreadIds()) {
      ThreadInfo thread = THREADS.getThreadInfo(id);
      long nanos = THREADS.getThreadCpuTime(id);
      if (thread != null && nanos > 0 && thread.getThreadName().contains(applicationId)) {
        seconds.merge(kind(thread.getThreadName()), nanos / NANOS_PER_SECOND, Double::sum);
      }
    }
    return seconds;
  }

  static double sum(Map<String, Double> seconds) {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static String kind(String name) {
    if (name.contains("producer")) {
      return "producer";
    }
    if (name.contains("heartbeat")) {
      return "heartbeat";
    }
    if (name.contains("admin")) {
      return "admin";
    }
    return name.contains("StateUpdater") ? "updater" : "stream";
  }
}
