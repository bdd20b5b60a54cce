package dev.logdex.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  @Test
  void theVariableWins() {
    Map<String, String> environment = Map.of("LOGDEX_CACHE", "/big/disk", "HOME", "/home/me");
    assertThat(CacheFolder.of(environment, true)).isEqualTo(Path.of("/big/disk"));
    assertThat(CacheFolder.of(environment, false)).isEqualTo(Path.of("/big/disk"));
  }

  @Test
  void rootKeepsItWhereOtherUsersCanRead() {
    assertThat(CacheFolder.of(Map.of("HOME", "/root"), true))
        .isEqualTo(Path.of("/var/cache/logdex"));
  }

  @Test
  void othersKeepItInTheirOwnCache() {
    assertThat(CacheFolder.of(Map.of("HOME", "/home/me"), false))
        .isEqualTo(Path.of("/home/me/.cache/logdex"));
    assertThat(CacheFolder.of(Map.of("HOME", "/home/me", "XDG_CACHE_HOME", "/c"), false))
        .isEqualTo(Path.of("/c/logdex"));
  }

  @Test
  void anEmptyVariableIsNotSet() {
    assertThat(CacheFolder.of(Map.of("LOGDEX_CACHE", "", "HOME", "/home/me"), false))
        .isEqualTo(Path.of("/home/me/.cache/logdex"));
  }
}
