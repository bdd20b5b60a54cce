package dev.logdex.analyzer.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void resultsAreInTheOrderOfTheItems() {
    try (Workers workers = new Workers(3)) {
      List<Integer> items = IntStream.range(0, 100).boxed().toList();
      assertThat(workers.map(items, each -> each)).isEqualTo(items);
    }
  }

  @Test
  void asManyAsThereAreWorkAtOnce() {
    CyclicBarrier all = new CyclicBarrier(2);
    try (Workers workers = new Workers(2)) {
      // neither would end if the other one were not under way
      assertThat(workers.map(List.of(1, 2), each -> met(all) ? each : 0)).containsExactly(1, 2);
    }
  }

  private static boolean met(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      return false; // the test fails by the result
    }
  }

  @Test
  void theFirstFailureByOrderIsThrownAfterAllHaveEnded() {
    Set<Integer> ended = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(
              () ->
                  workers.map(
                      List.of(1, 2, 3, 4),
                      each -> {
                        ended.add(each);
                        if (each % 2 == 0) {
                          throw new IllegalStateException("at " + each);
                        }
                        return each;
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("at 2");
      assertThat(ended).containsExactlyInAnyOrder(1, 2, 3, 4);
    }
  }

  @Test
  void aDatabaseThatIsAwayIsNotAskedAboutTheRest() {
    Set<Integer> asked = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(1)) {
      assertThatThrownBy(
              () ->
                  workers.map(
                      List.of(1, 2, 3, 4),
                      each -> {
                        asked.add(each);
                        if (each == 2) {
                          throw new DatabaseUnavailableException("away");
                        }
                        return each;
                      }))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessage("away");
      assertThat(asked).containsExactlyInAnyOrder(1, 2);
    }
  }
}
