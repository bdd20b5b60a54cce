package dev.logdex.ingest.syslog;

import dev.logdex.ingest.outlet.LinePacker;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Listens for syslog: RFC 3164 and 5424 over UDP, TCP and TLS, counted or by lines (RFC 6587, 5425,
 * 5426). Messages go to a packer as they are. While the packer has no room, connections are not
 * read from, so that TCP holds the senders back; datagrams are dropped then, and counted.
 */
public final class SyslogServer implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int DATAGRAMS_BUFFERED_BYTES = 4 * 1024 * 1024;
  private static final int DATAGRAM_BYTES_MAX = 65_535;
  private static final long PARTIAL_BYTES_MAX = 64L * 1024 * 1024;

  private final SyslogOptions options;
  private final LinePacker packer;
  private final SyslogCounts counts = new SyslogCounts();
  private final PartialBudget budget = new PartialBudget(PARTIAL_BYTES_MAX);
  private final EventLoopGroup loops;
  private final List<Channel> listeners = new ArrayList<>();
  private int tcpPort = SyslogOptions.OFF;
  private int udpPort = SyslogOptions.OFF;
  private int tlsPort = SyslogOptions.OFF;

  private SyslogServer(SyslogOptions options, LinePacker packer) {
    this.options = options;
    this.packer = packer;
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    this.loops = new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
  }

  /**
   * Listens on every port that is configured.
   *
   * @throws UncheckedIOException when a port is taken or the address is not this machine's
   * @throws IllegalArgumentException when certificate or key cannot be used
   */
  public static SyslogServer open(SyslogOptions options, LinePacker packer) {
    SyslogServer server = new SyslogServer(options, packer);
    try {
      server.listen();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** What happened so far. */
  public SyslogCounts counts() {
    return counts;
  }

  /** The port that is listened to; {@link SyslogOptions#OFF} when there is none. */
  public int tcpPort() {
    return tcpPort;
  }

  /** Likewise for datagrams. */
  public int udpPort() {
    return udpPort;
  }

  /** Likewise for TLS. */
  public int tlsPort() {
    return tlsPort;
  }

  /** Ends listening and all connections; what was read is in the packer. */
  @Override
  public void close() {
    listeners.forEach(listener -> listener.close().syncUninterruptibly());
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void listen() {
    if (options.tcpPort() != SyslogOptions.OFF) {
      tcpPort = bind(streams(null), options.tcpPort());
    }
    if (options.tlsPort() != SyslogOptions.OFF) {
      SslContext tls = TlsContext.of(options.tls().orElseThrow());
      tlsPort = bind(streams(tls), options.tlsPort());
    }
    if (options.udpPort() != SyslogOptions.OFF) {
      udpPort = bind(datagrams(), options.udpPort());
    }
  }

  private ServerBootstrap streams(@Nullable SslContext tls) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        // a quiet connection's buffer is small, and ten thousand busy ones do not fill the memory
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(256, 2048, 32_768))
        .childHandler(new ConnectionInitializer(options, packer, counts, budget, tls));
  }

  private Bootstrap datagrams() {
    return new Bootstrap()
        .group(loops)
        .channel(NioDatagramChannel.class)
        .option(ChannelOption.SO_RCVBUF, DATAGRAMS_BUFFERED_BYTES)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM_BYTES_MAX))
        .handler(new DatagramHandler(packer, counts, options.messageBytes()));
  }

  private int bind(AbstractBootstrap<?, ?> listener, int port) {
    InetSocketAddress address = new InetSocketAddress(options.address(), port);
    ChannelFuture bound = listener.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(
          "cannot listen for syslog on " + options.address() + " port " + port,
          new IOException(bound.cause()));
    }
    listeners.add(bound.channel());
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }
}
