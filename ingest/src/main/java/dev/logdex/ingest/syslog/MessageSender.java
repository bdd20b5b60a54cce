package dev.logdex.ingest.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.outlet.LinePacker;
import dev.logdex.ingest.outlet.LineSender;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Names the source of each message of one connection and hands the message on.
 *
 * <p>The source is the host in the message's own header, else the peer's address. A relay forwards
 * many hosts over one connection, and the normalizer needs the order of the messages of one host
 * and process: records of a source lie in one partition, so one host's messages stay in the order
 * in which its connection brought them, and a fleet behind one relay still spreads over the
 * partitions. The price is that a host's name is what the message says: who may connect may also
 * speak in another host's name, so listeners are for trusted networks or for TLS with client
 * certificates. A line without any header, such as the rest of a message that a sender did not
 * frame, goes where the connection's last message went. Not thread-safe.
 */
final class MessageSender implements FrameReader.Taker {
  private static final byte[] NOBODY = "unknown".getBytes(UTF_8);

  private final LineSender sender;
  private final SyslogCounts counts;
  private byte[] peer;
  private byte[] name;
  private int nameLength;

  MessageSender(LinePacker packer, SyslogCounts counts, SocketAddress peer) {
    this.sender = new LineSender(packer);
    this.counts = counts;
    this.peer = address(peer);
    this.name = this.peer;
    this.nameLength = name.length;
  }

  @Override
  public void message(byte[] bytes, int from, int to) {
    long host = MessageHeader.host(bytes, from, to);
    counts.messages.increment();
    counts.bytes.add(to - from);
    if (host != MessageHeader.NO_HOST) {
      remember(bytes, MessageHeader.from(host), MessageHeader.to(host));
    } else if (bytes[from] == '<') {
      remember(peer, 0, peer.length);
    }
    sender.send(name, 0, nameLength, bytes, from, to);
  }

  /** A datagram, which has a peer of its own. */
  void datagram(SocketAddress from, byte[] bytes, int length) {
    peer = NOBODY;
    if (MessageHeader.host(bytes, 0, length) == MessageHeader.NO_HOST) {
      peer = address(from);
      remember(peer, 0, peer.length);
    }
    message(bytes, 0, length);
  }

  @Override
  public void cut(long bytes, boolean first) {
    counts.cutBytes.add(bytes);
    if (first) {
      counts.cutMessages.increment();
    }
  }

  private void remember(byte[] bytes, int from, int to) {
    int length = to - from;
    if (name.length < length || name == peer) {
      name = new byte[Math.max(length, 64)];
    }
    System.arraycopy(bytes, from, name, 0, length);
    nameLength = length;
  }

  private static byte[] address(SocketAddress peer) {
    return peer instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress().getBytes(UTF_8)
        : NOBODY;
  }
}
