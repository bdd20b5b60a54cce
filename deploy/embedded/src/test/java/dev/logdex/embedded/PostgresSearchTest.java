package dev.logdex.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PostgresSearchTest {
  private final Map<String, Supplier<LocalPostgres>> ways = new LinkedHashMap<>();

  @Test
  void theFirstWayThatWorksIsTakenAndNoneAfterIt() {
    ways.put("broken", () -> fail("not there"));
    ways.put("working", () -> new NamedServer("working"));
    ways.put("later", () -> fail("must not be tried"));
    assertThat(PostgresSearch.startFirst(ways).description()).isEqualTo("working");
  }

  @Test
  void whenNoneWorksEachSaysWhyAndWhatToInstallIsSaid() {
    ways.put("one way", () -> fail("first reason"));
    ways.put("another way", () -> fail("second reason"));
    assertThatThrownBy(() -> PostgresSearch.startFirst(ways))
        .isInstanceOf(PostgresUnavailableException.class)
        .hasMessageContaining("- one way: first reason")
        .hasMessageContaining("- another way: second reason")
        .hasMessageContaining("apt-get install postgresql postgresql-NN-hypopg")
        .hasMessageContaining("Docker")
        .hasMessageContaining("LOGDEX_POSTGRES=");
  }

  private static LocalPostgres fail(String reason) {
    throw new PostgresUnavailableException(reason);
  }

  private record NamedServer(String description) implements LocalPostgres {
    @Override
    public String superuserUrl(String database) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String createDatabase(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void dropDatabase(String database) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Path> logFile() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
