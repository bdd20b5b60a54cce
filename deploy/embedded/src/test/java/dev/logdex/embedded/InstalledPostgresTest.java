package dev.logdex.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledPostgresTest {
  @TempDir private Path root;

  @Test
  void newerMajorVersionsComeFirst() throws IOException {
    for (String version : List.of("9.6", "15", "17", "not-a-version")) {
      Files.createDirectory(root.resolve(version));
    }
    assertThat(InstalledPostgres.newestFirst(root))
        .startsWith(root.resolve("17/bin"), root.resolve("15/bin"), root.resolve("9.6/bin"));
  }

  @Test
  void aMissingFolderHoldsNoVersions() {
    assertThat(InstalledPostgres.newestFirst(root.resolve("missing"))).isEmpty();
  }

  @Test
  void theFirstServerWithHypopgIsTaken() throws IOException {
    Path without = server("17");
    Path with = server("15");
    addHypopg("15");
    assertThat(
            InstalledPostgres.firstWithHypopg(List.of(root.resolve("none"), without, with)).bin())
        .isEqualTo(with);
  }

  @Test
  void aServerWithoutHypopgIsNamed() throws IOException {
    Path without = server("17");
    assertThatThrownBy(() -> InstalledPostgres.firstWithHypopg(List.of(without)))
        .isInstanceOf(PostgresUnavailableException.class)
        .hasMessageContaining("hypopg.control")
        .hasMessageContaining(without.toString());
  }

  @Test
  void clientProgramsAreNoServer() throws IOException {
    Path bin = server("17");
    addHypopg("17");
    Files.delete(bin.resolve("initdb"));
    assertThatThrownBy(() -> InstalledPostgres.firstWithHypopg(List.of(bin)))
        .hasMessageContaining("no Postgres server is installed");
  }

  private Path server(String version) throws IOException {
    Path bin = Files.createDirectories(root.resolve(version).resolve("bin"));
    for (String program : List.of("initdb", "postgres")) {
      Files.createFile(
          bin.resolve(program),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    return bin;
  }

  private void addHypopg(String version) throws IOException {
    Path extensions = Files.createDirectories(root.resolve(version).resolve("share/extension"));
    Files.createFile(extensions.resolve("hypopg.control"));
  }
}
