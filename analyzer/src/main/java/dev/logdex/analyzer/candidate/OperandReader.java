package dev.logdex.analyzer.candidate;

import dev.logdex.analyzer.catalog.Column;
import dev.logdex.analyzer.catalog.Service;
import dev.logdex.analyzer.catalog.Table;
import dev.logdex.analyzer.catalog.Types;
import dev.logdex.analyzer.scan.Operand;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what of a table an operand is, as an element that an index could have. */
final class OperandReader {
  private final Table table;
  private final Types types;
  private final IndexColumns columns;

  OperandReader(Table table, Types types) {
    this.table = table;
    this.types = types;
    this.columns = new IndexColumns(table);
  }

  /**
   * A column, or an expression as if it were one.
   *
   * @param castTo a cast in the condition that leaves the value as it is; null without
   */
  record Found(Column column, @Nullable String castTo) {}

  /**
   * Finds it.
   *
   * @param valueType of what it is compared with, which an expression is taken to have, too; null
   *     when not known
   */
  Optional<Found> find(Operand operand, @Nullable String valueType) {
    String name = operand.column();
    String castTo = operand.castTo();
    Optional<Column> column = name == null ? Optional.empty() : table.column(name);
    boolean same =
        column.isPresent() && (castTo == null || types.isRelabel(column.get().type(), castTo));
    if (same) {
      return column.map(each -> new Found(each, castTo));
    }
    String key = operand.key();
    return key != null
            && operand.columns().stream().allMatch(each -> table.column(each).isPresent())
        ? Optional.of(new Found(expression(key, castTo == null ? valueType : castTo), null))
        : Optional.empty();
  }

  private Column expression(String key, @Nullable String type) {
    Column guess = columns.of(key);
    return new Column(
        guess.name(),
        guess.quoted(),
        types.named(type),
        guess.lengthBytes(),
        guess.alignment(),
        guess.statistics(),
        guess.collation());
  }

  /** How indexes serve an operator on what was found. */
  List<Service> services(Found found, String operator, @Nullable String valueType) {
    Column column = found.column;
    // of an expression nothing tells the type when it is compared with another table
    long type = column.type() == 0 && valueType == null ? types.named("text") : column.type();
    List<Service> services = types.services(type, found.castTo, operator, types.named(valueType));
    boolean known = table.quotedColumn(column.quoted()).isPresent();
    // an expression need not be of the type that its operator takes on the other side
    return known || valueType == null
        ? services
        : Stream.concat(
                services.stream(), types.servicesByValue(operator, types.named(valueType)).stream())
            .distinct()
            .toList();
  }
}
