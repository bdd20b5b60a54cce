package dev.logdex.normalizer;

import static dev.logdex.normalizer.kafka.EventSerdes.DEAD_LETTER;
import static dev.logdex.normalizer.kafka.EventSerdes.QUERY_WINDOW;
import static dev.logdex.normalizer.kafka.EventSerdes.WINDOW_PART;

import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.kafka.CountingSupplier;
import dev.logdex.normalizer.kafka.MergingSupplier;
import dev.logdex.normalizer.kafka.Outcome;
import dev.logdex.normalizer.kafka.RawRecords;
import dev.logdex.normalizer.source.SourceLogFactory;
import dev.logdex.runtime.Topic;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/** The normalizer's picture: raw lines in, query windows and dead letters out. */
final class NormalizerTopology {
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();
  private static final Serde<String> TEXT = Serdes.String();

  private final NormalizerConfig config;
  private final SourceLogFactory logs;

  NormalizerTopology(NormalizerConfig config, SourceLogFactory logs) {
    this.config = config;
    this.logs = logs;
  }

  Topology build(StreamsConfig streams) {
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(streams));

    KStream<String, Outcome> outcomes =
        builder.stream(
                Topic.LOGS.named(config.topicPrefix()),
                Consumed.with(BYTES, BYTES)
                    .withTimestampExtractor(RawRecords::arrival)
                    .withName("read-logs"))
            .process(new CountingSupplier(config.flow(), logs), Named.as("assemble-and-count"));

    outcomes
        .flatMapValues(Outcome::windows, Named.as("keep-windows"))
        .repartition(
            Repartitioned.<String, QueryWindow>as("partial-windows")
                .withKeySerde(TEXT)
                .withValueSerde(WINDOW_PART))
        .process(new MergingSupplier(config.flow()), Named.as("merge-windows"))
        .to(
            Topic.QUERY_WINDOWS.named(config.topicPrefix()),
            Produced.with(TEXT, QUERY_WINDOW).withName("write-query-windows"));

    outcomes
        .flatMapValues(Outcome::letters, Named.as("keep-dead-letters"))
        .to(
            Topic.DEAD_LETTERS.named(config.topicPrefix()),
            Produced.with(TEXT, DEAD_LETTER).withName("write-dead-letters"));

    return builder.build();
  }
}
