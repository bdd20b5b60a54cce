package dev.logdex.recommender.usage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One server, primary or replica, of a production database.
 *
 * @param database as the log names it
 * @param node a name for people, without login
 * @param reading null when it could not be read
 * @param failure why not, in a few words without login; empty when it was read
 */
public record NodeUsage(String database, String node, @Nullable Reading reading, String failure) {
  /** The database of a node of which not even is known which databases it has. */
  public static final String ANY_DATABASE = "*";

  public NodeUsage {
    requireNonNull(database, "database");
    requireNonNull(node, "node");
    requireNonNull(failure, "failure");
  }

  /** A node that was read. */
  public static NodeUsage read(String database, String node, Reading reading) {
    return new NodeUsage(database, node, reading, "");
  }

  /** A node of which nothing is known now. */
  public static NodeUsage unknown(String database, String node, String failure) {
    return new NodeUsage(database, node, null, failure);
  }
}
