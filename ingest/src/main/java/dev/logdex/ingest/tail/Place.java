package dev.logdex.ingest.tail;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a file has been read, as it is remembered over a restart.
 *
 * @param path where it was last
 * @param key what the file system calls it, whatever its name
 * @param source of its lines
 * @param identity of what it holds; null while its first line has no end
 * @param generation how often the same beginning was met again in a file that was truncated
 * @param position in the unpacked log: all lines before it are acknowledged
 * @param size of the file when it was last looked at
 * @param modified when it was last written to
 * @param complete a packed file that was read to its end
 */
record Place(
    String path,
    String key,
    String source,
    @Nullable String identity,
    int generation,
    long position,
    long size,
    Instant modified,
    boolean complete) {
  Place {
    requireNonNull(path, "path");
    requireNonNull(key, "key");
    requireNonNull(source, "source");
    requireNonNull(modified, "modified");
  }
}
