package dev.logdex.normalizer.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteSearchTest {
  private final Random random = new Random(1);

  @Test
  void theFirstOneIsFoundWhereverItStands() {
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      for (int i = 0; i < bytes.length; i++) {
        // values around the wanted one, with and without the high bit
        bytes[i] = (byte) (random.nextInt(6) - 2 + (random.nextBoolean() ? 0x80 : '\n'));
      }
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      assertThat(ByteSearch.find(bytes, from, to, (byte) '\n'))
          .isEqualTo(find(bytes, from, to, (byte) '\n'));
    }
  }

  private static int find(byte[] bytes, int from, int to, byte wanted) {
    int at = from;
    while (at < to && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
