package dev.logdex.ingest.tail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file's bytes from a position on; does not move the channel's own position, nor close it. */
final class ChannelInput extends InputStream {
  private final FileChannel file;
  private long position;

  ChannelInput(FileChannel file, long position) {
    this.file = file;
    this.position = position;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = file.read(ByteBuffer.wrap(buffer, offset, length), position);
    position += Math.max(0, read);
    return read;
  }
}
