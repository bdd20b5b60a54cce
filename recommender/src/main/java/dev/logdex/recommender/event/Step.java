package dev.logdex.recommender.event;

import static java.util.Objects.requireNonNull;

/**
 * One statement of those that carry the advice out, to be run in their order, each by itself.
 *
 * @param sql without a closing semicolon
 * @param transactional whether it may run inside a transaction
 * @param lock that it takes, and what waits for it, in a few words
 */
public record Step(String sql, boolean transactional, String lock) {
  public Step {
    requireNonNull(sql, "sql");
    requireNonNull(lock, "lock");
  }
}
