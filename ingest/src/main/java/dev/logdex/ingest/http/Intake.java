package dev.logdex.ingest.http;

import dev.logdex.ingest.drain.ByteBudget;
import dev.logdex.ingest.drain.Delivery;
import dev.logdex.ingest.drain.Endpoint;
import dev.logdex.ingest.drain.Inflation;
import dev.logdex.ingest.drain.ParcelWriter;
import dev.logdex.ingest.drain.Refusal;
import dev.logdex.ingest.drain.RefusedException;
import dev.logdex.ingest.drain.RequestHead;
import dev.logdex.ingest.drain.SourceRates;
import dev.logdex.ingest.drain.Ticket;
import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the lines out of bodies and hands them to the outlet, away from the sockets' threads. */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final HttpLimits limits;
  private final LogOutlet outlet;
  private final SourceRates rates;
  private final Health health;
  private final Executor executor;

  Intake(HttpLimits limits, LogOutlet outlet, SourceRates rates, Health health, Executor executor) {
    this.limits = limits;
    this.outlet = outlet;
    this.rates = rates;
    this.health = health;
    this.executor = executor;
  }

  /** A request whose body is there. */
  record Request(
      Endpoint endpoint,
      RequestHead head,
      Ticket ticket,
      Inflation inflation,
      ByteBudget.Share share) {}

  /**
   * Takes a request's lines.
   *
   * @return completed when Kafka has acknowledged all of them; failed with {@link
   *     RefusedException}. The request's share of memory is given back then
   */
  CompletableFuture<Delivery> take(Request request, byte[] body) {
    CompletableFuture<Delivery> taken = new CompletableFuture<>();
    executor.execute(() -> send(request, body, taken));
    return taken;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what becomes of it is told to the other one
  private void send(Request request, byte[] body, CompletableFuture<Delivery> taken) {
    try {
      Delivery delivery = read(request, body);
      CompletableFuture.allOf(sendAll(delivery.parcels()))
          .whenComplete((done, error) -> finish(request, delivery, error, taken));
    } catch (RefusedException e) {
      fail(request, e, taken);
    } catch (RuntimeException e) { // a defect costs this request only
      fail(request, defect(e), taken);
    }
  }

  private Delivery read(Request request, byte[] body) throws RefusedException {
    boolean inflates = request.endpoint().inflates() || request.inflation() != Inflation.NONE;
    int reserved = inflates ? limits.inflatedBytes() : 0;
    if (!request.share().grow(reserved)) {
      throw new RefusedException(Refusal.NOT_NOW, "too many requests are being read");
    }
    byte[] plain = request.inflation().inflate(body, limits.inflatedBytes());
    String source = request.ticket().source();
    Delivery delivery =
        request
            .endpoint()
            .read(
                request.head(),
                request.ticket(),
                plain,
                new ParcelWriter(source, limits.parcelBytes()));
    long bytes = delivery.parcels().stream().mapToLong(parcel -> parcel.lines().length).sum();
    request.share().shrink(Math.max(0, reserved - bytes));
    rates.sent(source, bytes);
    return delivery;
  }

  /** Stops at the first that is refused: those behind it must not overtake it. */
  private CompletableFuture<?>[] sendAll(List<Parcel> parcels) {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (Parcel parcel : parcels) {
      CompletableFuture<Void> one = outlet.send(parcel);
      sent.add(one);
      if (one.isCompletedExceptionally()) {
        break;
      }
    }
    return sent.toArray(CompletableFuture[]::new);
  }

  private void finish(
      Request request,
      Delivery delivery,
      @Nullable Throwable error,
      CompletableFuture<Delivery> taken) {
    if (error != null) {
      fail(request, refused(error), taken);
      return;
    }
    request.share().release();
    health.taken();
    taken.complete(delivery);
  }

  private void fail(Request request, RefusedException why, CompletableFuture<Delivery> taken) {
    request.share().release();
    if (why.refusal() == Refusal.NOT_NOW) {
      health.refused();
    }
    taken.completeExceptionally(why);
  }

  private static RefusedException refused(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof OutletRefusedException) {
      return new RefusedException(Refusal.NOT_NOW, "the lines could not be put on Kafka", cause);
    }
    return defect(error);
  }

  private static RefusedException defect(Throwable error) {
    LOG.error("a request could not be read", error);
    return new RefusedException(Refusal.DEFECT, "the request could not be read", error);
  }

  /** Why a future of {@link #take} failed. */
  static RefusedException refusal(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    return cause instanceof RefusedException refused ? refused : defect(error);
  }
}
