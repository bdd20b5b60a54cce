package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedFramesTest {
  private static final String HEAD = "<134>1 2026-11-20T23:54:44.054764+00:00 vm postgres 15070 - - ";

  @Test
  void aMessageBehindItsLengthMayHoldLineEnds() {
    Unwrapped told =
        Unwrapped.of(
            counted(HEAD + "[6] é\n\tone\n2026-11-20 23:54:44 UTC [15070] DETAIL:  x")
                + "\n"
                + HEAD
                + "[7] two\n");

    assertThat(told.texts())
        .containsExactly("é\n\tone\n2026-11-20 23:54:44 UTC [15070] DETAIL:  x", "two");
    assertThat(told.lines)
        .allSatisfy(line -> assertThat(line.stream()).isEqualTo("vm postgres[15070]"));
  }

  @Test
  void framesMayFollowOneAnotherWithoutALineEnd() {
    Unwrapped told =
        Unwrapped.of(counted(HEAD + "[6-1] one\n") + counted(HEAD + "[6-2] two") + counted(HEAD + "[6-3] three"));

    assertThat(told.texts()).containsExactly("one", "two", "three");
  }

  @Test
  void aLengthThatCannotBeRightIsNoReasonToTakeLinesApartElsewhere() {
    Unwrapped told =
        Unwrapped.of(
            "85 " + HEAD + "[6-1] a line of another length than that\n",
            "9999999 " + HEAD + "[6-2] two\n",
            "99999999999999999999 " + HEAD + "[6-3] three\n",
            "0 " + HEAD + "[6-4] four\n");

    assertThat(told.texts())
        .containsExactly("a line of another length than that", "two", "three", "four");
  }

  private static String counted(String message) {
    return message.getBytes(UTF_8).length + " " + message;
  }
}
