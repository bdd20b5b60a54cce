package dev.logdex.ingest.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What the file system says of a file, symbolic links followed.
 *
 * @param key device and inode, which a file keeps when it is renamed; its real path where the
 *     system has no such thing
 * @param size in bytes
 * @param modified when it was last written to
 */
record FileKey(String key, long size, Instant modified) {
  static FileKey of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    return new FileKey(
        key == null ? path.toRealPath().toString() : key.toString(),
        attributes.size(),
        attributes.lastModifiedTime().toInstant());
  }
}
