package dev.logdex.normalizer.logentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChunkMemoryTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String BACKEND = "db1 postgres[7]";

  private final ChunkMemory memory = new ChunkMemory(2);

  @Test
  void whatHasBegunIsThereAgain() {
    begin(BACKEND, 5, 0);
    begin(BACKEND, 6, 1);
    assertThat(memory.isAgain(BACKEND, 5, at(0))).isTrue();
    assertThat(memory.isAgain(BACKEND, 6, at(1))).isTrue();
  }

  @Test
  void whatHasNotBegunIsNotThereAgain() {
    assertThat(memory.isAgain(BACKEND, 5, at(0))).isFalse();
    begin(BACKEND, 5, 0);
    assertThat(memory.isAgain(BACKEND, 6, at(0))).isFalse();
    assertThat(memory.isAgain("db1 postgres[8]", 5, at(0))).isFalse();
    assertThat(memory.isAgain("db2 postgres[7]", 5, at(0))).isFalse();
  }

  @Test
  void aMessageThatOnlyComesLateIsNotThereAgain() {
    begin(BACKEND, 5, 0);
    begin(BACKEND, 7, 2);
    assertThat(memory.isAgain(BACKEND, 6, at(1))).isFalse();
    begin(BACKEND, 6, 1);
    assertThat(memory.isAgain(BACKEND, 6, at(1))).isTrue();
    assertThat(memory.isAgain(BACKEND, 7, at(2))).isTrue();
  }

  @Test
  void aLowerNumberInANewerLineIsOfAnotherProcessWithTheSameId() {
    begin(BACKEND, 90, 0);
    assertThat(memory.isAgain(BACKEND, 6, at(1))).isFalse();
    begin(BACKEND, 6, 1);
    assertThat(memory.isAgain(BACKEND, 7, at(1))).isFalse();
    assertThat(memory.isAgain(BACKEND, 6, at(1))).isTrue();
  }

  @Test
  void whatIsFarBehindIsTakenAsThereAgain() {
    begin(BACKEND, 5, 0);
    begin(BACKEND, 5_000_000_000L, 9);
    assertThat(memory.isAgain(BACKEND, 5, at(0))).isTrue();
    assertThat(memory.isAgain(BACKEND, 4_999_999_999L, at(8))).isFalse();
  }

  @Test
  void aLineThatGoesOnMovesTheProcesssTime() {
    begin(BACKEND, 5, 0);
    memory.goOn(BACKEND, at(3));
    assertThat(memory.isAgain(BACKEND, 5, at(3))).isTrue();
    assertThat(memory.isAgain(BACKEND, 5, at(4))).isFalse();
  }

  @Test
  void theProcessSilentForLongestIsForgottenFirst() {
    begin("a", 1, 0);
    begin("b", 1, 1);
    begin("a", 2, 2);
    begin("c", 1, 3);
    assertThat(memory.isAgain("b", 1, at(1))).isFalse();
    assertThat(memory.isAgain("a", 2, at(2))).isTrue();
    assertThat(memory.isAgain("c", 1, at(3))).isTrue();
  }

  @Test
  void aProcessIsForgottenAfterAWhile() {
    begin("a", 1, 0);
    begin("b", 1, 600);
    assertThat(memory.isAgain("a", 1, at(0))).isTrue();
    begin("b", 2, 601);
    assertThat(memory.isAgain("a", 1, at(0))).isFalse();
  }

  @Test
  void messagesSkippedAreTold() {
    assertThat(memory.begin(BACKEND, 5, at(0), at(0))).isZero();
    assertThat(memory.begin(BACKEND, 6, at(0), at(0))).isZero();
    assertThat(memory.begin(BACKEND, 9, at(0), at(0))).isEqualTo(2);
    assertThat(memory.begin(BACKEND, 8, at(0), at(0))).isZero();
    assertThat(memory.begin(BACKEND, 3, at(1), at(1))).isEqualTo(ChunkMemory.NEW_PROCESS);
  }

  private void begin(String stream, long message, int seconds) {
    memory.begin(stream, message, at(seconds), at(seconds));
  }

  private static Instant at(int seconds) {
    return NOON.plusSeconds(seconds);
  }
}
