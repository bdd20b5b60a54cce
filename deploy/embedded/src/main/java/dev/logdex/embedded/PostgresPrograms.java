package dev.logdex.embedded;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs of one Postgres installation.
 *
 * @param bin folder with {@code initdb} and {@code postgres}
 * @param libraryFolders where shared libraries lie that the system does not have itself
 * @param description what it is, in a few words for a person
 */
record PostgresPrograms(Path bin, List<Path> libraryFolders, String description) {
  PostgresPrograms {
    requireNonNull(bin, "bin");
    libraryFolders = List.copyOf(libraryFolders);
    requireNonNull(description, "description");
  }

  /** The command line of one of the programs, to be followed by its arguments. */
  List<String> command(String program) {
    String path = bin.resolve(program).toString();
    if (libraryFolders.isEmpty()) {
      return List.of(path);
    }
    // set by env at the very end: programs that change the user on the way may drop it
    String folders = String.join(":", libraryFolders.stream().map(Path::toString).toList());
    return List.of("env", "LD_LIBRARY_PATH=" + folders, path);
  }

  /** Whether a folder holds a server and not only client programs. */
  static boolean areIn(Path bin) {
    return Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres"));
  }
}
