package dev.logdex.ingest.syslog;

import dev.logdex.ingest.outlet.LinePacker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Furnishes each new connection, or closes it when there are too many. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {
  private final SyslogOptions options;
  private final LinePacker packer;
  private final SyslogCounts counts;
  private final PartialBudget budget;
  private final @Nullable SslContext tls;

  ConnectionInitializer(
      SyslogOptions options,
      LinePacker packer,
      SyslogCounts counts,
      PartialBudget budget,
      @Nullable SslContext tls) {
    this.options = options;
    this.packer = packer;
    this.counts = counts;
    this.budget = budget;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (counts.openConnections.incrementAndGet() > options.connectionsMax()) {
      counts.openConnections.decrementAndGet();
      counts.refusedConnections.increment();
      channel.close();
      return;
    }
    counts.connections.increment();
    channel.closeFuture().addListener(closed -> counts.openConnections.decrementAndGet());
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      handler.setHandshakeTimeout(options.stallTime().toMillis(), TimeUnit.MILLISECONDS);
      channel.pipeline().addLast(handler);
    }
    MessageSender sender = new MessageSender(packer, counts, channel.remoteAddress());
    channel
        .pipeline()
        .addLast(
            new StreamHandler(
                new FrameReader(options.messageBytes(), budget, sender),
                packer.room(),
                counts,
                options.stallTime().toNanos()));
  }
}
