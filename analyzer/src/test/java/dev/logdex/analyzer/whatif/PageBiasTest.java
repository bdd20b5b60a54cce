package dev.logdex.analyzer.whatif;

import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageBiasTest {
  private final PageBias tooLarge = new PageBias(300, 100, 10_000, 4);

  @Test
  void aSearchPaysForItsShareOfTheIndex() {
    assertThat(tooLarge.correction(1, 1_000)).isEqualTo(-4 * (30 - 10));
  }

  @Test
  void aScanOfAllEntriesPaysForAllPages() {
    assertThat(tooLarge.correction(1, POSITIVE_INFINITY)).isEqualTo(-4 * (300 - 100));
  }

  @Test
  void aSearchOfOneEntryReadsOnePageOfWhateverIndex() {
    assertThat(tooLarge.correction(1, 1)).isZero();
  }

  @Test
  void searchesShareThePagesOfASmallIndex() {
    // 2 * 100 * 1,000 / (200 + 1,000) is more than there is; so it is of 300
    assertThat(tooLarge.correction(1_000, 1)).isEqualTo(-4 * (300 - 100));
  }

  @Test
  void aMetaPageThatHypopgForgetsIsMissed() {
    assertThat(new PageBias(1, 2, 100, 4).correction(1, 80)).isEqualTo(4);
  }

  @Test
  void nothingIsCorrectedOfWhatIsNotKnown() {
    assertThat(PageBias.NONE.correction(5, 100)).isZero();
  }
}
