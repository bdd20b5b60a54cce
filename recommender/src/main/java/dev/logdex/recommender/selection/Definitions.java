package dev.logdex.recommender.selection;

import dev.logdex.analyzer.event.IndexDefinition;
import dev.logdex.analyzer.event.IndexElement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** When two index definitions mean the same, and when one makes another needless. */
public final class Definitions {
  private static final String BTREE = "btree";

  private Definitions() {}

  /**
   * The definition in the one spelling that equal definitions share, for identities and
   * comparisons.
   */
  public static String canonical(IndexDefinition definition) {
    return new IndexDefinition(
            definition.method().toLowerCase(Locale.ROOT),
            definition.elements(),
            definition.include(),
            canonicalWhere(definition.where()))
        .sql();
  }

  public static boolean same(IndexDefinition one, IndexDefinition other) {
    return canonical(one).equals(canonical(other));
  }

  /**
   * Whether the keys of the whole index {@code shorter} lead the keys of the whole index {@code
   * longer} of the same method, so that what the one finds the other finds too. A b-tree that runs
   * the other way in every key counts: it is read backwards.
   */
  public static boolean leads(IndexDefinition shorter, IndexDefinition longer) {
    return shorter.where() == null
        && longer.where() == null
        && shorter.method().equalsIgnoreCase(longer.method())
        && leadingKeysEqual(shorter, longer)
        && columns(longer).containsAll(shorter.include());
  }

  /**
   * Whether the two have the same keys and the same rows and differ at most in what they carry:
   * nobody wants both, since one can carry all of it.
   */
  public static boolean sameKeys(IndexDefinition one, IndexDefinition other) {
    return one.method().equalsIgnoreCase(other.method())
        && one.elements().equals(other.elements())
        && Objects.equals(canonicalWhere(one.where()), canonicalWhere(other.where()));
  }

  /** {@link #leads} among b-trees, where a prefix of the keys is as good as a whole index. */
  public static boolean servesInPlaceOf(IndexDefinition existing, IndexDefinition wanted) {
    return same(existing, wanted)
        || (isBtree(existing) && isBtree(wanted) && leads(wanted, existing));
  }

  private static boolean leadingKeysEqual(IndexDefinition shorter, IndexDefinition longer) {
    List<IndexElement> keys = shorter.elements();
    if (keys.size() > longer.elements().size()) {
      return false;
    }
    List<IndexElement> leading = longer.elements().subList(0, keys.size());
    return keys.equals(leading)
        || (isBtree(shorter)
            && IntStream.range(0, keys.size())
                .allMatch(i -> reversed(keys.get(i)).equals(leading.get(i))));
  }

  private static IndexElement reversed(IndexElement element) {
    return new IndexElement(
        element.expression(),
        element.operatorClass(),
        !element.descending(),
        !element.nullsFirst());
  }

  private static Set<String> columns(IndexDefinition definition) {
    Set<String> columns = new HashSet<>(definition.include());
    definition.elements().forEach(element -> columns.add(element.expression()));
    return columns;
  }

  private static boolean isBtree(IndexDefinition definition) {
    return definition.method().equalsIgnoreCase(BTREE);
  }

  /** Postgres prints a predicate in parentheses; a rule may write it without. */
  private static @Nullable String canonicalWhere(@Nullable String where) {
    if (where == null) {
      return null;
    }
    String text = where.strip();
    while (enclosed(text)) {
      text = text.substring(1, text.length() - 1).strip();
    }
    return text;
  }

  private static boolean enclosed(String text) {
    if (!text.startsWith("(") || !text.endsWith(")")) {
      return false;
    }
    int depth = 0;
    char quote = 0;
    for (int i = 0; i < text.length() - 1; i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0) {
          return false;
        }
      }
    }
    return true;
  }
}
