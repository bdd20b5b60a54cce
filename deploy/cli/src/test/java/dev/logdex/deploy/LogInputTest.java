package dev.logdex.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogInputTest {
  private final List<String> notes = new ArrayList<>();
  @TempDir private Path folder;

  @Test
  void filesKeepTheirOrderAndStandardInputItsPlace() throws IOException {
    String second = file("2.log", "b");
    String first = file("1.log", "aa");
    assertThat(check(second, "-", first))
        .extracting(LogInput::name)
        .containsExactly(second, "-", first);
    assertThat(notes).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> check(folder.resolve("gone.log").toString()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("There is no file")
        .hasMessageContaining("gone.log");
  }

  @Test
  void aFolderIsNoLog() {
    assertThatThrownBy(() -> check(folder.toString()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is a directory")
        .hasMessageContaining("*.log");
  }

  @Test
  void anEmptyFileIsSaid() throws IOException {
    List<LogInput> inputs = check(file("empty.log", ""));
    assertThat(inputs).singleElement().matches(LogInput::isEmptyFile);
    assertThat(notes).singleElement().asString().contains("empty.log is empty");
  }

  @Test
  void whatIsGivenTwiceIsReadOnce() throws IOException {
    String file = file("a.log", "a");
    Files.createSymbolicLink(folder.resolve("b.log"), folder.resolve("a.log"));
    assertThat(check(file, folder.resolve("b.log").toString(), "-", "-")).hasSize(2);
    assertThat(notes).hasSize(2).first().asString().contains("given twice");
  }

  @Test
  void standardInputIsNotEmptyBeforeItWasRead() {
    assertThat(check("-")).singleElement().matches(input -> !input.isEmptyFile());
  }

  private List<LogInput> check(String... names) {
    return LogInput.check(List.of(names), notes::add);
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
