package dev.logdex.analyzer.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.logdex.analyzer.catalog.Column;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against sizes that were measured on PostgreSQL 15 with a million rows. */
class IndexSizeTest {
  private static final long MILLION = 1_000_000;

  private static Column column(int length, double distinct) {
    return new Column(
        "c",
        "c",
        23,
        length,
        length,
        new Column.Statistics(distinct, 0, length),
        Column.Collation.PLAIN);
  }

  private static IndexSize size(int... lengths) {
    List<Column> columns =
        Arrays.stream(lengths).mapToObj(length -> column(length, MILLION)).toList();
    return IndexSize.of(MILLION, columns, true);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"4, 22.5", "8, 22.5"})
  void oneColumn(int length, double megabytes) {
    assertThat(size(length).bytes() / 1e6).isCloseTo(megabytes, withPercentage(2));
  }

  @Test
  void twoIntegersTakeNoMoreThanOne() {
    assertThat(size(4, 4).bytes() / 1e6).isCloseTo(22.5, withPercentage(2));
  }

  @Test
  void threeColumns() {
    assertThat(size(4, 4, 4).bytes() / 1e6).isCloseTo(31.5, withPercentage(2));
  }

  @Test
  void equalKeysAreKeptOnce() {
    IndexSize size = IndexSize.of(MILLION, List.of(column(4, 50)), true);
    assertThat(size.bytes() / 1e6).isCloseTo(7.0, withPercentage(2));
  }

  @Test
  void withoutDeduplicationEqualKeysTakeWhatOthersTake() {
    IndexSize size = IndexSize.of(MILLION, List.of(column(4, 50)), false);
    assertThat(size.bytes()).isEqualTo(size(4).bytes());
  }

  @Test
  void anIndexOfNoRowsIsTwoPages() {
    assertThat(IndexSize.of(0, List.of(column(4, 1)), true).bytes()).isEqualTo(2 * 8192);
  }

  @ParameterizedTest(name = "{0} rows: {1} levels above the leaves")
  @CsvSource({"100, 0", "1000, 1", "100000, 1", "1000000, 2", "100000000, 3"})
  void theHeightGrowsWithTheRows(long rows, int height) {
    List<Column> columns = Stream.of(column(4, (double) rows)).toList();
    assertThat(IndexSize.of(rows, columns, true).height()).isEqualTo(height);
  }
}
