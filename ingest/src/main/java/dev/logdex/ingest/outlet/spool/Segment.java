package dev.logdex.ingest.outlet.spool;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** One file of a spool: parcels one behind the other. Not thread-safe. */
final class Segment implements AutoCloseable {
  private static final String SUFFIX = ".spool";

  private final long number;
  private final Path file;
  private final FileChannel channel;
  private long size;

  private Segment(long number, Path file, FileChannel channel) throws IOException {
    this.number = number;
    this.file = file;
    this.channel = channel;
    this.size = channel.size();
  }

  static Segment create(Path folder, long number) throws IOException {
    return open(
        folder,
        number,
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  static Segment open(Path folder, long number) throws IOException {
    return open(folder, number, StandardOpenOption.READ);
  }

  private static Segment open(Path folder, long number, StandardOpenOption... options)
      throws IOException {
    Path file = file(folder, number);
    return new Segment(number, file, FileChannel.open(file, options));
  }

  /** The numbers of the segments in a folder, in their order. */
  static LongStream numbers(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{16}\\.spool"))
          .mapToLong(name -> Long.parseLong(name.substring(0, name.length() - SUFFIX.length())))
          .sorted()
          .boxed()
          .toList()
          .stream()
          .mapToLong(Long::longValue);
    }
  }

  static Path file(Path folder, long number) {
    return folder.resolve(String.format(Locale.ROOT, "%016d%s", number, SUFFIX));
  }

  long number() {
    return number;
  }

  /** Bytes that can be read. */
  long size() {
    return size;
  }

  /** Adds at the end; what could not be written as a whole is taken back. */
  void append(ByteBuffer record) throws IOException {
    long end = size + record.remaining();
    try {
      while (record.hasRemaining()) {
        channel.write(record, end - record.remaining());
      }
    } catch (IOException e) {
      channel.truncate(size);
      throw e;
    }
    size = end;
  }

  /** Returns when what was added would survive the machine. */
  void force() throws IOException {
    channel.force(false);
  }

  /**
   * Reads what stands behind length and checksum.
   *
   * @throws DamagedSegmentException when nothing whole stands there
   */
  byte[] read(long position) throws IOException {
    ByteBuffer frame = read(position, ParcelCodec.FRAME_BYTES);
    int length = frame.getInt();
    int checksum = frame.getInt();
    byte[] body = read(position + ParcelCodec.FRAME_BYTES, length).array();
    if (ParcelCodec.checksum(body, 0) != checksum) {
      throw new DamagedSegmentException(file + " is damaged at " + position);
    }
    return body;
  }

  private ByteBuffer read(long position, int length) throws IOException {
    if (length < 0 || position + length > size) {
      throw new DamagedSegmentException(file + " ends within a parcel at " + position);
    }
    ByteBuffer in = ByteBuffer.allocate(length);
    while (in.hasRemaining()) {
      if (channel.read(in, position + in.position()) < 0) {
        throw new EOFException(file + " became shorter");
      }
    }
    return in.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Says that the rest of a segment cannot be read, such as after a crash in mid-write. */
  static final class DamagedSegmentException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedSegmentException(String message) {
      super(message);
    }
  }
}
