package dev.logdex.ingest.tail;

/**
 * What has come of following, as of the last look.
 *
 * @param filesOpen files that are open
 * @param filesKnown files that match, open or not
 * @param filesUnreadable of those, how many cannot be read now
 * @param bytesBehind bytes of files that were not read yet, packed ones where they are packed
 * @param bytesUnsafe bytes sent and not acknowledged
 * @param sources logs met since the start
 * @param lines sent, those sent again included
 * @param bytes of them
 * @param rotations files whose name was given to another file
 * @param truncations files that were emptied and begun anew; what was written between the last look
 *     and that moment is lost
 * @param cutLines lines longer than the limit
 * @param cutBytes of them that were not sent
 * @param checkpointAgeSeconds for how long what is saved has been behind what is acknowledged; 0
 *     when it is not, or nothing is to be saved
 */
public record TailCounts(
    int filesOpen,
    int filesKnown,
    int filesUnreadable,
    long bytesBehind,
    long bytesUnsafe,
    int sources,
    long lines,
    long bytes,
    long rotations,
    long truncations,
    long cutLines,
    long cutBytes,
    double checkpointAgeSeconds) {
  static final TailCounts NONE = new TailCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
