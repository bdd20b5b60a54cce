package dev.logdex.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sole use of a folder, by this object among all processes; it ends with the process at latest. */
final class FolderLock implements Claim {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a folder, which is made when it is not there.
   *
   * @throws IllegalStateException when another process, or another part of this one, has it
   */
  static FolderLock take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel = FileChannel.open(folder.resolve("logdex.lock"), CREATE, WRITE);
      if (isTaken(channel)) {
        channel.close();
        throw new IllegalStateException("another process is using the folder " + folder);
      }
      return new FolderLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock the folder " + folder, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unlock a folder", e);
    }
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException ours) {
      return true;
    }
  }
}
