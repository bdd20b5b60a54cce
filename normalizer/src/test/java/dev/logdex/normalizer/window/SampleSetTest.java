package dev.logdex.normalizer.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleSetTest {
  private final SampleSet samples = new SampleSet();

  @Test
  void equalFormsAreOneSampleWithTheirCallsAndTheSlowestTime() {
    samples.add(sample("a", 1, 2.0));
    samples.add(sample("a", 2, 5.0));
    samples.add(sample("a", 1, null));

    assertThat(samples.best(5)).containsExactly(sample("a", 4, 5.0));
  }

  @Test
  void sameTextWithOtherParametersIsAnotherSample() {
    samples.add(new Sample("q", Arrays.asList("1", null), 1, null));
    samples.add(new Sample("q", List.of("1", ""), 1, null));

    assertThat(samples.best(5)).hasSize(2);
  }

  @Test
  void theMostFrequentStandsFirst() {
    samples.add(sample("rare", 1, 1.0));
    samples.add(sample("often", 7, 1.0));

    assertThat(samples.best(5)).extracting(Sample::statement).containsExactly("often", "rare");
  }

  @Test
  void theSlowestIsKeptAmongManyFasterOnes() {
    samples.add(sample("slow", 1, 1000.0));
    for (int i = 0; i < 1000; i++) {
      samples.add(sample("s" + i, 1, 1.0));
    }

    assertThat(samples.best(5)).hasSize(5).contains(sample("slow", 1, 1000.0));
  }

  @Test
  void oneThatComesAgainAndAgainIsKeptAmongManyThatComeOnce() {
    for (int i = 0; i < 1000; i++) {
      samples.add(sample("s" + i, 1, null));
      if (i % 4 == 0) {
        samples.add(sample("again", 1, null));
      }
    }

    Sample first = samples.best(5).get(0);
    assertThat(first.statement()).isEqualTo("again");
    assertThat(first.calls()).isEqualTo(250);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theChoiceAmongEqualsDoesNotDependOnTheirOrderNorOnHowTheyWereMerged(long seed) {
    List<Sample> all =
        new ArrayList<>(
            IntStream.range(0, 500).mapToObj(i -> sample("s" + i, 1, (double) i)).toList());
    all.forEach(samples::add);
    Collections.shuffle(all, new Random(seed));
    SampleSet left = new SampleSet();
    left.addAll(all.subList(0, 123));
    SampleSet right = new SampleSet();
    right.addAll(all.subList(123, 500));
    SampleSet merged = new SampleSet();
    merged.addAll(right.best(5));
    merged.addAll(left.all());

    assertThat(merged.best(5)).isEqualTo(samples.best(5));
  }

  @Test
  void aRarelyChosenTextIsNotAlwaysTheFirstOrLastToCome() {
    for (int i = 0; i < 500; i++) {
      samples.add(sample("s" + i, 1, null));
    }

    assertThat(samples.best(5))
        .extracting(sample -> Integer.parseInt(sample.statement().substring(1)))
        .anyMatch(i -> i > 50 && i < 450);
  }

  @Test
  void memoryIsBoundedByNumberAndByLength() {
    for (int i = 0; i < 10_000; i++) {
      samples.add(sample("s" + i, 1, null));
    }
    assertThat(samples.all()).hasSizeLessThanOrEqualTo(16);

    for (int i = 0; i < 100; i++) {
      samples.add(sample("x".repeat(16_000) + i, 1, null));
    }
    assertThat(samples.all().stream().mapToLong(sample -> sample.statement().length()).sum())
        .isLessThan(100_000);
  }

  @Test
  void ofLongFormsOnlyTheSlowestAndOneChosenFairlyAreHeld() {
    List<Sample> all =
        new ArrayList<>(
            IntStream.range(0, 50)
                .mapToObj(i -> sample("x".repeat(3_000) + i, 1, (double) i))
                .toList());
    all.forEach(samples::add);
    samples.add(sample("short", 1, null));
    SampleSet shuffled = new SampleSet();
    shuffled.add(sample("short", 1, null));
    Collections.shuffle(all, new Random(1));
    shuffled.addAll(all);

    assertThat(samples.all()).hasSize(3).contains(sample("x".repeat(3_000) + 49, 1, 49.0));
    assertThat(shuffled.all()).hasSameElementsAs(samples.all());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSlowestOfEquallySlowOnesDoesNotDependOnTheirOrder(long seed) {
    List<Sample> all =
        new ArrayList<>(IntStream.range(0, 500).mapToObj(i -> sample("s" + i, 1, 7.0)).toList());
    all.forEach(samples::add);
    Collections.shuffle(all, new Random(seed));
    SampleSet shuffled = new SampleSet();
    shuffled.addAll(all);

    assertThat(shuffled.best(5)).isEqualTo(samples.best(5));
  }

  @Test
  void noneAreGivenWhereNoneAreAskedFor() {
    samples.add(sample("a", 3, 2.0));

    assertThat(samples.best(0)).isEmpty();
  }

  private static Sample sample(String statement, long calls, Double maxTimeMs) {
    return new Sample(statement, List.of(), calls, maxTimeMs);
  }
}
