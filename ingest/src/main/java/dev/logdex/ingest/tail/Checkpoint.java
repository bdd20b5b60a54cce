package dev.logdex.ingest.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.logdex.runtime.EventJson;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The places of all files in one small file, replaced as a whole, so that it is always one that was
 * written to its end. One process at a time may have it.
 */
final class Checkpoint implements Closeable {
  private static final int VERSION = 1;

  private final Path folder;
  private final Path file;
  private final FileChannel lock;

  private Checkpoint(Path folder, FileChannel lock) {
    this.folder = folder;
    this.file = folder.resolve("files.json");
    this.lock = lock;
  }

  /**
   * Opens the one in a folder, which is created when it is missing.
   *
   * @throws IOException when it cannot be written, or another process has it
   */
  static Checkpoint open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
    if (!isTaken(lock)) {
      lock.close();
      throw new IOException("another process follows files with its state in " + folder);
    }
    return new Checkpoint(folder, lock);
  }

  @SuppressWarnings("MustBeClosedChecker") // the channel's end releases it
  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock taken = channel.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException e) { // by this process
      return false;
    }
  }

  /**
   * What was saved last; nothing when nothing was.
   *
   * @throws IOException when it is there and cannot be understood: beginning anew without a word
   *     could send days of logs again
   */
  List<Place> load() throws IOException {
    if (Files.notExists(file)) {
      return List.of();
    }
    try {
      return EventJson.read(Files.readAllBytes(file), Contents.class).files();
    } catch (UncheckedIOException e) {
      throw new IOException(file + " is damaged; remove it to begin anew: " + e.getMessage(), e);
    }
  }

  /** Replaces what was saved; on the disk when it returns. */
  void save(List<Place> places) throws IOException {
    Path next = folder.resolve("files.json.next");
    String json = EventJson.line(new Contents(VERSION, places)) + "\n";
    try (FileChannel out = FileChannel.open(next, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(json.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(next, file, ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, READ)) {
      directory.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** The file's form. */
  record Contents(int version, List<Place> files) {
    Contents {
      files = List.copyOf(files);
    }
  }
}
