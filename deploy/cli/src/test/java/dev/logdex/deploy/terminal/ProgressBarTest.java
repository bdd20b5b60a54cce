package dev.logdex.deploy.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  @Test
  void theTimeLeftFollowsFromTheTimeTaken() {
    assertThat(new ProgressBar("reading", 4096).line(1024, Duration.ofSeconds(10)))
        .isEqualTo("reading [######..................]  25 %  1.0 kB of 4.0 kB, about 30 s left");
  }

  @Test
  void nothingIsForetoldFromTheFirstInstant() {
    assertThat(new ProgressBar("reading", 4096).line(1024, Duration.ofMillis(10)))
        .endsWith("1.0 kB of 4.0 kB");
  }

  @Test
  void aFileThatGrewIsNotMoreThanWhole() {
    assertThat(new ProgressBar("reading", 1024).line(2048, Duration.ofSeconds(2)))
        .contains("[########################] 100 %");
  }

  @Test
  void aStreamHasNoEnd() {
    assertThat(new ProgressBar("reading", 0).line(4096, Duration.ofSeconds(2)))
        .isEqualTo("reading 4.0 kB, 2.0 kB/s");
  }
}
