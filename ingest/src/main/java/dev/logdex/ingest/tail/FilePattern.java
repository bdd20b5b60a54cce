package dev.logdex.ingest.tail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names files: one by its path, the logs of a folder, or all that match a glob, in whose names
 * {@code **} also stands for folders.
 */
final class FilePattern {
  private static final Pattern WILD = Pattern.compile("[*?\\[{]");
  private static final String LOGS = "*.{log,csv,json,log.gz,csv.gz,json.gz}";
  private static final int DEEPEST = 16;

  private final String text;

  FilePattern(String text) {
    this.text = text;
  }

  /**
   * What is there now, ordered by name; only regular files, through symbolic links too.
   *
   * @throws IOException when a folder cannot be listed
   */
  List<Path> find() throws IOException {
    Path given = Path.of(text).toAbsolutePath().normalize();
    if (Files.isDirectory(given)) {
      return find(given, given + "/" + LOGS, 1);
    }
    if (!WILD.matcher(text).find()) {
      return Files.isRegularFile(given) ? List.of(given) : List.of();
    }
    Path base = given;
    while (base.getParent() != null && WILD.matcher(base.toString()).find()) {
      base = base.getParent();
    }
    int depth = text.contains("**") ? DEEPEST : given.getNameCount() - base.getNameCount();
    return Files.isDirectory(base) ? find(base, given.toString(), depth) : List.of();
  }

  /** Whether it can name one file only. */
  static boolean isOneFile(String text) {
    return !WILD.matcher(text).find() && !Files.isDirectory(Path.of(text));
  }

  private static List<Path> find(Path base, String glob, int depth) throws IOException {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Stream<Path> found =
        Files.find(
            base,
            depth,
            (path, attributes) -> attributes.isRegularFile() && matcher.matches(path),
            FileVisitOption.FOLLOW_LINKS)) {
      return found.sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
