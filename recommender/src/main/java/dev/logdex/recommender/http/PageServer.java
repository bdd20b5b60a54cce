package dev.logdex.recommender.http;

import dev.logdex.recommender.page.Decisions;
import dev.logdex.recommender.page.Findings;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Serves the page over HTTP with bounded threads, connections, sizes and times. */
public final class PageServer implements AutoCloseable {
  static final int CONNECTIONS = 200;

  private static final int LINE_BYTES = 8 * 1024;
  private static final int HEADER_BYTES = 16 * 1024;
  private static final int CHUNK_BYTES = 8 * 1024;
  private static final int BODY_BYTES = 32 * 1024;
  private static final int COMPRESSED_FROM_BYTES = 2 * 1024;
  private static final int WORKERS = 4;
  private static final int WAITING = 100;
  private static final int BACKLOG = 50;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("page-io", true), NioIoHandler.newFactory());
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          WORKERS,
          WORKERS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          new DefaultThreadFactory("page", true));
  private final Channel server;

  private PageServer(PageConfig config, Site site) throws IOException {
    workers.allowCoreThreadTimeOut(true);
    ConnectionLimit limit = new ConnectionLimit(CONNECTIONS);
    try {
      server =
          new ServerBootstrap()
              .group(loop)
              .channel(NioServerSocketChannel.class)
              .option(ChannelOption.SO_BACKLOG, BACKLOG)
              .childHandler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      channel
                          .pipeline()
                          .addLast(limit)
                          .addLast(new HttpServerCodec(LINE_BYTES, HEADER_BYTES, CHUNK_BYTES))
                          .addLast(
                              new HttpContentCompressor(
                                  COMPRESSED_FROM_BYTES, StandardCompressionOptions.gzip()))
                          .addLast(new HttpObjectAggregator(BODY_BYTES, true))
                          .addLast(new Conversation(site, workers));
                    }
                  })
              .bind(new InetSocketAddress(config.address(), config.port()))
              .syncUninterruptibly()
              .channel();
    } catch (Exception e) { // syncUninterruptibly throws what bind failed with, undeclared
      close(null);
      throw e;
    }
  }

  /**
   * Opens the port.
   *
   * @param clock by which sessions end
   * @param failures is told of what goes wrong inside, to be logged
   * @throws UncheckedIOException when the address is not this machine's or the port is taken
   */
  public static PageServer open(
      PageConfig config,
      Findings findings,
      Decisions decisions,
      InstantSource clock,
      Consumer<Throwable> failures) {
    try {
      return new PageServer(config, new Site(config, findings, decisions, clock, failures));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot serve the page on "
              + config.address()
              + " port "
              + config.port()
              + "; set page.address or page.port to another, or page.port to -1",
          e);
    }
  }

  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  @Override
  public void close() {
    close(server);
  }

  private void close(@Nullable Channel open) {
    if (open != null) {
      open.close().syncUninterruptibly();
    }
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    workers.shutdownNow();
  }
}
