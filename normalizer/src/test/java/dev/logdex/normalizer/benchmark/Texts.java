package dev.logdex.normalizer.benchmark;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Texts one after the other in one array, as they lie in a record of a log. */
final class Texts {
  private final byte[] bytes;
  private final int[] ends;

  private Texts(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where each text ends; the next one starts there. */
  int[] ends() {
    return ends;
  }

  static final class Builder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> ends = new ArrayList<>();

    void add(byte[] text) {
      bytes.writeBytes(text);
      ends.add(bytes.size());
    }

    int length() {
      return bytes.size();
    }

    Texts build() {
      return new Texts(bytes.toByteArray(), ends.stream().mapToInt(end -> end).toArray());
    }
  }
}
