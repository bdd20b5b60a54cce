package dev.logdex.analyzer.scan;

import dev.logdex.sql.TokenKind;
import java.util.Optional;

/**
 * The operator of an expression, where it has one on its topmost level.
 *
 * @param name without schema
 * @param from index of its first item
 * @param to index after its last item
 */
record Operator(String name, int from, int to) {
  /** Empty when there is none, more than one, or nothing on one of its sides. */
  static Optional<Operator> in(Expression condition) {
    Optional<Operator> found = Optional.empty();
    for (int i = 0; i < condition.size(); i++) {
      Optional<Operator> here = at(condition, i);
      if (here.isPresent() && found.isPresent()) {
        return Optional.empty();
      }
      found = here.isPresent() ? here : found;
    }
    return found.filter(each -> each.from > 0 && each.to < condition.size());
  }

  private static Optional<Operator> at(Expression condition, int i) {
    if (condition.tokenAt(i, TokenKind.OPERATOR)) {
      String name = ((Expression.Token) condition.items().get(i)).text();
      return Optional.of(new Operator(name, i, i + 1));
    }
    // an operator that is not on the search path: OPERATOR(schema.=)
    if (condition.wordAt(i, "OPERATOR")
        && i + 1 < condition.size()
        && condition.items().get(i + 1) instanceof Expression.Group group
        && !group.inner().isEmpty()
        && group.inner().items().get(group.inner().size() - 1) instanceof Expression.Token token
        && token.is(TokenKind.OPERATOR)) {
      return Optional.of(new Operator(token.text(), i, i + 2));
    }
    return Optional.empty();
  }
}
