package dev.logdex.recommender.selection;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.event.Candidate;
import java.util.List;

/**
 * What an index costs where its table is written, by the rates that the log shows.
 *
 * @param bytesPerEntry written for one entry, WAL included
 * @param entriesPerMinute that inserts, and updates that are not heap-only, add to it
 * @param bytesPerMinute written into it, and by updates that are heap-only no longer
 * @param hotLostPerMinute updates a minute that stop being heap-only because of it; at most, where
 *     {@link TableWrites#hotShareKnown} says so
 * @param endsHotOf columns whose updates are heap-only no longer, as the catalog spells them
 */
public record WriteSide(
    double bytesPerEntry,
    double entriesPerMinute,
    double bytesPerMinute,
    double hotLostPerMinute,
    List<String> endsHotOf) {
  /**
   * What an entry writes beside its own columns: 67 to 70 bytes of WAL were measured for a b-tree
   * on an int on a warm page, of which 12 are the entry.
   */
  private static final double WAL_BYTES = 56;

  /** An entry of a BRIN index is one of a whole range of pages, so a row writes next to nothing. */
  private static final double BRIN_BYTES = 1;

  public WriteSide {
    endsHotOf = List.copyOf(endsHotOf);
    requireNonNull(endsHotOf, "endsHotOf");
  }

  /** Of an index on a table with such writes. */
  static WriteSide of(Candidate candidate, TableWrites writes) {
    boolean brin = candidate.definition().method().equals("brin");
    double bytes = brin ? BRIN_BYTES : WAL_BYTES + candidate.entryBytes();
    List<Matrix.HotUpdate> ended = writes.endedBy(candidate.definition());
    double lost = ended.stream().mapToDouble(Matrix.HotUpdate::perMinute).sum();
    double entries =
        (writes.insertedPerMinute() + writes.coldPerMinute()) * candidate.partialSelectivity();
    return new WriteSide(
        bytes,
        entries + lost,
        (entries + lost) * bytes
            + ended.stream().mapToDouble(each -> each.perMinute() * each.bytesEach()).sum(),
        lost,
        ended.stream().map(Matrix.HotUpdate::id).toList());
  }
}
