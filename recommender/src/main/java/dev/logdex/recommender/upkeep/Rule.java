package dev.logdex.recommender.upkeep;

import java.util.stream.Stream;

/** Finds one kind of thing about a table that calls for advice. */
interface Rule {
  Stream<Draft> of(TableCase table);
}
