package dev.logdex.recommender.selection;

import static java.util.Objects.requireNonNull;

/**
 * An index on offer that was not chosen.
 *
 * @param saving planner units a minute that it would have saved beyond the chosen ones
 * @param price planner units a minute that having it would have cost
 */
public record Declined(String index, Why why, double saving, double price) {
  public Declined {
    requireNonNull(index, "index");
    requireNonNull(why, "why");
  }

  /** What spoke against it. */
  public enum Why {
    /** Nothing: it was chosen. */
    NONE,
    /** The chosen indexes save as much without it. */
    OTHERS_SAVE_AS_MUCH,
    /** It saves less than its writes, or its mere existence, cost. */
    NOT_WORTH_ITS_PRICE,
    /** A chosen index has its keys in front, or it has the chosen one's. */
    ANOTHER_DOES_ITS_WORK,
    /** The scans gain, but hardly the statements that perform them. */
    STATEMENTS_GAIN_TOO_LITTLE,
    /** With it a statement would cost more than without, by more than is allowed. */
    SLOWS_A_STATEMENT,
    INDEX_COUNT,
    STORAGE,
    WRITE_OVERHEAD,
    HOT_UPDATES;

    /** Whether a configured bound alone kept the index out. */
    boolean isBound() {
      return compareTo(INDEX_COUNT) >= 0;
    }

    /** The bound, for a person. */
    String words() {
      return switch (this) {
        case INDEX_COUNT -> "indexes recommended for one table";
        case STORAGE -> "storage of recommended indexes";
        case WRITE_OVERHEAD -> "bytes written into recommended indexes";
        case HOT_UPDATES -> "heap-only updates that recommended indexes may end";
        default -> "none";
      };
    }
  }
}
