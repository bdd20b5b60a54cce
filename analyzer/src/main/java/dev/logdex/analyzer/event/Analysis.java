package dev.logdex.analyzer.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A record of the table-analyses topic; the newest of a key is the truth. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = TableAnalysis.class, name = "table"),
  @JsonSubTypes.Type(value = UnplannedStatements.class, name = "unplanned")
})
public sealed interface Analysis permits TableAnalysis, UnplannedStatements {
  /**
   * The record's key: {@code database/schema.table}, or {@code database/} for unplanned statements.
   */
  String key();
}
