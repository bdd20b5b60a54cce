package dev.logdex.recommender.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection: a request at a time, worked on outside of the network's thread. A client has a
 * while to send its request, however slowly it does so, and a while to take the response.
 */
final class Conversation extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final long SECONDS_TO_SEND = 20;
  private static final long SECONDS_TO_TAKE = 60;

  private final Site site;
  private final Executor workers;
  private boolean busy;
  private @Nullable Future<?> deadline;

  Conversation(Site site, Executor workers) {
    this.site = site;
    this.workers = workers;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    within(context, SECONDS_TO_SEND);
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stopWaiting();
    context.fireChannelInactive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    if (busy) { // nobody sends a second request before the first is answered
      end(context);
      return;
    }
    busy = true;
    within(context, SECONDS_TO_TAKE);
    boolean keep = HttpUtil.isKeepAlive(message);
    if (message.decoderResult().isFailure()) {
      send(context, plain(400, "Not understood."), false);
      return;
    }
    try {
      Request request = Requests.of(message, context.channel().remoteAddress());
      workers.execute(() -> send(context, site.answer(request), keep));
    } catch (IllegalArgumentException e) {
      send(context, plain(400, "Not understood."), false);
    } catch (RejectedExecutionException e) {
      send(context, plain(503, "Too busy.").with("Retry-After", "5"), false);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    end(context); // the client has gone, or speaks something else than HTTP
  }

  private static Response plain(int status, String sentence) {
    return new Response(status, "text/plain", sentence, Map.of());
  }

  private void send(ChannelHandlerContext context, Response response, boolean keep) {
    context.executor().execute(() -> write(context, response, keep));
  }

  private void write(ChannelHandlerContext context, Response response, boolean keep) {
    FullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(response.status()),
            Unpooled.copiedBuffer(response.body(), UTF_8));
    response.headers().forEach((name, value) -> message.headers().set(name, value));
    message.headers().set(HttpHeaderNames.CONTENT_TYPE, response.type());
    if (response.status() != 304) {
      HttpUtil.setContentLength(message, message.content().readableBytes());
    }
    HttpUtil.setKeepAlive(message, keep);
    context
        .writeAndFlush(message)
        .addListener(
            keep
                ? sent -> {
                  busy = false;
                  within(context, SECONDS_TO_SEND);
                }
                : ChannelFutureListener.CLOSE);
  }

  private void within(ChannelHandlerContext context, long seconds) {
    stopWaiting();
    deadline = context.executor().schedule(() -> end(context), seconds, TimeUnit.SECONDS);
  }

  private static void end(ChannelHandlerContext context) {
    var unused = context.close(); // when it fails, it is closed already
  }

  private void stopWaiting() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
