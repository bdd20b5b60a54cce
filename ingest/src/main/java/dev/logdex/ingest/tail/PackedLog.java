package dev.logdex.ingest.tail;

import dev.logdex.ingest.logfile.BlockLimits;
import dev.logdex.ingest.logfile.FileIdentity;
import dev.logdex.ingest.logfile.LogBlock;
import dev.logdex.ingest.logfile.LogBlockReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A gzip file, read once from a position in the log that it packs. One that is still being written
 * ends too early, which is an {@link EOFException}: it can be opened again later.
 */
final class PackedLog implements OpenLog {
  private static final int UNPACK_BUFFER_BYTES = 64 * 1024;

  private final FileChannel file;
  private final ChannelCount raw;
  private final LogBlockReader reader;
  private boolean complete;
  private Cuts told = Cuts.NONE;

  private PackedLog(FileChannel file, ChannelCount raw, LogBlockReader reader) {
    this.file = file;
    this.raw = raw;
    this.reader = reader;
  }

  /**
   * Opens it behind what was read of it before.
   *
   * @param position in the unpacked log
   */
  static PackedLog open(Path path, BlockLimits limits, long position) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      ChannelCount raw = new ChannelCount(file);
      InputStream log = new GZIPInputStream(raw, UNPACK_BUFFER_BYTES);
      log.skipNBytes(position);
      return new PackedLog(file, raw, LogBlockReader.resume(log, limits, position, false));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The identity of the log that a file packs; null when it cannot be told. */
  static @Nullable String identity(Path path, String source) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        InputStream log = new GZIPInputStream(new ChannelInput(file, 0))) {
      return FileIdentity.read(source, log);
    }
  }

  @Override
  public @Nullable LogBlock nextLines() throws IOException {
    LogBlock block = reader.nextLines();
    if (block == null) {
      block = reader.next();
      complete = block == null;
    }
    return block;
  }

  @Override
  public @Nullable LogBlock rest() {
    return null;
  }

  @Override
  public @Nullable String identity(String source) throws IOException {
    try (InputStream log = new GZIPInputStream(new ChannelInput(file, 0))) {
      return FileIdentity.read(source, log);
    }
  }

  @Override
  public boolean isCutOff() {
    return false;
  }

  @Override
  public long bytesBehind() throws IOException {
    return complete ? 0 : Math.max(0, file.size() - raw.count());
  }

  @Override
  public boolean isComplete() {
    return complete;
  }

  @Override
  public Cuts takeCuts() {
    Cuts taken = new Cuts(reader.cutLines() - told.lines(), reader.cutBytes() - told.bytes());
    told = told.plus(taken);
    return taken;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    file.close();
  }

  /** Counts what was taken from the file. */
  private static final class ChannelCount extends InputStream {
    private final InputStream in;
    private long count;

    ChannelCount(FileChannel file) {
      this.in = new ChannelInput(file, 0);
    }

    long count() {
      return count;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
