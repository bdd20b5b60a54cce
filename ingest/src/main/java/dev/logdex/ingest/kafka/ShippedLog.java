package dev.logdex.ingest.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * What was put on the logs topic for one source, all of it acknowledged by the broker.
 *
 * @param lines that were sent, a last one without a line end included
 * @param bytes of them
 * @param cutLines lines longer than the limit, of which only the beginning was sent
 * @param cutBytes that were not sent because of that
 * @param partition where they lie
 * @param endOffset offset of the record that marks the end; a reader whose committed offset is
 *     larger has read everything
 */
public record ShippedLog(
    String source,
    long records,
    long lines,
    long bytes,
    long cutLines,
    long cutBytes,
    TopicPartition partition,
    long endOffset) {}
