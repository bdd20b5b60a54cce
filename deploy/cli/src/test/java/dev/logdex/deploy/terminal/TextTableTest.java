package dev.logdex.deploy.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.deploy.terminal.TextTable.Column;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void numbersLineUpAtTheRightAndTextAtTheLeft() {
    TextTable table = new TextTable(Column.text("name"), Column.number("calls"), Column.text("x"));
    table.row("a", "1", "first");
    table.row("longer", "1,000,000", "");
    assertThat(table.lines())
        .containsExactly("name        calls  x", "a               1  first", "longer  1,000,000");
  }

  @Test
  void aRowHasAsManyCellsAsThereAreColumns() {
    TextTable table = new TextTable(Column.text("name"));
    assertThatThrownBy(() -> table.row("a", "b")).isInstanceOf(IllegalArgumentException.class);
  }
}
