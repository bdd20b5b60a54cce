package dev.logdex.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sole use of a folder that stays. */
final class FolderLock implements Claim {
  private final LockFile lock;

  private FolderLock(LockFile lock) {
    this.lock = lock;
  }

  /**
   * Locks a folder, which is made when it is not there.
   *
   * @throws IllegalStateException when another process, or another part of this one, has it
   */
  static FolderLock take(Path folder) {
    try {
      Files.createDirectories(folder);
      return LockFile.tryTake(folder.resolve("logdex.lock"), CREATE, WRITE)
          .map(FolderLock::new)
          .orElseThrow(
              () -> new IllegalStateException("another process is using the folder " + folder));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock the folder " + folder, e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unlock a folder", e);
    }
  }
}
