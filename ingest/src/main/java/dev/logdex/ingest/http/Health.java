package dev.logdex.ingest.http;

import dev.logdex.ingest.drain.ByteBudget;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Whether lines are taken, as far as is known: by what became of the last ones. A refusal counts
 * for a while only, because whoever asks may send nothing more as long as it does.
 */
final class Health {
  private static final long REMEMBERED_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long NEVER = Long.MIN_VALUE;

  private final ByteBudget budget;
  private final LongSupplier nanoTime;
  private final AtomicLong refusedAt = new AtomicLong(NEVER);

  Health(ByteBudget budget, LongSupplier nanoTime) {
    this.budget = budget;
    this.nanoTime = nanoTime;
  }

  void taken() {
    refusedAt.set(NEVER);
  }

  void refused() {
    refusedAt.set(nanoTime.getAsLong());
  }

  /** Why lines are not taken; empty when they are. */
  Optional<String> complaint() {
    long at = refusedAt.get();
    if (at != NEVER && nanoTime.getAsLong() - at < REMEMBERED_NANOS) {
      return Optional.of("the last lines could not be put on Kafka");
    }
    return budget.isSpent()
        ? Optional.of("too many bytes wait for Kafka's acknowledgement")
        : Optional.empty();
  }
}
