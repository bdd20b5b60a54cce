package dev.logdex.ingest.outlet.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;

/**
 * A place in a spool: up to here, all is on the topic.
 *
 * @param segment number of the file
 * @param offset in it
 */
record SpoolPosition(long segment, long offset) {
  static final SpoolPosition BEGINNING = new SpoolPosition(0, 0);

  private static final String FILE = "position";
  private static final int BYTES = 3 * Long.BYTES;

  /** What was stored; the beginning when nothing was, or it cannot be read. */
  static SpoolPosition load(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return BEGINNING;
    }
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    if (in.remaining() != BYTES || in.getLong(2 * Long.BYTES) != checksum(in.array())) {
      // what is sent again because of that is recognised by its delivery
      return BEGINNING;
    }
    return new SpoolPosition(in.getLong(), in.getLong());
  }

  /** Replaces what was stored, in one step. */
  void store(Path folder) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(BYTES).putLong(segment).putLong(offset);
    out.putLong(checksum(out.array()));
    Path next = folder.resolve(FILE + ".next");
    Files.write(next, out.array());
    Files.move(
        next,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, 2 * Long.BYTES);
    return checksum.getValue();
  }
}
