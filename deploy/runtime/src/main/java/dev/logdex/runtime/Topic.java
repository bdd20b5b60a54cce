package dev.logdex.runtime;

import java.util.Map;

/**
 * The topics through which the stages meet, with the settings that Logdex creates them with.
 *
 * <p>Every topic is stamped with the broker's append time: log lines and windows carry their own
 * event time, and a log from last year must not be deleted by retention as soon as it is replayed.
 */
public enum Topic {
  /** Raw log lines as shipped, one or several per record; key = source. */
  LOGS("logs", 6, "delete", 3, 8_388_608),
  /** A record per database, fingerprint and window; the newest of a key replaces older ones. */
  QUERY_WINDOWS("query-windows", 6, "compact,delete", 8, 1_048_576),
  /** The newest analysis of each table; key = database/schema.table. */
  TABLE_ANALYSES("table-analyses", 1, "compact", Topic.FOREVER, 8_388_608),
  /** CloudEvents, one per state change; key = recommendation id. */
  RECOMMENDATIONS("recommendations", 1, "compact", Topic.FOREVER, 1_048_576),
  /** Decisions about recommendations on their way in; key = recommendation id. */
  RECOMMENDATION_COMMANDS("recommendation-commands", 1, "delete", 30, 1_048_576),
  /** How often advice has won and lost lately, per table: the recommender's own. */
  RECOMMENDER_STATE("recommender-state", 1, "compact", Topic.FOREVER, 1_048_576),
  /** What could not be understood, with its reason and its place; holds users' SQL. */
  DEAD_LETTERS("dead-letters", 1, "delete", 3, 1_048_576);

  /** The prefix that topic names have unless configured otherwise. */
  public static final String DEFAULT_PREFIX = "logdex.";

  private static final int FOREVER = -1;
  private static final long DAY_MS = 24L * 60 * 60 * 1000;

  private final String suffix;
  private final int partitions;
  private final String cleanupPolicy;
  private final int retentionDays;
  private final int maxMessageBytes;

  Topic(
      String suffix, int partitions, String cleanupPolicy, int retentionDays, int maxMessageBytes) {
    this.suffix = suffix;
    this.partitions = partitions;
    this.cleanupPolicy = cleanupPolicy;
    this.retentionDays = retentionDays;
    this.maxMessageBytes = maxMessageBytes;
  }

  /** The topic's name under a prefix, such as {@code logdex.}; the prefix is used as it is. */
  public String named(String prefix) {
    return prefix + suffix;
  }

  /** Partitions that the topic is created with; a topic that exists keeps what it has. */
  public int partitions() {
    return partitions;
  }

  /** Largest record that the topic takes, in bytes; the clients that write it must allow it too. */
  public int maxMessageBytes() {
    return maxMessageBytes;
  }

  /** Settings that the topic is created with, by Kafka's names. */
  public Map<String, String> settings() {
    return Map.of(
        "cleanup.policy",
        cleanupPolicy,
        "retention.ms",
        Long.toString(retentionDays == FOREVER ? FOREVER : retentionDays * DAY_MS),
        "max.message.bytes",
        Integer.toString(maxMessageBytes),
        "message.timestamp.type",
        "LogAppendTime");
  }
}
