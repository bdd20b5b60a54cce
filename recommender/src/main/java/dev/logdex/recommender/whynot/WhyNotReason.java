package dev.logdex.recommender.whynot;

import dev.logdex.analyzer.event.UnplannedReason;

/** Why a statement got nothing. The words are JSON and metric tags: they are never renamed. */
public enum WhyNotReason {
  ALREADY_INDEXED("an index that is there serves them"),
  SMALL_TABLE("their table is too small for an index to pay"),
  NO_INDEXABLE_CLAUSE("they have no condition or order that an index could serve"),
  INDEX_NOT_CHOSEN(
      "an index would help them, but what it costs elsewhere or a limit speaks against it"),
  IMPROVEMENT_TOO_SMALL("no index tried saves enough"),
  NO_TABLE("they read no table"),
  BELOW_FILTER("they are called too seldom, or take too little time, to be looked at"),
  UTILITY("transaction control, settings, DDL, COPY and the like are not planned"),
  SYNTAX_ERROR("Postgres does not take them for SQL"),
  UNKNOWN_OBJECT("they name something that the analysis database does not have"),
  PERMISSION_DENIED("the analysis role may not plan them"),
  UNKNOWN_PARAMETER_TYPE("the types of their parameters cannot be told"),
  PLAN_TIMEOUT("planning them took too long"),
  PLAN_FAILED("planning them failed"),
  DATABASE_NOT_MAPPED("no analysis database is configured for their database"),
  REFUSED("they are not one statement, or in a form that is not handed to a server");

  private final String meaning;

  WhyNotReason(String meaning) {
    this.meaning = meaning;
  }

  /** What holds of the statements with this reason, as a clause. */
  public String meaning() {
    return meaning;
  }

  /** The same word; a reason that the analyzer has and this enum lacks counts as a failed plan. */
  static WhyNotReason of(UnplannedReason reason) {
    for (WhyNotReason own : values()) {
      if (own.name().equals(reason.name())) {
        return own;
      }
    }
    return PLAN_FAILED;
  }
}
