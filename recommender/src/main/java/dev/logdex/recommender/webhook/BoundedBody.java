package dev.logdex.recommender.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Keeps the beginning of a body and hangs up on the rest, so that an endless one does no harm. */
final class BoundedBody implements BodySubscriber<BoundedBody.Beginning> {
  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<Beginning> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  /** The text, and whether there was more of it. */
  record Beginning(String text, boolean cut) {}

  /**
   * @param most bytes that are kept
   */
  BoundedBody(int most) {
    this.most = most;
  }

  @Override
  public CompletionStage<Beginning> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    buffers.forEach(this::keep);
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(new Beginning(kept.toString(UTF_8), false));
  }

  private void keep(ByteBuffer buffer) {
    byte[] bytes = new byte[Math.min(buffer.remaining(), most - kept.size())];
    buffer.get(bytes);
    kept.writeBytes(bytes);
    if (buffer.hasRemaining()) {
      body.complete(new Beginning(kept.toString(UTF_8), true));
      if (subscription != null) {
        subscription.cancel();
      }
    }
  }
}
