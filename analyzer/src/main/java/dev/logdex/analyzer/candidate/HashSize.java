package dev.logdex.analyzer.candidate;

/**
 * What a hash index takes, whatever is hashed: a build makes as many buckets as it takes to fill
 * each page to three quarters, in steps of a power of two or, from 1,024 on, of a quarter of one
 * (_hash_spareindex in hashutil.c). Measured on 15: 8,404,992 bytes for 300,000 rows, as computed.
 */
final class HashSize {
  /** An entry with its line pointer. */
  static final double ENTRY_BYTES = 20;

  private static final double PAGE = 8192;
  private static final double FILL = 0.75;

  /** Buckets up to which their number only doubles. */
  private static final double LAST_PLAIN_DOUBLING = 512;

  private HashSize() {}

  static long bytes(double rows) {
    double wanted = Math.max(2, Math.ceil(rows / Math.floor(PAGE * FILL / ENTRY_BYTES)));
    double power = 2;
    while (power * 2 <= wanted) {
      power *= 2;
    }
    double step = power < LAST_PLAIN_DOUBLING ? power : power / 4;
    double buckets = power + Math.ceil((wanted - power) / step) * step;
    return (long) ((buckets + 2) * PAGE);
  }
}
