package dev.logdex.ingest.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest implements FrameReader.Taker {
  private static final int LONGEST = 40;

  private final List<String> messages = new ArrayList<>();
  private final PartialBudget budget = new PartialBudget(1_000_000);
  private final FrameReader frames = new FrameReader(LONGEST, budget, this);
  private long cutBytes;
  private int cutMessages;

  @Override
  public void message(byte[] bytes, int from, int to) {
    messages.add(new String(bytes, from, to - from, UTF_8));
  }

  @Override
  public void cut(long bytes, boolean first) {
    cutBytes += bytes;
    cutMessages += first ? 1 : 0;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
  void countedFramesAndLinesAreToldApartHoweverTheBytesAreDividedUp(int step) {
    read("7 <1>a\nbc8 <1>three<1>line\n12 <1>counted\nxbare line\n\n2026-11-21 x\n4 <1>", step);

    assertThat(messages)
        .containsExactly(
            "<1>a\nbc", "<1>three", "<1>line", "<1>counted\nx", "bare line", "2026-11-21 x");
    assertThat(frames.end()).isTrue();
    assertThat(budget.used()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 1000})
  void aNumberThatIsNoLengthBeginsALine(int step) {
    read("12\n0 <1>x\n99999999999999999999 <1>y\n7 bare\n", step);

    assertThat(messages).containsExactly("12", "0 <1>x", "99999999999999999999 <1>y", "7 bare");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 39, 40, 41, 1000})
  void aLongLineIsCutAndWhatFollowsItIsWhole(int step) {
    read("<1>" + "x".repeat(100) + "\n<1>next\n", step);

    assertThat(messages).hasSize(2).last().isEqualTo("<1>next");
    assertThat(messages.get(0)).startsWith("<1>xxx");
    assertThat(messages.get(0).length() + cutBytes).isEqualTo(103);
    assertThat(messages.get(0)).hasSize(LONGEST);
    assertThat(cutMessages).isEqualTo(1);
    assertThat(budget.used()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 39, 40, 41, 1000})
  void aLongFrameIsCutAndPassedOverToItsEnd(int step) {
    read("103 <1>" + "x".repeat(100) + "7 <1>next", step);

    assertThat(messages).hasSize(2).last().isEqualTo("<1>next");
    assertThat(messages.get(0)).hasSize(LONGEST);
    assertThat(messages.get(0).length() + cutBytes).isEqualTo(103);
    assertThat(cutMessages).isEqualTo(1);
  }

  @Test
  void aMessageOfTheGreatestLengthIsNotCut() {
    read("<" + "x".repeat(LONGEST - 1) + "\n" + LONGEST + " <" + "y".repeat(LONGEST - 1), 3);

    assertThat(messages).extracting(String::length).containsExactly(LONGEST, LONGEST);
    assertThat(cutMessages).isZero();
  }

  @Test
  void aWrongLengthCostsNoMoreThanTheNextLineEnd() {
    read("9 <1>short\nrest\n8 <1>three", 1000);

    assertThat(messages).startsWith("<1>short\n").endsWith("<1>three").contains("rest");
  }

  @Test
  void whatAnEndlessLineMakesOneKeepIsBoundedByTheBudgetOfAll() {
    PartialBudget small = new PartialBudget(100);
    FrameReader first = new FrameReader(1_000_000, small, this);
    FrameReader second = new FrameReader(1_000_000, small, this);
    byte[] part = "<1>0123456789".getBytes(UTF_8);
    for (int i = 0; i < 1000; i++) {
      first.read(part, 0, part.length);
      second.read(part, 0, part.length);
    }

    assertThat(small.used()).isLessThanOrEqualTo(100);
    assertThat(messages).hasSize(2).allSatisfy(cut -> assertThat(cut).startsWith("<1>0"));
    assertThat(cutMessages).isEqualTo(2);
  }

  @Test
  void theLastLineNeedsNoLineEnd() {
    read("<1>one\n<1>two", 1000);

    assertThat(frames.isInside()).isTrue();
    assertThat(frames.end()).isFalse();
    assertThat(messages).containsExactly("<1>one", "<1>two");
  }

  private void read(String text, int step) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int at = 0; at < bytes.length; at += step) {
      frames.read(bytes, at, Math.min(bytes.length, at + step));
    }
  }
}
