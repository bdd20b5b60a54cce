package dev.logdex.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AptTest {
  @Test
  void theNewestMajorVersionIsTheHighestNumberNotTheLastName() {
    String names =
        """
        postgresql-9-hypopg
        postgresql-17-hypopg
        postgresql-15-hypopg
        postgresql-18
        postgresql-17-hypopg-dbgsym
        """;
    assertThat(Apt.newestHypopg(names)).contains("postgresql-17-hypopg");
  }

  @Test
  void withoutHypopgThereIsNothingToDownload() {
    assertThat(Apt.newestHypopg("postgresql-15\npostgresql-common\n")).isEmpty();
  }

  @Test
  void onlyLibrariesThatAreNotInstalledAreMissing() {
    String simulation =
        """
        Inst libpq5 [15.18-0+deb12u1] (15.20-0+deb12u1 Debian-Security:12 [amd64])
        Inst libxslt1.1 (1.1.35-1 Debian:12.15/oldstable [amd64])
        Inst libllvm14 (1:14.0.6-12 Debian:12.15/oldstable [amd64])
        Inst libz3-4 (4.8.12-3.1 Debian:12.15/oldstable [amd64])
        Inst libc-l10n (2.36-9+deb12u10 Debian:12.15/oldstable [all])
        Inst libjson-perl (4.10000-1 Debian:12.15/oldstable [all])
        Inst ssl-cert (1.1.2 Debian:12.15/oldstable [all])
        Inst postgresql-15 (15.20-0+deb12u1 Debian-Security:12 [amd64])
        Conf libxslt1.1 (1.1.35-1 Debian:12.15/oldstable [amd64])
        Conf libicu72 (72.1-3 Debian:12.15/oldstable [amd64])
        """;
    assertThat(Apt.missingLibraries(simulation)).containsExactly("libxslt1.1");
  }
}
