package dev.logdex.normalizer.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HexFormat;

/**
 * 64-bit identity of a normalized statement. Not Postgres's own query id, which is another number.
 */
public record Fingerprint(long bits) implements Comparable<Fingerprint> {
  /**
   * Reads the form that {@link #toString} writes.
   *
   * @throws IllegalArgumentException when the text is not 16 hexadecimal digits
   */
  @JsonCreator
  public static Fingerprint parse(String text) {
    if (text.length() != 16) {
      throw new IllegalArgumentException("fingerprint must have 16 hexadecimal digits: " + text);
    }
    return new Fingerprint(HexFormat.fromHexDigitsToLong(text));
  }

  @Override
  public int compareTo(Fingerprint other) {
    return Long.compareUnsigned(bits, other.bits);
  }

  @JsonValue
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(bits);
  }
}
