package dev.logdex.embedded;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A folder that goes with this process: closing it deletes it, and when the process was killed
 * before that, the next one to make a folder of the same kind does. A lock file beside the folder
 * tells whether its owner lives.
 */
public final class ScratchFolder implements Claim {
  private static final String LOCK_SUFFIX = ".lock";

  private final Path path;
  private final LockFile lock;

  private ScratchFolder(Path path, LockFile lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a new, empty folder in the system's temporary folder.
   *
   * @param kind start of the folder's name, such as {@code logdex-kafka}
   * @param beforeSweep is given each folder that a dead process left, before it is deleted
   */
  public static ScratchFolder create(String kind, Consumer<Path> beforeSweep) {
    return create(Path.of(System.getProperty("java.io.tmpdir")), kind, beforeSweep);
  }

  static ScratchFolder create(Path parent, String kind, Consumer<Path> beforeSweep) {
    try {
      sweep(parent, kind, beforeSweep);
      return create(parent, kind);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder in " + parent, e);
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try (lock) {
      Trees.delete(path);
      Files.deleteIfExists(lockFile(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path, e);
    }
  }

  private static ScratchFolder create(Path parent, String kind) throws IOException {
    while (true) {
      Path path = parent.resolve(kind + "-" + UUID.randomUUID().toString().substring(0, 8));
      // a sweep may take a new lock file for an abandoned one, and wins then
      Optional<LockFile> lock = LockFile.tryTake(lockFile(path), CREATE_NEW, WRITE);
      if (lock.isPresent()) {
        return new ScratchFolder(Files.createDirectory(path), lock.get());
      }
    }
  }

  private static Path lockFile(Path folder) {
    return folder.resolveSibling(folder.getFileName() + LOCK_SUFFIX);
  }

  private static void sweep(Path parent, String kind, Consumer<Path> beforeSweep)
      throws IOException {
    try (DirectoryStream<Path> lockFiles =
        Files.newDirectoryStream(parent, kind + "-*" + LOCK_SUFFIX)) {
      for (Path lockFile : lockFiles) {
        sweep(lockFile, beforeSweep);
      }
    }
  }

  private static void sweep(Path lockFile, Consumer<Path> beforeSweep) throws IOException {
    try {
      if (isOurs(lockFile)) {
        Optional<LockFile> abandoned = LockFile.tryTake(lockFile, WRITE);
        if (abandoned.isPresent()) {
          delete(lockFile, abandoned.get(), beforeSweep);
        }
      }
    } catch (NoSuchFileException swept) {
      // another process was faster
    }
  }

  private static void delete(Path lockFile, LockFile lock, Consumer<Path> beforeSweep)
      throws IOException {
    String name = lockFile.getFileName().toString();
    Path folder = lockFile.resolveSibling(name.substring(0, name.length() - LOCK_SUFFIX.length()));
    try (lock) {
      beforeSweep.accept(folder);
      Trees.delete(folder);
      Files.deleteIfExists(lockFile);
    }
  }

  // In a temporary folder for everybody, root must not delete where another user's links lead.
  private static boolean isOurs(Path file) throws IOException {
    return Files.getOwner(file).getName().equals(System.getProperty("user.name"));
  }
}
