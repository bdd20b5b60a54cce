package dev.logdex.deploy.terminal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, each column as wide as its widest cell; the last one takes the rest. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A heading, and whether its cells are numbers, which line up at the right. */
  public record Column(String heading, boolean number) {
    public Column {
      requireNonNull(heading, "heading");
    }

    public static Column text(String heading) {
      return new Column(heading, false);
    }

    public static Column number(String heading) {
      return new Column(heading, true);
    }
  }

  public TextTable(Column... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row with a cell for each column. */
  public void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells, " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
  }

  /** The headings and the rows, none with blanks at its end. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::heading).toList()));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : GAP).append(padded(cells.get(i), i));
    }
    return line.toString().stripTrailing();
  }

  private String padded(String cell, int column) {
    String blanks = " ".repeat(Math.max(0, width(column) - cell.length()));
    return columns.get(column).number() ? blanks + cell : cell + blanks;
  }

  private int width(int column) {
    int width = columns.get(column).heading().length();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    return width;
  }
}
