package dev.logdex.ingest.http;

import dev.logdex.ingest.drain.ByteBudget;
import dev.logdex.ingest.drain.DocumentsEndpoint;
import dev.logdex.ingest.drain.Endpoint;
import dev.logdex.ingest.drain.FirehoseEndpoint;
import dev.logdex.ingest.drain.LinesEndpoint;
import dev.logdex.ingest.drain.LogplexEndpoint;
import dev.logdex.ingest.drain.PubSubEndpoint;
import dev.logdex.ingest.drain.SourceRates;
import dev.logdex.ingest.outlet.LogOutlet;
import io.github.bucket4j.TimeMeter;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes log lines over HTTP or HTTPS: Heroku's drains, lines of any program, and
 * what the clouds' delivery services push. A request is answered as taken when Kafka has
 * acknowledged all of its lines.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a connection that cannot be closed is closed already
public final class HttpDrain implements AutoCloseable {
  private static final int SOCKET_THREADS = 2;
  private static final int READING_THREADS = 2;
  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final int MAX_HEAD_BYTES = 16 * 1024;
  private static final int MAX_PIECE_BYTES = 64 * 1024;
  private static final Duration LONGEST_CLOSING = Duration.ofSeconds(10);

  private final EventLoopGroup sockets;
  private final ExecutorService readers;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final HttpSettings settings;
  private final Reception reception;
  private final Intake intake;
  private final Clock clock;
  private final Optional<SslContext> tls;
  private @Nullable Channel server;
  private volatile boolean closing;

  private HttpDrain(HttpSettings settings, LogOutlet outlet, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.tls = settings.tls().map(HttpDrain::tls);
    HttpLimits limits = settings.limits();
    ByteBudget budget = new ByteBudget(limits.heldBytes());
    SourceRates rates = new SourceRates(limits.sourceBytesPerSecond(), TimeMeter.SYSTEM_NANOTIME);
    Health health = new Health(budget, System::nanoTime);
    this.readers =
        Executors.newFixedThreadPool(
            READING_THREADS, new DefaultThreadFactory("logdex-http-read", true));
    this.sockets =
        new MultiThreadIoEventLoopGroup(
            SOCKET_THREADS,
            new DefaultThreadFactory("logdex-http", true),
            NioIoHandler.newFactory());
    this.reception = new Reception(endpoints(settings), settings, budget, rates, health);
    this.intake = new Intake(limits, outlet, rates, health, readers);
    HttpMetrics.watch(budget, connections);
  }

  /**
   * Begins to listen.
   *
   * @param clock tells Firehose when its records were taken
   * @throws ConfigException when the certificate or its key cannot be read
   * @throws UncheckedIOException when the address or the port cannot be had
   */
  public static HttpDrain open(HttpSettings settings, LogOutlet outlet, Clock clock) {
    HttpDrain drain = new HttpDrain(settings, outlet, clock);
    try {
      drain.listen();
    } catch (UncheckedIOException e) {
      drain.close();
      throw e;
    }
    return drain;
  }

  /** The port at which the server listens. */
  public int port() {
    return server == null ? -1 : ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Takes nothing new, answers what was taken, and ends; not later than after some seconds. */
  @Override
  public void close() {
    closing = true;
    if (server != null) {
      server.close().awaitUninterruptibly();
    }
    connections.forEach(HttpDrain::closeWhenDone);
    connections.newCloseFuture().awaitUninterruptibly(LONGEST_CLOSING.toMillis());
    sockets.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    readers.shutdownNow();
  }

  private void listen() {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(sockets)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1024)
            .childHandler(new Connecting())
            .bind(settings.address())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new UncheckedIOException(
          new IOException(
              "cannot take logs over HTTP at "
                  + settings.address()
                  + "; set http.address or http.port to another",
              bound.cause()));
    }
    server = bound.channel();
  }

  private static void closeWhenDone(Channel channel) {
    channel
        .eventLoop()
        .execute(
            () -> {
              ChannelHandlerContext context = channel.pipeline().context(RequestHandler.class);
              if (context == null) {
                channel.close();
              } else {
                ((RequestHandler) context.handler()).closing(context);
              }
            });
  }

  private static List<Endpoint> endpoints(HttpSettings settings) {
    return List.of(
        new LogplexEndpoint(settings.drains()),
        new LinesEndpoint(),
        new FirehoseEndpoint(settings.limits().inflatedBytes()),
        new PubSubEndpoint(),
        DocumentsEndpoint.cloudWatch(),
        DocumentsEndpoint.azure());
  }

  private static SslContext tls(HttpSettings.Tls files) {
    try {
      return SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      ConfigException unreadable =
          new ConfigException(
              "cannot serve HTTPS with "
                  + files.certificate()
                  + " and "
                  + files.key()
                  + ": they must be PEM, the key PKCS 8 without a password");
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  /** Sets a new connection up. */
  private final class Connecting extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      if (connections.size() >= settings.limits().connections()) {
        HttpMetrics.refusedConnection();
        channel.close();
        return;
      }
      connections.add(channel);
      tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
      channel
          .pipeline()
          .addLast(
              new HttpServerCodec(
                  new HttpDecoderConfig()
                      .setMaxInitialLineLength(MAX_LINE_BYTES)
                      .setMaxHeaderSize(MAX_HEAD_BYTES)
                      .setMaxChunkSize(MAX_PIECE_BYTES)),
              new FlowControlHandler(),
              new RequestHandler(reception, intake, settings.limits(), () -> closing, clock));
    }
  }
}
