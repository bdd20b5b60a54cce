package dev.logdex.ingest.outlet;

import org.jspecify.annotations.Nullable;

/**
 * Puts the messages of one connection into packs. Remembers the pack of the last message, because
 * the next one is mostly of the same source. Not thread-safe: one for each connection.
 */
public final class LineSender {
  private final LinePacker packer;
  private @Nullable Pack last;

  public LineSender(LinePacker packer) {
    this.packer = packer;
  }

  /**
   * Adds a message; one line end at its end is not doubled.
   *
   * @param name holds the source's name
   * @param message holds the message, byte for byte as it is to arrive
   */
  public void send(byte[] name, int nameFrom, int nameTo, byte[] message, int from, int to) {
    int end = to > from && message[to - 1] == '\n' ? to - 1 : to;
    boolean counted = message[from] == '<' && holdsLineEnd(message, from, end);
    Pack pack = last;
    if (pack == null || !pack.source().is(name, nameFrom, nameTo)) {
      pack = packer.open(name, nameFrom, nameTo);
    }
    while (!packer.add(pack, message, from, end, counted)) {
      pack = packer.open(name, nameFrom, nameTo);
    }
    last = pack;
  }

  private static boolean holdsLineEnd(byte[] message, int from, int to) {
    for (int at = from; at < to; at++) {
      if (message[at] == '\n') {
        return true;
      }
    }
    return false;
  }
}
