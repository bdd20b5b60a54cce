package dev.logdex.ingest.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SyslogServerTest {
  private static final String PEER = "127.0.0.1";
  private static final String RFC5424 = "<134>1 2026-11-20T23:54:44Z db1 postgres 7 - - ";
  private static final String RFC3164 = "<134>Nov 20 23:54:44 db2 postgres[8]: ";

  @Test
  void linesAndCountedFramesArriveByteForByteUnderTheirHosts() throws IOException {
    String counted = RFC5424 + "[1-1] grüße\u0001\r";
    try (ListeningServer listening = ListeningServer.start()) {
      listening.send(RFC3164 + "one\n" + RFC5424 + "two\n");
      await().until(() -> listening.text("db2").equals(RFC3164 + "one\n"));
      await().until(() -> listening.text("db1").equals(RFC5424 + "two\n"));

      listening.send(counted.getBytes(UTF_8).length + " " + counted);
      await().until(() -> listening.text("db1").equals(RFC5424 + "two\n" + counted + "\n"));
      assertThat(listening.counts().messages()).isEqualTo(3);
    }
  }

  @Test
  void aMessageWithoutAHostIsItsPeers() throws IOException {
    try (ListeningServer listening = ListeningServer.start()) {
      listening.send("<132>Nov 21 00:25:13 postgres[23162]: [23-1] x\n");
      await().until(() -> !listening.text(PEER).isEmpty());
      listening.sendDatagram("<132>Nov 21 00:25:13 postgres[23162]: [23-2] y");
      await().until(() -> listening.text(PEER).endsWith("[23-2] y\n"));
    }
  }

  @Test
  void aLineWithoutAnyHeaderGoesWhereTheOneBeforeItWent() throws IOException {
    try (ListeningServer listening = ListeningServer.start()) {
      listening.send(RFC3164 + "SELECT 1,\n\tname\n");

      await().until(() -> listening.text("db2").equals(RFC3164 + "SELECT 1,\n\tname\n"));
    }
  }

  @Test
  void datagramsAreMessages() throws IOException {
    try (ListeningServer listening = ListeningServer.start()) {
      listening.sendDatagram(RFC5424 + "one\n");
      await().until(() -> listening.text("db1").equals(RFC5424 + "one\n"));
      listening.sendDatagram("");
      String message = RFC5424 + "two\n\tlines";
      listening.sendDatagram(message);
      await()
          .until(
              () -> listening.text("db1").endsWith("\n" + message.length() + " " + message + "\n"));
      assertThat(listening.counts().droppedDatagrams()).isZero();
    }
  }

  @Test
  void aRelaysHostsEachKeepTheirOrder() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      text.append("<1>Nov 20 23:54:44 h")
          .append(i % 7)
          .append(" postgres[1]: ")
          .append(i)
          .append('\n');
    }
    try (ListeningServer listening = ListeningServer.start()) {
      listening.send(text.toString());
      await().until(() -> listening.counts().messages() == 30_000);
      await().until(() -> listening.packer.room().used() == 0);

      for (int host = 0; host < 7; host++) {
        int[] next = {host};
        listening
            .text("h" + host)
            .lines()
            .forEach(
                line -> {
                  assertThat(line).endsWith(": " + next[0]);
                  next[0] += 7;
                });
        assertThat(next[0]).isGreaterThanOrEqualTo(30_000);
      }
    }
  }

  @Test
  void sendersAreHeldBackWhileThereIsNoRoomAndNothingIsLost() throws Exception {
    byte[] line = (RFC5424 + "x".repeat(900) + "\n").getBytes(UTF_8);
    int lines = 20_000;
    try (ListeningServer listening = ListeningServer.start()) {
      listening.outlet.fallSilent();
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(() -> send(listening, line, lines));
      await().until(() -> listening.packer.room().isOpen() == false);
      await()
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(10))
          .until(() -> listening.packer.room().used() < 2 * ListeningServer.ROOM_BYTES);
      assertThat(sender).isNotDone();
      for (int i = 0; i < 2_100; i++) {
        listening.sendDatagram(RFC3164 + "y".repeat(500));
      }
      await().until(() -> listening.counts().droppedDatagrams() > 0);

      listening.outlet.acknowledge();

      sender.join();
      await().until(() -> listening.text("db1").length() == (long) lines * line.length);
      assertThat(listening.counts().heldSeconds()).isPositive();
      assertThat(listening.packer.lostParcels()).isZero();
    }
  }

  @Test
  void aTakenPortIsAnErrorThatNamesIt() {
    try (ListeningServer listening = ListeningServer.start()) {
      int port = listening.server.tcpPort();
      SyslogOptions same =
          new SyslogOptions(
              "127.0.0.1", port, -1, -1, Optional.empty(), 1000, 10, Duration.ofSeconds(1));

      assertThatThrownBy(() -> SyslogServer.open(same, listening.packer))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("port " + port);
    }
  }

  private static void send(ListeningServer listening, byte[] line, int lines) {
    try (Socket socket = listening.connect();
        OutputStream out = socket.getOutputStream()) {
      for (int i = 0; i < lines; i++) {
        out.write(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
