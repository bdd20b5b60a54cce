package dev.logdex.ingest.tail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the files that are there now, each once however many names lead to it. */
final class Discovery {
  private final TailOptions options;
  private final List<FilePattern> patterns;
  private final Notes notes;

  Discovery(TailOptions options, Notes notes) {
    this.options = options;
    this.patterns = options.patterns().stream().map(FilePattern::new).toList();
    this.notes = notes;
  }

  /** By key, the one written to first standing first. */
  Map<String, Found> find() {
    Map<String, Found> found = new LinkedHashMap<>();
    for (FilePattern pattern : patterns) {
      try {
        pattern.find().forEach(path -> add(found, path));
        notes.well("the list of " + pattern);
      } catch (IOException e) {
        notes.wrong("the list of " + pattern, "cannot list " + pattern + ": " + e);
      }
    }
    return sorted(found);
  }

  /** Tells of patterns that nothing matches yet: a wrong name would wait for ever. */
  void tellOfMissing() {
    patterns.stream()
        .filter(Discovery::findsNothing)
        .forEach(pattern -> notes.say("there is nothing to follow at " + pattern + " yet"));
  }

  private static boolean findsNothing(FilePattern pattern) {
    try {
      return pattern.find().isEmpty();
    } catch (IOException e) { // told when it was listed
      return false;
    }
  }

  /**
   * Adds what logs were renamed and packed to while nobody followed them, though its name does not
   * match: what was written to since a former run, and what that run had not read to its end.
   *
   * @param places of the former run, and of this one so far
   */
  Map<String, Found> withRotated(Map<String, Found> found, Collection<Place> places) {
    ReadSoFar read = new ReadSoFar(places);
    Map<String, Found> all = new LinkedHashMap<>(found);
    folders(places).forEach(folder -> addRotated(all, folder, read));
    return sorted(all);
  }

  private static Set<Path> folders(Collection<Place> places) {
    Set<Path> folders = new TreeSet<>();
    for (Place place : places) {
      Path folder = Path.of(place.path()).getParent();
      if (folder != null && Files.isDirectory(folder)) {
        folders.add(folder);
      }
    }
    return folders;
  }

  private void addRotated(Map<String, Found> all, Path folder, ReadSoFar read) {
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(Files::isRegularFile).sorted().forEach(file -> addRotatedFile(all, file, read));
    } catch (IOException e) {
      notes.wrong("the list of " + folder, "cannot list " + folder + ": " + e);
    }
  }

  private void addRotatedFile(Map<String, Found> all, Path file, ReadSoFar read) {
    String source = options.sourceOf(file);
    Found rotated = read.knows(source) ? found(file) : null;
    if (rotated != null && read.mayLack(source, rotated.key)) {
      all.putIfAbsent(rotated.key.key(), rotated);
    }
  }

  private void add(Map<String, Found> all, Path path) {
    Found found = found(path);
    if (found != null) {
      all.putIfAbsent(found.key.key(), found);
    }
  }

  private @Nullable Found found(Path path) {
    try {
      return new Found(path, FileKey.of(path));
    } catch (NoSuchFileException e) { // removed or renamed just now
      return null;
    } catch (IOException e) {
      notes.wrong(path.toString(), "cannot look at " + path + ": " + e);
      return null;
    }
  }

  private static Map<String, Found> sorted(Map<String, Found> found) {
    Map<String, Found> sorted = new LinkedHashMap<>();
    found.values().stream()
        .sorted(
            Comparator.comparing((Found file) -> file.key.modified())
                .thenComparing(file -> file.path.toString()))
        .forEach(file -> sorted.put(file.key.key(), file));
    return sorted;
  }

  /** A file and a name of it. */
  record Found(Path path, FileKey key) {}
}
