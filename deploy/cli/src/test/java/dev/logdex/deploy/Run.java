package dev.logdex.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.deploy.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What a command did when it was run in this process: its exit code and what it wrote. */
record Run(int code, String results, String notes) {
  static Run logdex(String... args) {
    ByteArrayOutputStream results = new ByteArrayOutputStream();
    ByteArrayOutputStream notes = new ByteArrayOutputStream();
    Terminal terminal =
        Terminal.plain(new PrintStream(results, true, UTF_8), new PrintStream(notes, true, UTF_8));
    int code = LogdexCommand.commandLine(terminal).execute(args);
    return new Run(code, results.toString(UTF_8), notes.toString(UTF_8));
  }
}
