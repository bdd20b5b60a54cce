package dev.logdex.ingest.outlet.spool;

import dev.logdex.ingest.outlet.Parcel;
import dev.logdex.ingest.outlet.spool.Segment.DamagedSegmentException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A queue of parcels on disk, in files that are only added to and deleted as a whole. What a crash
 * left unfinished at the end of a file is passed over and counted; writing goes on in a new file.
 * Not thread-safe.
 */
final class Spool implements AutoCloseable {
  private static final long SEGMENT_BYTES_MAX = 16L * 1024 * 1024;
  private static final int SEGMENTS_LEAST = 8;

  private final Path folder;
  private final long bytesMax;
  private final SpoolCounts counts;
  private final FileChannel lock;

  /** Numbers of the files that are there, the one being read first. */
  private final Deque<Long> numbers = new ArrayDeque<>();

  private @Nullable Segment writing;
  private @Nullable Segment reading;
  private SpoolPosition next;
  private SpoolPosition released;

  private Spool(Path folder, long bytesMax, SpoolCounts counts, FileChannel lock)
      throws IOException {
    this.folder = folder;
    this.bytesMax = bytesMax;
    this.counts = counts;
    this.lock = lock;
    this.next = SpoolPosition.load(folder);
    this.released = next;
    Segment.numbers(folder).forEach(numbers::add);
    for (long number : numbers) {
      counts.bytes.addAndGet(Files.size(Segment.file(folder, number)));
    }
    deleteReleased();
  }

  /**
   * Opens what is in the folder.
   *
   * @throws IOException when another process has it, or it cannot be read
   */
  static Spool open(Path folder, long bytesMax, SpoolCounts counts) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!take(lock)) {
        throw new IOException("another process uses the spool in " + folder);
      }
      return new Spool(folder, bytesMax, counts, lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  private static boolean take(FileChannel lock) throws IOException {
    try {
      @Nullable FileLock taken = lock.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException e) { // within this process
      return false;
    }
  }

  /** Adds a parcel, however full it is; it is safe after {@link #force}. */
  void append(Parcel parcel) throws IOException {
    Segment segment = segmentToWrite();
    long before = segment.size();
    segment.append(ParcelCodec.encode(parcel));
    counts.bytes.addAndGet(segment.size() - before);
    counts.written.increment();
  }

  /** Returns when all that was added would survive the machine. */
  void force() throws IOException {
    if (writing != null) {
      writing.force();
    }
  }

  /** The next parcel that was not read yet; null when there is none. */
  @Nullable Parcel read() throws IOException {
    while (true) {
      Segment segment = segmentToRead();
      if (segment == null) {
        return null;
      }
      try {
        byte[] body = segment.read(next.offset());
        long end = next.offset() + ParcelCodec.FRAME_BYTES + body.length;
        next = new SpoolPosition(segment.number(), end);
        return ParcelCodec.decode(body);
      } catch (DamagedSegmentException e) {
        counts.damagedSegments.increment();
        counts.damagedBytes.add(segment.size() - next.offset());
        next = new SpoolPosition(segment.number(), segment.size());
      }
    }
  }

  /** Behind the last parcel that was read. */
  SpoolPosition position() {
    return next;
  }

  /** All before the position is on the topic, and never needed again. */
  void release(SpoolPosition position) throws IOException {
    released = position;
    position.store(folder);
    Segment last = writing;
    if (last != null && position.equals(new SpoolPosition(last.number(), last.size()))) {
      closeReading();
      last.close();
      writing = null;
    }
    deleteReleased();
  }

  @Override
  public void close() throws IOException {
    if (reading != null) {
      reading.close();
    }
    if (writing != null) {
      writing.close();
    }
    lock.close();
  }

  private Segment segmentToWrite() throws IOException {
    Segment current = writing;
    if (current != null && current.size() < segmentBytes()) {
      return current;
    }
    long last = numbers.isEmpty() ? released.segment() : numbers.getLast();
    Segment created = Segment.create(folder, last + 1);
    numbers.add(created.number());
    writing = created;
    if (current != null) {
      current.force();
      if (current != reading) {
        current.close();
      }
    }
    return created;
  }

  private long segmentBytes() {
    return Math.max(1, Math.min(SEGMENT_BYTES_MAX, bytesMax / SEGMENTS_LEAST));
  }

  /** The segment that holds the next parcel; null when all was read. */
  private @Nullable Segment segmentToRead() throws IOException {
    Segment current = reading;
    if (current != null && next.offset() < current.size()) {
      return current;
    }
    for (long number : numbers) {
      boolean here = number == next.segment();
      if (number > next.segment() || (here && current == null)) {
        closeReading();
        reading = opened(number);
        next = here ? next : new SpoolPosition(number, 0);
        if (next.offset() < opened().size()) {
          return reading;
        }
        current = reading;
      }
    }
    return null;
  }

  private Segment opened() {
    if (reading == null) {
      throw new IllegalStateException("no segment is being read");
    }
    return reading;
  }

  private Segment opened(long number) throws IOException {
    return writing != null && writing.number() == number ? writing : Segment.open(folder, number);
  }

  private void closeReading() throws IOException {
    if (reading != null && reading != writing) {
      reading.close();
    }
    reading = null;
  }

  /** A file goes when another one is there to go on with, or nobody writes to it any more. */
  private void deleteReleased() throws IOException {
    while (!numbers.isEmpty() && isReleased(numbers.getFirst())) {
      long number = numbers.removeFirst();
      if (reading != null && reading.number() == number) {
        closeReading();
      }
      Path file = Segment.file(folder, number);
      counts.bytes.addAndGet(-Files.size(file));
      Files.delete(file);
    }
  }

  private boolean isReleased(long number) throws IOException {
    if (writing != null && writing.number() == number) {
      return false;
    }
    return number < released.segment()
        || (number == released.segment()
            && released.offset() >= Files.size(Segment.file(folder, number)));
  }
}
