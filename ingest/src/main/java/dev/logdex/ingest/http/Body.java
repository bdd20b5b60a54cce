package dev.logdex.ingest.http;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a body so far, in pieces of one size: one growing array would have to be copied
 * again and again, and would take up to three times the memory meanwhile.
 */
final class Body {
  private static final int PIECE_BYTES = 16 * 1024;

  private final List<byte[]> pieces = new ArrayList<>();
  private int size;

  int size() {
    return size;
  }

  /** Takes all that is readable. */
  void add(ByteBuf bytes) {
    while (bytes.isReadable()) {
      int used = size % PIECE_BYTES;
      if (used == 0) {
        pieces.add(new byte[PIECE_BYTES]);
      }
      int more = Math.min(PIECE_BYTES - used, bytes.readableBytes());
      bytes.readBytes(pieces.get(pieces.size() - 1), used, more);
      size += more;
    }
  }

  /** All of it as one array; nothing is kept. */
  byte[] take() {
    byte[] whole = new byte[size];
    int at = 0;
    for (byte[] piece : pieces) {
      int length = Math.min(PIECE_BYTES, size - at);
      System.arraycopy(piece, 0, whole, at, length);
      at += length;
    }
    clear();
    return whole;
  }

  void clear() {
    pieces.clear();
    size = 0;
  }
}
