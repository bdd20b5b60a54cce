package dev.logdex.analyzer.catalog;

import dev.logdex.analyzer.catalog.OperatorClass.Use;
import org.jspecify.annotations.Nullable;

/**
 * How an index could serve an operator.
 *
 * @param method access method, such as {@code gin}
 * @param operatorClass as SQL wants it; null for the type's default in the method
 * @param strategy number within the access method
 */
public record Service(String method, @Nullable String operatorClass, int strategy, Use use) {
  /** Whether an ordinary b-tree serves. */
  public boolean isDefaultBtree() {
    return method.equals("btree") && operatorClass == null;
  }
}
