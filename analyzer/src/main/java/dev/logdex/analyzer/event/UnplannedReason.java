package dev.logdex.analyzer.event;

/** Why a statement has no scans. The words are JSON and metric tags: they are never renamed. */
public enum UnplannedReason {
  /** It reads no table: {@code SELECT 1}, or only the catalog. */
  NO_TABLE,
  /** Transaction control, SET, DDL, COPY and the like: nothing that EXPLAIN takes. */
  UTILITY,
  SYNTAX_ERROR,
  UNKNOWN_OBJECT,
  PERMISSION_DENIED,
  UNKNOWN_PARAMETER_TYPE,
  PLAN_TIMEOUT,
  PLAN_FAILED,
  DATABASE_NOT_MAPPED,
  /** Not one statement, or a form that Logdex does not hand to a server. */
  REFUSED,
  /** A filter of the configuration keeps it out. */
  BELOW_FILTER
}
