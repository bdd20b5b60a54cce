package dev.logdex.recommender.webhook;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and says what became of them. Follows no redirect: the secret that goes along is
 * for the configured host alone.
 */
final class Caller {
  private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);
  private static final int FORBIDDEN = 403;

  private final HttpClient client;
  private final String authorization;
  private final Duration timeout;
  private final int mostBytes;

  /**
   * @param timeout for one request, from its beginning to the end of its answer
   * @param mostBytes of an answer that are read
   */
  Caller(String authorization, Duration timeout, int mostBytes) {
    this.authorization = authorization;
    this.timeout = timeout;
    this.mostBytes = mostBytes;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /**
   * The answer to a request that was taken.
   *
   * @throws NotNowException when a later attempt may go well
   * @throws RefusedException when none will
   */
  Answer take(Call call) throws InterruptedException {
    Answer answer = ask(call);
    if (answer.isSuccess()) {
      return answer;
    }
    throw new RefusedException(said(call, answer));
  }

  /**
   * The answer, also when the request was refused.
   *
   * @throws NotNowException when a later attempt may go well
   */
  Answer ask(Call call) throws InterruptedException {
    Answer answer = exchange(call);
    if (isNotNow(answer)) {
      throw new NotNowException(said(call, answer), RetryAfter.of(answer.headers()).orElse(null));
    }
    return answer;
  }

  private static boolean isNotNow(Answer answer) {
    return answer.status() >= 500
        || NOT_NOW.contains(answer.status())
        || (answer.status() == FORBIDDEN
            && (RetryAfter.isSpent(answer.headers())
                || answer.headers().firstValue("retry-after").isPresent()));
  }

  /** Neither path nor body of either side: they may hold secrets. */
  private static String said(Call call, Answer answer) {
    return call.url().getHost() + " answers " + call.method() + " with status " + answer.status();
  }

  private Answer exchange(Call call) throws InterruptedException {
    HttpRequest.Builder request = call.request().header("User-Agent", "logdex");
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    CompletableFuture<HttpResponse<BoundedBody.Beginning>> exchange =
        client.sendAsync(request.build(), head -> new BoundedBody(mostBytes));
    try {
      return answer(exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new NotNowException(call.url().getHost() + " did not answer within " + timeout, e);
    } catch (ExecutionException e) {
      throw new NotNowException(
          "cannot talk to " + call.url().getHost() + ": " + reason(e.getCause()), e);
    } finally {
      exchange.cancel(true);
    }
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null ? "unknown" : cause.getClass().getSimpleName();
  }

  private static Answer answer(HttpResponse<BoundedBody.Beginning> response) {
    return new Answer(
        response.statusCode(), response.headers(), response.body().text(), response.body().cut());
  }
}
