package dev.logdex.ingest.kafka;

import static java.util.Objects.requireNonNull;

import dev.logdex.ingest.logfile.BlockLimits;
import java.time.Duration;
import java.util.Map;

/**
 * How logs are shipped.
 *
 * @param kafkaClient what the producer is opened with
 * @param followInterval how often a followed file is looked at
 * @param followQuietTime how long a followed file must not grow until its last entry is taken as
 *     complete
 */
public record ShipperSettings(
    Map<String, Object> kafkaClient,
    String topicPrefix,
    BlockLimits limits,
    String compression,
    Duration followInterval,
    Duration followQuietTime) {
  public ShipperSettings {
    kafkaClient = Map.copyOf(kafkaClient);
    requireNonNull(topicPrefix, "topicPrefix");
    requireNonNull(limits, "limits");
    requireNonNull(compression, "compression");
    requireNonNull(followInterval, "followInterval");
    requireNonNull(followQuietTime, "followQuietTime");
  }
}
