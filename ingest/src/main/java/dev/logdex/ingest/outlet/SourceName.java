package dev.logdex.ingest.outlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** A source's name as the bytes in which it came, to be looked up without making text of it. */
final class SourceName {
  private final byte[] name;
  private final int hash;

  SourceName(byte[] bytes, int from, int to) {
    name = Arrays.copyOfRange(bytes, from, to);
    hash = Arrays.hashCode(name);
  }

  boolean is(byte[] bytes, int from, int to) {
    return Arrays.equals(name, 0, name.length, bytes, from, to);
  }

  String text() {
    return new String(name, UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceName that && hash == that.hash && Arrays.equals(name, that.name);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
