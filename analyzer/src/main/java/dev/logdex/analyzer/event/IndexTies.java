package dev.logdex.analyzer.event;

/**
 * What holds an index in place beside the queries that read it.
 *
 * @param constraint whether a constraint rests on it: a primary key, a unique or an exclusion
 *     constraint, or a foreign key that refers to its columns
 * @param replicaIdentity whether logical replication tells rows apart by it
 * @param clustered whether CLUSTER has the table in its order
 * @param attached whether it is one partition's part of an index of the parent, with which alone it
 *     can be dropped
 * @param foreignKey whether its leading columns are those of a foreign key of the table, which
 *     reads it when rows of the other table are deleted
 */
public record IndexTies(
    boolean constraint,
    boolean replicaIdentity,
    boolean clustered,
    boolean attached,
    boolean foreignKey) {
  /** Of an index that is there for queries alone. */
  public static final IndexTies NONE = new IndexTies(false, false, false, false, false);
}
