package dev.logdex.normalizer.source;

import java.util.ArrayList;
import java.util.List;

/**
 * How far each of a source's files has been read, for the files met last: as many as are shipped
 * again at once, such as the hours of some days, since beyond them every one would be read again.
 */
record FilePositions(List<FilePosition> files) {
  static final FilePositions NONE = new FilePositions(List.of());

  private static final int MOST_FILES = 256;

  FilePositions {
    files = List.copyOf(files);
  }

  /** How many of a stretch's first bytes have been read before. */
  int alreadyRead(RawRecord.Stretch stretch, int length) {
    long known = end(stretch.file()) - stretch.position();
    return (int) Math.max(0, Math.min(length, known));
  }

  /** The same after a stretch has been read. */
  FilePositions with(RawRecord.Stretch stretch, int length) {
    long end = Math.max(end(stretch.file()), stretch.position() + length);
    List<FilePosition> newest = new ArrayList<>(files);
    newest.removeIf(known -> known.file().equals(stretch.file()));
    newest.add(new FilePosition(stretch.file(), end));
    return new FilePositions(
        newest.subList(Math.max(0, newest.size() - MOST_FILES), newest.size()));
  }

  private long end(String file) {
    return files.stream()
        .filter(known -> known.file().equals(file))
        .mapToLong(FilePosition::end)
        .findAny()
        .orElse(0);
  }

  /**
   * One file.
   *
   * @param file its identity
   * @param end offset of the first byte that has not been read
   */
  record FilePosition(String file, long end) {}
}
