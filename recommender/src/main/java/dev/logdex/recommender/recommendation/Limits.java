package dev.logdex.recommender.recommendation;

/**
 * What keeps an event within a Kafka record, whatever a table is asked.
 *
 * @param queries listed of those that gain
 * @param textLength code points kept of a statement's text
 */
public record Limits(int queries, int textLength) {
  public static final Limits DEFAULT = new Limits(50, 2_000);
}
