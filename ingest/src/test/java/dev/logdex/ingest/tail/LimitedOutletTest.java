package dev.logdex.ingest.tail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.ingest.outlet.Parcel;
import dev.logdex.ingest.outlet.RecordingOutlet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LimitedOutletTest {
  private final RecordingOutlet outlet = new RecordingOutlet();
  private final LimitedOutlet limited = new LimitedOutlet(outlet, 10);

  @Test
  void whatIsOnItsWayIsBoundedAndRoomComesBack() {
    outlet.fallSilent();
    assertThat(send(100)).isNotDone(); // alone, however large
    assertThat(send(1)).isCompletedExceptionally();
    outlet.acknowledge();

    assertThat(send(6)).isCompleted();
    outlet.fallSilent();
    assertThat(send(6)).isNotDone();
    assertThat(send(4)).isNotDone();
    assertThat(send(1)).isCompletedExceptionally();
    assertThat(outlet.parcels()).hasSize(4);
  }

  private CompletableFuture<Void> send(int bytes) {
    return limited.send(new Parcel("x", new byte[bytes]));
  }
}
