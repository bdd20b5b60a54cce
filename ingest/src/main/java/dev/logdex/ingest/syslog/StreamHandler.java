package dev.logdex.ingest.syslog;

import dev.logdex.ingest.outlet.Room;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.TimeUnit;

/**
 * One TCP or TLS connection: gives its bytes to the {@link FrameReader}, stops reading while there
 * is no room, and ends it when a message stands still.
 */
final class StreamHandler extends ChannelInboundHandlerAdapter {
  private static final int CHUNK_BYTES = 64 * 1024;

  /** An event loop reads for one connection at a time. */
  private static final FastThreadLocal<byte[]> CHUNK =
      new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
          return new byte[CHUNK_BYTES];
        }
      };

  private final FrameReader frames;
  private final Room room;
  private final SyslogCounts counts;
  private final long stallNanos;
  private boolean held;
  private long heldSince;
  private boolean watched;
  private boolean heldMeanwhile;
  private long toldThen;

  StreamHandler(FrameReader frames, Room room, SyslogCounts counts, long stallNanos) {
    this.frames = frames;
    this.room = room;
    this.counts = counts;
    this.stallNanos = stallNanos;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object data) {
    try {
      read((ByteBuf) data);
    } finally {
      ReferenceCountUtil.release(data);
    }
    if (!room.isOpen()) {
      hold(context);
    }
    if (frames.isInside() && !watched) {
      watched = true;
      watch(context);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    if (held) {
      counts.heldNanos.add(System.nanoTime() - heldSince);
      held = false;
    }
    if (frames.end()) {
      counts.unfinishedMessages.increment();
    }
    super.channelInactive(context);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // a reset, a failed handshake, an alert: nothing that could be answered
    counts.failedConnections.increment();
    context.close();
  }

  private void read(ByteBuf data) {
    byte[] chunk = CHUNK.get();
    while (data.isReadable()) {
      int length = Math.min(data.readableBytes(), chunk.length);
      data.readBytes(chunk, 0, length);
      frames.read(chunk, 0, length);
    }
  }

  private void hold(ChannelHandlerContext context) {
    if (held) {
      return;
    }
    held = true;
    heldMeanwhile = true;
    heldSince = System.nanoTime();
    context.channel().config().setAutoRead(false);
    room.whenOpen(() -> context.executor().execute(() -> release(context)));
  }

  private void release(ChannelHandlerContext context) {
    if (held) {
      held = false;
      counts.heldNanos.add(System.nanoTime() - heldSince);
      context.channel().config().setAutoRead(true);
    }
  }

  /** Looks again after a while whether the messages go on; one task for each connection. */
  private void watch(ChannelHandlerContext context) {
    heldMeanwhile = held;
    toldThen = frames.told();
    context.executor().schedule(() -> look(context), stallNanos, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    if (!frames.isInside() || !context.channel().isActive()) {
      watched = false;
    } else if (heldMeanwhile || frames.told() != toldThen) {
      watch(context);
    } else {
      counts.stalledConnections.increment();
      context.close();
    }
  }
}
