package dev.logdex.sql;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of a text in a long, the first one in the lowest bits. What is asked of all eight at
 * once needs no branch for each, and branches that a processor cannot foresee are what reading SQL
 * costs most.
 *
 * <p>Marks are longs in which the top bit of a byte says yes; {@link #first} finds the first.
 */
public final class EightBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;
  private static final long SEVENS = 0x7f7f7f7f7f7f7f7fL;

  private EightBytes() {}

  /** The bytes from a place of the array on; zeros after its end. */
  public static long at(byte[] bytes, int from) {
    return from <= bytes.length - 8 ? (long) LONGS.get(bytes, from) : atEnd(bytes, from);
  }

  private static long atEnd(byte[] bytes, int from) {
    long eight = 0;
    for (int i = bytes.length - 1; i >= from; i--) {
      eight = eight << 8 | (bytes[i] & 0xff);
    }
    return eight;
  }

  /** Writes all eight; the array must have room for them. */
  public static void put(byte[] bytes, int at, long eight) {
    LONGS.set(bytes, at, eight);
  }

  /** The first so many bytes, zeros after them. */
  public static long head(long eight, int count) {
    return count >= 8 ? eight : eight & ((1L << (count << 3)) - 1);
  }

  /** ASCII letters in lower case, other bytes as they are. */
  public static long lower(long eight) {
    return eight | (upper(eight) >>> 2);
  }

  /** Marks the capital ASCII letters. */
  public static long upper(long eight) {
    long low = eight & SEVENS;
    return between(low, 'A', 'Z') & ~eight & TOPS;
  }

  /** Marks what cannot go on an unquoted name: all but letters, digits, {@code _}, {@code $}. */
  public static long notInName(long eight) {
    long low = eight & SEVENS;
    long inName =
        between(low | ONES << 5, 'a', 'z')
            | between(low, '0', '9')
            | same(low, '_')
            | same(low, '$')
            | eight; // bytes of characters beyond ASCII are letters
    return ~inName & TOPS;
  }

  /** Index of the first marked byte; 8 when none is. */
  public static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** The first place from one on where the byte is, or the limit. */
  public static int find(byte[] bytes, int from, int limit, char searched) {
    long pattern = ONES * searched;
    for (int p = from; p < limit; p += 8) {
      long marks = zeros(at(bytes, p) ^ pattern);
      if (marks != 0) {
        return Math.min(p + first(marks), limit);
      }
    }
    return limit;
  }

  /** The first place from one on where either byte is, or the limit. */
  public static int find(byte[] bytes, int from, int limit, char searched, char other) {
    long pattern = ONES * searched;
    long otherPattern = ONES * other;
    for (int p = from; p < limit; p += 8) {
      long eight = at(bytes, p);
      long marks = zeros(eight ^ pattern) | zeros(eight ^ otherPattern);
      if (marks != 0) {
        return Math.min(p + first(marks), limit);
      }
    }
    return limit;
  }

  /** Marks the zero bytes; right up to the first, which is all that is asked for. */
  private static long zeros(long eight) {
    return (eight - ONES) & ~eight & TOPS;
  }

  /** Marks bytes within bounds, given that no top bit is set. Other bits are of no meaning. */
  private static long between(long low, char from, char to) {
    return (low + ONES * (0x80 - from)) & ~(low + ONES * (0x7f - to));
  }

  /** Marks bytes that are the character, given that no top bit is set. */
  private static long same(long low, char character) {
    return ~((low ^ ONES * character) + SEVENS);
  }
}
