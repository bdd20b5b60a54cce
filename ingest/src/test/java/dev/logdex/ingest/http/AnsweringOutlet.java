package dev.logdex.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.outlet.LogOutlet;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An outlet that keeps what it is given, and answers as a test wants. */
final class AnsweringOutlet implements LogOutlet {
  final List<Parcel> parcels = new CopyOnWriteArrayList<>();
  private volatile Function<Parcel, CompletableFuture<Void>> answer = AnsweringOutlet::taken;

  @Override
  public CompletableFuture<Void> send(Parcel parcel) {
    parcels.add(parcel);
    return answer.apply(parcel);
  }

  /** What the next parcels are answered with. */
  void answerWith(Function<Parcel, CompletableFuture<Void>> answering) {
    answer = answering;
  }

  static CompletableFuture<Void> taken(Parcel parcel) {
    return CompletableFuture.completedFuture(null);
  }

  static CompletableFuture<Void> refused(Parcel parcel) {
    return CompletableFuture.failedFuture(new OutletRefusedException("no room"));
  }

  /** All lines, in the order in which they were taken. */
  String text() {
    StringBuilder text = new StringBuilder();
    parcels.forEach(parcel -> text.append(new String(parcel.lines(), UTF_8)));
    return text.toString();
  }

  List<String> sources() {
    return parcels.stream().map(Parcel::source).toList();
  }

  /** The parcels' delivery ids; empty texts where there is none. */
  List<String> deliveries() {
    return parcels.stream()
        .map(parcel -> parcel.headers().getOrDefault(LogHeader.DELIVERY, new byte[0]))
        .map(id -> new String(id, UTF_8))
        .toList();
  }
}
