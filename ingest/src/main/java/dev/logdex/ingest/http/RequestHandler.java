package dev.logdex.ingest.http;

import dev.logdex.ingest.drain.Delivery;
import dev.logdex.ingest.drain.Refusal;
import dev.logdex.ingest.drain.RefusedException;
import dev.logdex.ingest.drain.RequestHead;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection: a request at a time is read, handed to the intake and answered when its lines are
 * safe. Nothing is read while a request is in work, so a sender that does not wait for answers is
 * held back. Every phase has a deadline.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on the connection comes as an exception
final class RequestHandler extends ChannelInboundHandlerAdapter {
  /**
   * How long a refused sender may go on with what nobody keeps, so that it sees the answer; and not
   * with more than a body may have.
   */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private enum Phase {
    AWAITING_HEAD,
    READING_BODY,
    AWAITING_KAFKA,
    /** Answered; what still comes is thrown away. */
    DISCARDING
  }

  private final Reception reception;
  private final Intake intake;
  private final HttpLimits limits;
  private final BooleanSupplier closing;
  private final Responses responses;

  private Phase phase = Phase.AWAITING_HEAD;
  private Exchange exchange = new Exchange(Heads.unreadable(), false);
  private @Nullable Future<?> deadline;
  private long discarded;

  RequestHandler(
      Reception reception, Intake intake, HttpLimits limits, BooleanSupplier closing, Clock clock) {
    this.reception = reception;
    this.intake = intake;
    this.limits = limits;
    this.closing = closing;
    this.responses = new Responses(reception, clock);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    awaitHead(context, limits.headTime());
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof HttpRequest request && phase == Phase.AWAITING_HEAD) {
        begin(context, request);
      }
      if (message instanceof HttpContent content) {
        read(context, content);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    disarm();
    exchange.abandon();
    context.fireChannelInactive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (phase == Phase.AWAITING_HEAD && context.channel().isWritable()) {
      context.channel().config().setAutoRead(true);
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    HttpMetrics.broken();
    context.close();
  }

  /** The server stops: whoever waits for nothing can go. For the connection's thread. */
  void closing(ChannelHandlerContext context) {
    if (phase == Phase.AWAITING_HEAD) {
      context.close();
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    phase = Phase.READING_BODY;
    exchange = new Exchange(Heads.unreadable(), false);
    arm(context, limits.bodyTime(), () -> tooSlow(context));
    try {
      RequestHead head = Heads.read(request);
      exchange = new Exchange(head, HttpUtil.isKeepAlive(request));
      receive(context, request, head);
    } catch (RefusedException e) {
      refuse(context, e, false);
    }
  }

  private void receive(ChannelHandlerContext context, HttpRequest request, RequestHead head)
      throws RefusedException {
    if (closing.getAsBoolean()) {
      throw new RefusedException(Refusal.NOT_NOW, "the server is being stopped");
    }
    @Nullable Answer page = reception.page(head).orElse(null);
    if (page != null) {
      exchange.page(page);
      return;
    }
    exchange.admitted(reception.admit(head, Heads.length(request)));
    if (Heads.asksToContinue(request)) {
      context.writeAndFlush(
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void read(ChannelHandlerContext context, HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (phase == Phase.DISCARDING) {
      discarded += content.content().readableBytes();
      if (last || discarded > limits.bodyBytes()) {
        context.close();
      }
    }
    if (phase != Phase.READING_BODY) {
      return;
    }
    try {
      if (content.decoderResult().isFailure()) {
        throw new RefusedException(Refusal.MALFORMED, "the body is not well-formed HTTP");
      }
      exchange.add(content.content(), reception);
    } catch (RefusedException e) {
      refuse(context, e, false);
      return;
    }
    if (last) {
      work(context);
    }
  }

  private void work(ChannelHandlerContext context) {
    Answer page = exchange.page();
    Intake.Request request = exchange.request();
    if (request == null) {
      answer(context, page == null ? Answer.taken() : page, exchange.keepAlive());
      return;
    }
    phase = Phase.AWAITING_KAFKA;
    context.channel().config().setAutoRead(false);
    arm(context, limits.answerTime(), () -> tooLate(context));
    Exchange working = exchange;
    intake
        .take(request, exchange.takeBody())
        .whenComplete(
            (delivery, error) ->
                context.executor().execute(() -> finish(context, working, delivery, error)));
  }

  private void finish(
      ChannelHandlerContext context,
      Exchange worked,
      @Nullable Delivery delivery,
      @Nullable Throwable error) {
    if (delivery != null) {
      HttpMetrics.taken(reception.label(worked.head()), delivery);
    }
    if (phase != Phase.AWAITING_KAFKA || worked != exchange) {
      return; // it came too late
    }
    if (error == null) {
      answer(context, responses.accepted(exchange.head()), exchange.keepAlive());
    } else {
      refuse(context, Intake.refusal(error), true);
    }
  }

  private void tooSlow(ChannelHandlerContext context) {
    refuse(context, new RefusedException(Refusal.TOO_SLOW, "the body did not come in time"), false);
  }

  private void tooLate(ChannelHandlerContext context) {
    String why = "Kafka did not acknowledge in time; the lines may be safe or not";
    answer(
        context,
        responses.refused(exchange.head(), new RefusedException(Refusal.NOT_NOW, why)),
        false);
    phase = Phase.DISCARDING;
  }

  /**
   * Answers with a refusal.
   *
   * @param whole whether the request was read to its end, so that another can follow
   */
  private void refuse(ChannelHandlerContext context, RefusedException refused, boolean whole) {
    if (whole) {
      answer(context, responses.refused(exchange.head(), refused), exchange.keepAlive());
      return;
    }
    exchange.abandon();
    phase = Phase.DISCARDING;
    write(context, responses.refused(exchange.head(), refused), false);
    context.channel().config().setAutoRead(true);
    arm(context, LINGER, context::close);
  }

  private void answer(ChannelHandlerContext context, Answer answer, boolean keepAlive) {
    boolean stays = keepAlive && !closing.getAsBoolean();
    ChannelFuture written = write(context, answer, stays);
    if (!stays) {
      phase = Phase.DISCARDING;
      arm(context, LINGER, context::close); // a sender that does not read must not hold it
      written.addListener(ChannelFutureListener.CLOSE);
      return;
    }
    awaitHead(context, limits.idleTime());
    // a sender that reads no answers gets none of its further requests read
    context.channel().config().setAutoRead(context.channel().isWritable());
  }

  private void awaitHead(ChannelHandlerContext context, Duration longest) {
    phase = Phase.AWAITING_HEAD;
    exchange = new Exchange(Heads.unreadable(), false);
    arm(
        context,
        longest,
        () -> {
          HttpMetrics.timedOut();
          context.close();
        });
  }

  private ChannelFuture write(ChannelHandlerContext context, Answer answer, boolean stays) {
    HttpMetrics.answered(reception.label(exchange.head()), answer.status());
    return context.writeAndFlush(Responses.of(answer, stays));
  }

  private void arm(ChannelHandlerContext context, Duration longest, Runnable late) {
    disarm();
    deadline = context.executor().schedule(late, longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void disarm() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
