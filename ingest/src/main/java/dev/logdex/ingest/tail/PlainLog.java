package dev.logdex.ingest.tail;

import dev.logdex.ingest.logfile.BlockLimits;
import dev.logdex.ingest.logfile.FileIdentity;
import dev.logdex.ingest.logfile.LogBlock;
import dev.logdex.ingest.logfile.LogBlockReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A log that may grow, kept open whatever its name becomes. Holds a buffer only while there is
 * something to read: a line that has no end yet is read again when the file has grown.
 */
final class PlainLog implements OpenLog {
  private final FileChannel file;
  private final BlockLimits limits;
  private @Nullable LogBlockReader reader;
  private long position;
  private boolean cutting;
  private long sizeRead = -1;
  private Cuts cuts = Cuts.NONE;

  private PlainLog(FileChannel file, BlockLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  static PlainLog open(Path path, BlockLimits limits) throws IOException {
    return new PlainLog(FileChannel.open(path, StandardOpenOption.READ), limits);
  }

  FileChannel file() {
    return file;
  }

  /** Reads on from there. */
  void seek(long newPosition) {
    dropReader();
    position = newPosition;
    cutting = false;
    sizeRead = -1;
  }

  @Override
  public @Nullable LogBlock nextLines() throws IOException {
    LogBlockReader open = reader();
    if (open == null) {
      return null;
    }
    LogBlock block = open.nextLines();
    if (block == null) {
      dropReader();
    }
    return block;
  }

  @Override
  public @Nullable LogBlock rest() throws IOException {
    sizeRead = -1;
    LogBlockReader open = reader();
    return open == null ? null : open.next();
  }

  private @Nullable LogBlockReader reader() throws IOException {
    if (reader == null) {
      long size = file.size();
      if (size == sizeRead) {
        return null;
      }
      sizeRead = size;
      reader = LogBlockReader.resume(new ChannelInput(file, position), limits, position, cutting);
    }
    return reader;
  }

  private void dropReader() {
    if (reader != null) {
      position = reader.position();
      cutting = reader.isCutting();
      cuts = cuts.plus(new Cuts(reader.cutLines(), reader.cutBytes()));
      reader = null;
    }
  }

  @Override
  public @Nullable String identity(String source) throws IOException {
    return FileIdentity.read(source, new ChannelInput(file, 0));
  }

  @Override
  public boolean isCutOff() throws IOException {
    return file.size() < position();
  }

  @Override
  public long bytesBehind() throws IOException {
    return Math.max(0, file.size() - position());
  }

  private long position() {
    return reader == null ? position : reader.position();
  }

  @Override
  public boolean isComplete() {
    return false;
  }

  @Override
  public Cuts takeCuts() {
    Cuts taken = cuts;
    cuts = Cuts.NONE;
    return taken;
  }

  @Override
  public void close() throws IOException {
    dropReader();
    file.close();
  }
}
