package dev.logdex.ingest.syslog;

import dev.logdex.ingest.outlet.LinePacker;
import dev.logdex.ingest.outlet.Room;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;

/** Each datagram is a message. Its sender cannot be held back: without room it is dropped. */
final class DatagramHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  private final MessageSender sender;
  private final Room room;
  private final SyslogCounts counts;
  private final int messageBytes;
  private final byte[] datagram = new byte[65_535];

  DatagramHandler(LinePacker packer, SyslogCounts counts, int messageBytes) {
    this.sender = new MessageSender(packer, counts, new InetSocketAddress(0));
    this.room = packer.room();
    this.counts = counts;
    this.messageBytes = messageBytes;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
    counts.datagrams.increment();
    ByteBuf content = packet.content();
    int length = content.readableBytes();
    if (room.isFull()) {
      counts.droppedDatagrams.increment();
    } else if (length > 0) {
      content.readBytes(datagram, 0, length);
      sender.datagram(packet.sender(), datagram, Math.min(length, messageBytes));
      if (length > messageBytes) {
        sender.cut(length - messageBytes, true);
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // an ICMP answer to somebody else's datagram; the port stays open
    counts.failedConnections.increment();
  }
}
