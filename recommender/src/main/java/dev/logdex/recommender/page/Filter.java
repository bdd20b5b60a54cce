package dev.logdex.recommender.page;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which recommendations are wanted, by the words of states and kinds; an empty word wants all. A
 * word that nobody knows wants none.
 *
 * @param state also {@link #OPEN}: all that somebody may still decide or act on
 */
public record Filter(String state, String kind, String database) {
  public static final String OPEN = "open";
  public static final Filter ALL = new Filter("", "", "");

  private static final Comparator<RecommendationEvent> DEAREST_FIRST =
      Comparator.comparing((RecommendationEvent told) -> !told.data().state().stands())
          .thenComparingDouble(told -> -told.data().savingPerMinute())
          .thenComparing(told -> told.data().severity(), Comparator.reverseOrder())
          .thenComparing(told -> told.data().id());

  public Filter {
    requireNonNull(state, "state");
    requireNonNull(kind, "kind");
    requireNonNull(database, "database");
  }

  Filter withState(String other) {
    return new Filter(other, kind, database);
  }

  Filter withKind(String other) {
    return new Filter(state, other, database);
  }

  Filter withDatabase(String other) {
    return new Filter(state, kind, other);
  }

  /** Those wanted, what stands first, then the largest saving. */
  public List<RecommendationEvent> of(List<RecommendationEvent> told) {
    return told.stream().filter(each -> wants(each.data())).sorted(DEAREST_FIRST).toList();
  }

  private boolean wants(Recommendation advice) {
    return (state.isEmpty()
            || (state.equals(OPEN) ? advice.state().stands() : state.equals(advice.state().word())))
        && (kind.isEmpty() || kind.equals(advice.kind().word()))
        && (database.isEmpty() || database.equals(advice.database()));
  }

  /** The overview with this filter. */
  String link() {
    String query =
        Stream.of(
                pair("state", state.isEmpty() ? "all" : state.equals(OPEN) ? "" : state),
                pair("kind", kind),
                pair("database", database))
            .filter(pair -> !pair.isEmpty())
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? Links.OVERVIEW : Links.OVERVIEW + "?" + query;
  }

  private static String pair(String name, String value) {
    return value.isEmpty() ? "" : name + "=" + Links.encoded(value);
  }

  static List<String> states() {
    return Arrays.stream(RecommendationState.values()).map(RecommendationState::word).toList();
  }

  static List<String> kinds() {
    return Arrays.stream(RecommendationKind.values()).map(RecommendationKind::word).toList();
  }
}
