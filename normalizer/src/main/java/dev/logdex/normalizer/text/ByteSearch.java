package dev.logdex.normalizer.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for a byte eight bytes at a time: a log is searched for its line ends from end to end. */
public final class ByteSearch {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private ByteSearch() {}

  /**
   * The first index from {@code from} to before {@code to} that holds the byte; else {@code to}.
   */
  public static int find(byte[] bytes, int from, int to, byte wanted) {
    long pattern = (wanted & 0xffL) * ONES;
    int at = from;
    for (int last = to - Long.BYTES; at <= last; at += Long.BYTES) {
      long different = (long) LONGS.get(bytes, at) ^ pattern;
      // sets the high bit of the lowest byte that is zero, so of the first that is wanted
      long found = (different - ONES) & ~different & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
