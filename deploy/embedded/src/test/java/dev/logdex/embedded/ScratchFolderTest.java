package dev.logdex.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  private static final String KIND = "logdex-test";

  private final List<Path> swept = new ArrayList<>();

  @TempDir private Path parent;

  @Test
  void closingDeletesTheFolderAndItsLock() throws Exception {
    try (ScratchFolder folder = ScratchFolder.create(parent, KIND, swept::add)) {
      Files.createDirectories(folder.path().resolve("a/b"));
      Files.writeString(folder.path().resolve("a/b/file"), "content");
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatADeadProcessLeftIsDeletedByTheNextOne() throws Exception {
    Path left = Files.createDirectory(parent.resolve(KIND + "-dead"));
    Files.writeString(left.resolve("file"), "content");
    Path lock = Files.createFile(parent.resolve(KIND + "-dead.lock"));
    ScratchFolder.create(parent, KIND, swept::add).close();
    assertThat(swept).containsExactly(left);
    assertThat(left).doesNotExist();
    assertThat(lock).doesNotExist();
  }

  @Test
  void aFolderInUseIsLeftAlone() throws Exception {
    try (ScratchFolder first = ScratchFolder.create(parent, KIND, swept::add);
        ScratchFolder second = ScratchFolder.create(parent, KIND, swept::add)) {
      assertThat(first.path()).isDirectory().isNotEqualTo(second.path());
    }
    assertThat(swept).isEmpty();
  }

  @Test
  void anotherProcessSeesThatAFolderIsInUseEvenAfterASecondOneWasMade() throws Exception {
    try (ScratchFolder first = ScratchFolder.create(parent, KIND, swept::add);
        ScratchFolder second = ScratchFolder.create(parent, KIND, swept::add)) {
      ChildJvm.run(FolderMaker.class, parent.toString());
      assertThat(first.path()).isDirectory();
      assertThat(second.path()).isDirectory();
    }
  }

  @Test
  void foldersOfOtherKindsAndWithoutALockAreLeftAlone() throws Exception {
    Path unlocked = Files.createDirectory(parent.resolve(KIND + "-by-hand"));
    Path other = Files.createDirectory(parent.resolve("other-dead"));
    Files.createFile(parent.resolve("other-dead.lock"));
    ScratchFolder.create(parent, KIND, swept::add).close();
    assertThat(unlocked).isDirectory();
    assertThat(other).isDirectory();
  }

  @Test
  void linksAreDeletedAndNotFollowed() throws Exception {
    Path outside = Files.createDirectory(parent.resolve("outside"));
    Files.writeString(outside.resolve("file"), "content");
    try (ScratchFolder folder = ScratchFolder.create(parent, KIND, swept::add)) {
      Files.createSymbolicLink(folder.path().resolve("link"), outside);
    }
    assertThat(outside.resolve("file")).exists();
  }

  /** Another process that makes, and so sweeps for, a folder of the same kind. */
  static final class FolderMaker {
    public static void main(String[] args) {
      ScratchFolder.create(Path.of(args[0]), KIND, left -> {}).close();
    }
  }
}
