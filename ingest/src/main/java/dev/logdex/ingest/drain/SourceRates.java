package dev.logdex.ingest.drain;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many bytes each source may send. A request is taken while the source has anything left, and
 * then all of it counts, so a source may be in debt for as long as one request is worth. For any
 * thread.
 */
public final class SourceRates {
  /** What may come at once after a silence, in seconds' worth. */
  private static final int BURST_SECONDS = 10;

  /** Sources that are remembered; the one that was silent for longest is forgotten. */
  private static final int MOST_SOURCES = 4096;

  private final long bytesPerSecond;
  private final TimeMeter time;
  private final Map<String, Bucket> buckets =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
              return size() > MOST_SOURCES;
            }
          });

  public SourceRates(long bytesPerSecond, TimeMeter time) {
    this.bytesPerSecond = bytesPerSecond;
    this.time = time;
  }

  /** Whether the source may send now. */
  public boolean mayGoOn(String source) {
    return bucket(source).getAvailableTokens() > 0;
  }

  /** Counts what the source sent. */
  public void sent(String source, long bytes) {
    if (bytes > 0) {
      bucket(source).consumeIgnoringRateLimits(bytes);
    }
  }

  private Bucket bucket(String source) {
    return buckets.computeIfAbsent(source, name -> open());
  }

  private Bucket open() {
    return Bucket.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(bytesPerSecond * BURST_SECONDS)
                .refillGreedy(bytesPerSecond, Duration.ofSeconds(1))
                .build())
        .withCustomTimePrecision(time)
        .build();
  }
}
