package dev.logdex.recommender.event;

import java.util.List;

/**
 * What an index costs where its table is written, by the rates that the log shows; of an index that
 * is to go, what goes with it.
 *
 * @param bytesPerEntry written for one entry, WAL included
 * @param entriesPerMinute that writes of the table add to it
 * @param bytesPerMinute written into it, and into other indexes by updates that are heap-only no
 *     longer because of it
 * @param hotLostPerMinute updates a minute that stop being heap-only
 * @param endsHotOf the columns that these updates set
 */
public record WriteCosts(
    double bytesPerEntry,
    double entriesPerMinute,
    double bytesPerMinute,
    double hotLostPerMinute,
    List<String> endsHotOf) {
  /** Of advice that writes nothing, and of events older than these figures. */
  public static final WriteCosts NONE = new WriteCosts(0, 0, 0, 0, List.of());

  public WriteCosts {
    endsHotOf = List.copyOf(endsHotOf);
  }
}
