package dev.logdex.recommender.webhook;

import static java.util.Objects.requireNonNull;

/**
 * A ticket that is there.
 *
 * @param name by which its system calls it: a number or a key
 * @param comments how many it has; 0 where the system does not tell
 */
record FoundTicket(String name, Told told, int comments) {
  FoundTicket {
    requireNonNull(name, "name");
    requireNonNull(told, "told");
  }
}
