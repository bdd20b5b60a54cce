package dev.logdex.analyzer.catalog;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.logdex.sql.SqlLexer;
import dev.logdex.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The state of a database as far as plans depend on it. Two equal epochs give equal plans; where
 * they differ, only what depends on the difference has to be asked again.
 *
 * @param database settings, functions, operators and whatever else any statement may depend on
 * @param relations a number for every table, partition and view, which is another one as soon as
 *     its definition, indexes, statistics or rights are; partitions share their parent's, and a
 *     view's changes with what it reads
 */
public record Epoch(String database, Map<RelationName, String> relations) {
  public static final Epoch NONE = new Epoch("", Map.of());

  public Epoch {
    requireNonNull(database, "database");
    relations = Map.copyOf(relations);
  }

  /** The relations that are not what they were in another epoch, new ones and lost ones too. */
  public Set<RelationName> changedSince(Epoch before) {
    return Stream.concat(relations.keySet().stream(), before.relations.keySet().stream())
        .filter(each -> !Objects.equals(relations.get(each), before.relations.get(each)))
        .collect(toUnmodifiableSet());
  }

  /** Finds the relations whose names occur in texts. */
  public Mentions mentions() {
    Map<String, Set<RelationName>> byName = new HashMap<>();
    relations
        .keySet()
        .forEach(each -> byName.computeIfAbsent(each.name(), name -> new HashSet<>()).add(each));
    return new Mentions(byName);
  }

  /** Relations by their unqualified names, of any schema. */
  public static final class Mentions {
    private final Map<String, Set<RelationName>> byName;

    private Mentions(Map<String, Set<RelationName>> byName) {
      this.byName = byName;
    }

    /**
     * All relations that a statement may name. Rather too many than too few: a column may have a
     * table's name.
     */
    public Set<RelationName> in(String sql) {
      Set<RelationName> found = new HashSet<>();
      SqlLexer lexer = new SqlLexer();
      lexer.reset(sql);
      while (lexer.nextNotComment()) {
        if (lexer.kind() == TokenKind.IDENTIFIER) {
          found.addAll(named(text(lexer).toLowerCase(Locale.ROOT)));
        } else if (lexer.kind() == TokenKind.QUOTED_IDENTIFIER) {
          found.addAll(named(lexer.value().orElseGet(() -> text(lexer))));
        }
      }
      return found;
    }

    private Set<RelationName> named(String name) {
      return byName.getOrDefault(name, Set.of());
    }

    private static String text(SqlLexer lexer) {
      return new String(
          lexer.bytes(), lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8);
    }
  }

  /** One relation's part of an epoch. */
  public record Relation(RelationName name, String state) {}

  /** Puts an epoch together. */
  public static Epoch of(String database, List<Relation> relations) {
    Map<RelationName, String> states = new HashMap<>();
    relations.forEach(each -> states.put(each.name(), each.state()));
    return new Epoch(database, states);
  }
}
