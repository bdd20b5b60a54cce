package dev.logdex.embedded;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A folder that goes with this process. Closing it deletes it; when the process was killed before
 * that, the next one to make a folder of the same kind does.
 *
 * <p>The owner holds a lock on a file beside the folder. The operating system drops that lock with
 * the process, which a process id in a file cannot promise: ids are used again, and containers that
 * share a folder do not share them.
 */
final class ScratchFolder implements Claim {
  private static final String LOCK_SUFFIX = ".lock";

  private final Path path;
  private final Path lockFile;
  private final FileChannel lock;

  private ScratchFolder(Path path, Path lockFile, FileChannel lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Makes a new, empty folder in the system's temporary folder.
   *
   * @param kind start of the folder's name, such as {@code logdex-kafka}
   * @param beforeSweep is given each folder that a dead process left, before it is deleted
   */
  static ScratchFolder create(String kind, Consumer<Path> beforeSweep) {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      sweep(parent, kind, beforeSweep);
      return create(parent, kind);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder in " + parent, e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try (lock) {
      Trees.delete(path);
      Files.deleteIfExists(lockFile);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }

  private static ScratchFolder create(Path parent, String kind) throws IOException {
    while (true) {
      Path path = parent.resolve(kind + "-" + UUID.randomUUID().toString().substring(0, 8));
      Path lockFile = path.resolveSibling(path.getFileName() + LOCK_SUFFIX);
      FileChannel channel = FileChannel.open(lockFile, CREATE_NEW, WRITE);
      // a sweep may take a new lock file for an abandoned one, and wins then
      if (channel.tryLock() != null) {
        return new ScratchFolder(Files.createDirectory(path), lockFile, channel);
      }
      channel.close();
    }
  }

  private static void sweep(Path parent, String kind, Consumer<Path> beforeSweep)
      throws IOException {
    try (DirectoryStream<Path> lockFiles =
        Files.newDirectoryStream(parent, kind + "-*" + LOCK_SUFFIX)) {
      for (Path lockFile : lockFiles) {
        if (Files.isWritable(lockFile)) {
          sweep(lockFile, beforeSweep);
        }
      }
    }
  }

  private static void sweep(Path lockFile, Consumer<Path> beforeSweep) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile, WRITE);
        FileLock owned = channel.tryLock()) {
      if (owned != null) {
        String name = lockFile.getFileName().toString();
        Path left =
            lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length()));
        beforeSweep.accept(left);
        Trees.delete(left);
        Files.deleteIfExists(lockFile);
      }
    } catch (OverlappingFileLockException ours) {
      // a folder of this very process
    } catch (NoSuchFileException swept) {
      // another process was faster
    }
  }
}
