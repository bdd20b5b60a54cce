package dev.logdex.analyzer.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.logdex.analyzer.catalog.Column;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes against those that files had on 15: 300,000 rows, 20 to a page. */
class OtherSizesTest {
  private static final double ROWS = 300_000;
  private static final long TABLE_BYTES = 15_000L * 8192;

  private static Column column(double distinct, double width) {
    return TestWants.column("c", distinct, width, 0);
  }

  @Test
  void hashIndexesTakeTheSameWhateverIsHashed() {
    assertThat(HashSize.bytes(ROWS)).isEqualTo(8_404_992);
  }

  @Test
  void brinTakesAnEntryForEvery128Pages() {
    assertThat(BrinSize.bytes(TABLE_BYTES, List.of(column(1, 8)))).isEqualTo(24_576);
    assertThat(BrinSize.bytes(TABLE_BYTES, List.of(column(1, 97)))).isEqualTo(49_152);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "''           , point    , 300000, 16, 19980288",
    "''           , int4range, 100000, 14, 12607488",
    "''           , integer  , 300000, 4 , 8429568",
    "gist_trgm_ops, text     , 15000 , 56, 89284608"
  })
  void gistIsWithinAFifth(
      String operatorClass, String type, double distinct, double width, double real) {
    double keyBytes = GistKeys.bytes(column(distinct, width), operatorClass, type);
    assertThat((double) GistSize.bytes(ROWS, keyBytes)).isCloseTo(real, within(real / 5));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "''            , text[]  , 100   , 37, 1409024",
    "''            , integer[], 50000 , 33, 8421376",
    "''            , jsonb   , 20058 , 50, 6053888",
    "jsonb_path_ops, jsonb   , 20058 , 50, 5038080",
    "''            , tsvector, 300000, 56, 5128192",
    "gin_trgm_ops  , text    , 15000 , 56, 47644672",
    "''            , integer , 300000, 4 , 16801792"
  })
  void ginIsWithinAFactorOfTwo(
      String operatorClass, String type, double distinct, double width, double real) {
    GinSize.Keys keys = GinKeys.of(column(distinct, width), operatorClass, type, ROWS);
    double size = GinSize.bytes(ROWS, 20, keys);
    assertThat(size).isBetween(real / 2, real * 2);
  }
}
