package dev.logdex.normalizer.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that could not be understood, why, and where it stands. Holds users' SQL: the topic
 * wants the same access rights as the log itself.
 *
 * @param version of this record's form; 1
 * @param stage that gave up: {@code normalizer}, {@code analyzer}, or {@code webhook} and its name
 * @param source key of the raw record, the database for a statement, or a recommendation's id
 * @param place where it stands: {@code partition:offset:line} of the logs topic, {@code file:line},
 *     a fingerprint, or the id of an event
 * @param detail one sentence for a person, without literals
 * @param loggedAt event time; null when none could be read
 * @param excerpt the beginning of the raw text, cut to a bound
 */
public record DeadLetter(
    int version,
    String stage,
    DeadLetterReason reason,
    String source,
    String place,
    String detail,
    @Nullable Instant loggedAt,
    String excerpt) {
  public static final int VERSION = 1;

  public DeadLetter {
    requireNonNull(stage, "stage");
    requireNonNull(reason, "reason");
    requireNonNull(source, "source");
    requireNonNull(place, "place");
    requireNonNull(detail, "detail");
    requireNonNull(excerpt, "excerpt");
  }
}
