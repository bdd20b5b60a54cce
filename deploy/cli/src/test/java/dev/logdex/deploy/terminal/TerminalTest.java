package dev.logdex.deploy.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private final ByteArrayOutputStream results = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
  private final Terminal terminal =
      Terminal.plain(new PrintStream(results, false, UTF_8), new PrintStream(notes, false, UTF_8));

  @Test
  void resultsAndNotesDoNotMix() {
    terminal.result("a result");
    terminal.note("a note");
    assertThat(results.toString(UTF_8)).isEqualTo("a result" + System.lineSeparator());
    assertThat(notes.toString(UTF_8)).isEqualTo("a note" + System.lineSeparator());
  }

  @Test
  void aFileGetsNeitherStatusNorColour() {
    terminal.status("half done");
    terminal.clearStatus();
    terminal.result(terminal.bold("title"));
    assertThat(notes.size()).isZero();
    assertThat(results.toString(UTF_8)).isEqualTo("title" + System.lineSeparator());
  }
}
