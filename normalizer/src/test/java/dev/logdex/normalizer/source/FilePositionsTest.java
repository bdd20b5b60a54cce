package dev.logdex.normalizer.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.source.RawRecord.Stretch;
import org.junit.jupiter.api.Test;

class FilePositionsTest {
  private static final int LENGTH = 100;

  @Test
  void filesThatAreAllShippedAgainAreKnownAgain() {
    FilePositions positions = FilePositions.NONE;
    for (int file = 0; file < 200; file++) {
      positions = positions.with(new Stretch("file " + file, 0), LENGTH);
    }
    for (int file = 0; file < 200; file++) {
      Stretch again = new Stretch("file " + file, 0);
      assertThat(positions.alreadyRead(again, LENGTH + 5)).isEqualTo(LENGTH);
      positions = positions.with(again, LENGTH + 5);
    }
  }

  @Test
  void theOnesMetLastAreRemembered() {
    FilePositions positions = FilePositions.NONE;
    for (int file = 0; file < 1000; file++) {
      positions = positions.with(new Stretch("file " + file, 0), LENGTH);
    }

    assertThat(positions.files()).hasSize(256);
    assertThat(positions.alreadyRead(new Stretch("file 999", 0), LENGTH)).isEqualTo(LENGTH);
    assertThat(positions.alreadyRead(new Stretch("file 0", 0), LENGTH)).isZero();
  }
}
