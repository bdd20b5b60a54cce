package dev.logdex.ingest.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HostileSendersTest {
  private static final String HONEST = "<134>1 2026-11-20T23:54:44Z honest postgres 7 - - x";

  @Test
  void anEndlessLineIsCutAndTheRestIsPassedOver() throws IOException {
    byte[] part = "x".repeat(100_000).getBytes(UTF_8);
    try (ListeningServer listening = ListeningServer.start();
        Socket socket = listening.connect()) {
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < 300; i++) {
        out.write(part);
      }
      await().until(() -> listening.counts().cutBytes() == 299L * part.length);

      assertThat(listening.counts().cutMessages()).isEqualTo(1);
      assertThat(listening.counts().messages()).isEqualTo(1);
      assertOthersAreServed(listening);
    }
  }

  @Test
  void aLengthThatNeverEndsIsALine() throws IOException {
    try (ListeningServer listening = ListeningServer.start();
        Socket socket = listening.connect()) {
      socket.getOutputStream().write("9".repeat(250_000).getBytes(UTF_8));
      await().until(() -> listening.counts().cutBytes() == 150_000);

      assertOthersAreServed(listening);
    }
  }

  @Test
  void aHugeLengthTakesNoMemoryInAdvanceAndIsCut() throws IOException {
    try (ListeningServer listening = ListeningServer.start();
        Socket socket = listening.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write("9999999999 <1>".getBytes(UTF_8));
      out.write("x".repeat(200_000).getBytes(UTF_8));
      await().until(() -> listening.counts().cutMessages() == 1);

      assertOthersAreServed(listening);
    }
  }

  @Test
  void aSlowSenderIsCutOffHoweverOftenItSendsAByte() throws IOException {
    try (ListeningServer listening = ListeningServer.withStallTime(Duration.ofMillis(200));
        Socket slow = listening.connect();
        Socket quiet = listening.connect()) {
      slow.getOutputStream().write("100 <1>".getBytes(UTF_8));
      quiet.getOutputStream().write((HONEST + "\n").getBytes(UTF_8));
      await()
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                trickle(slow);
                return listening.counts().stalledConnections() == 1;
              });

      await().until(() -> listening.counts().unfinishedMessages() == 1);
      // one that has nothing to say may stay
      quiet.getOutputStream().write((HONEST + "y\n").getBytes(UTF_8));
      await().until(() -> listening.text("honest").equals(HONEST + "\n" + HONEST + "y\n"));
      assertThat(listening.counts().openConnections()).isEqualTo(1);
    }
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAndTheOthersStay() throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try (ListeningServer listening = ListeningServer.start()) {
      for (int i = 0; i < ListeningServer.CONNECTIONS_MAX + 5; i++) {
        sockets.add(listening.connect());
      }
      await().until(() -> listening.counts().refusedConnections() == 5);
      assertThat(listening.counts().openConnections()).isEqualTo(ListeningServer.CONNECTIONS_MAX);
      sockets.get(0).getOutputStream().write((HONEST + "\n").getBytes(UTF_8));
      await().until(() -> listening.text("honest").equals(HONEST + "\n"));
      for (Socket socket : sockets) {
        socket.close();
      }
      await().until(() -> listening.counts().openConnections() == 0);
    }
  }

  @Test
  void noiseIsLinesOrNothingAndHurtsNobody() throws IOException {
    Random random = new Random(11);
    byte[] noise = new byte[2_000_000];
    random.nextBytes(noise);
    try (ListeningServer listening = ListeningServer.start()) {
      try (Socket socket = listening.connect()) {
        socket.getOutputStream().write(noise);
      }
      await().until(() -> listening.counts().openConnections() == 0);

      assertOthersAreServed(listening);
    }
  }

  @Test
  void manyForgedHostsLeaveNothingBehind() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      text.append("<1>Nov 20 23:54:44 h").append(i).append(" postgres[1]: x\n");
    }
    try (ListeningServer listening = ListeningServer.start()) {
      listening.send(text.toString());
      await().until(() -> listening.counts().messages() == 200_000);

      await().until(() -> listening.packer.openPacks() == 0);
      assertThat(listening.packer.room().used()).isZero();
    }
  }

  private static void assertOthersAreServed(ListeningServer listening) throws IOException {
    listening.send(HONEST + "\n");
    await().until(() -> listening.text("honest").equals(HONEST + "\n"));
  }

  private static void trickle(Socket socket) {
    try {
      socket.getOutputStream().write('x');
    } catch (IOException closed) {
      // what the test waits for
    }
  }
}
