package dev.logdex.ingest.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogNamesTest {
  @ParameterizedTest
  @CsvSource({
    "postgresql-15-main.log, postgresql-15-main.log",
    "postgresql-15-main.log.1, postgresql-15-main.log",
    "postgresql-15-main.log.12.gz, postgresql-15-main.log",
    "postgresql-15-main.log-20261121, postgresql-15-main.log",
    "postgresql-15-main.log-20261121.gz, postgresql-15-main.log",
    "postgresql-15-main.log-2026-11-21, postgresql-15-main.log",
    "postgresql-15-main.log-20261121-1795220632, postgresql-15-main.log",
    "postgresql-2026-11-21_130500.log, postgresql-*.log",
    "postgresql-2026-11-21_130500.csv, postgresql-*.csv",
    "postgresql-2026-11-21.log, postgresql-*.log",
    "postgresql.log.2026-11-21-13, postgresql.log",
    "postgresql-Mon.log, postgresql-*.log",
    "postgresql-Monday.log, postgresql-Monday.log",
    "app-20261121T130500.log, app-*.log",
    "server-1234567890.log, server-1234567890.log"
  })
  void rotationsOfALogHaveOneName(String file, String log) {
    assertThat(LogNames.logOf(Path.of("/var/log", file))).isEqualTo(Path.of("/var/log", log));
  }
}
