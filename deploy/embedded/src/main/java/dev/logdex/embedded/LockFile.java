package dev.logdex.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one holder at a time has, among all processes of the machine. The operating system
 * takes it away from a process that is killed, which a process id in a file cannot promise: ids are
 * used again, and containers that share a folder do not share ids.
 */
final class LockFile implements AutoCloseable {
  /**
   * What this process holds. A process loses its lock on a file when it closes any of its channels
   * to that file (POSIX), so one that is held must not even be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the file, if nobody has it; the folder that it is in must be there. */
  static Optional<LockFile> tryTake(Path file, OpenOption... options) throws IOException {
    Path real = file.toAbsolutePath().resolveSibling("").toRealPath().resolve(file.getFileName());
    if (!HELD.add(real)) {
      return Optional.empty();
    }
    Optional<LockFile> taken = Optional.empty();
    try {
      taken = tryLock(real, options);
    } finally {
      if (taken.isEmpty()) {
        HELD.remove(real);
      }
    }
    return taken;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(file);
  }

  private static Optional<LockFile> tryLock(Path file, OpenOption... options) throws IOException {
    FileChannel channel = FileChannel.open(file, options);
    if (channel.tryLock() == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new LockFile(file, channel));
  }
}
