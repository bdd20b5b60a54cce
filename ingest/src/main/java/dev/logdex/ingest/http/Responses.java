package dev.logdex.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.drain.FirehoseEndpoint;
import dev.logdex.ingest.drain.RefusedException;
import dev.logdex.ingest.drain.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Clock;

/** Answers in the form that the sender of a request understands, and as Netty sends them. */
final class Responses {
  private final Reception reception;
  private final Clock clock;

  Responses(Reception reception, Clock clock) {
    this.reception = reception;
    this.clock = clock;
  }

  /** The request's lines are safe. */
  Answer accepted(RequestHead head) {
    return reception.wantsFirehoseAnswer(head)
        ? Answer.firehose(firehoseId(head), clock.millis(), null, "")
        : Answer.taken();
  }

  Answer refused(RequestHead head, RefusedException e) {
    String why = String.valueOf(e.getMessage());
    return reception.wantsFirehoseAnswer(head)
        ? Answer.firehose(firehoseId(head), clock.millis(), e.refusal(), why)
        : Answer.refused(e.refusal(), why);
  }

  /**
   * An answer for the wire.
   *
   * @param stays whether the connection stays open for another request
   */
  static FullHttpResponse of(Answer answer, boolean stays) {
    ByteBuf text = Unpooled.copiedBuffer(answer.text(), UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), text);
    if (!answer.type().isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type());
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes());
    }
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    response
        .headers()
        .set(
            HttpHeaderNames.CONNECTION,
            stays ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
    return response;
  }

  private static String firehoseId(RequestHead head) {
    return head.header(FirehoseEndpoint.REQUEST_ID).orElse("");
  }
}
