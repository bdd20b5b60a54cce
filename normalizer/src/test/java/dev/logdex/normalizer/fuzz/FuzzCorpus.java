package dev.logdex.normalizer.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Real logs in all forms, to be damaged. */
final class FuzzCorpus {
  private static final String STDERR =
      "2026-11-20 23:54:44.068 UTC [99999] fuzz@fuzz LOG:  duration: 1.000 ms  statement:"
          + " SELECT 'sentinel %s'\n";

  /**
   * One form.
   *
   * @param sentinel a whole statement of a process of its own; null where nothing well-formed can
   *     stand between any two lines
   */
  record Form(String name, List<byte[]> lines, @Nullable String sentinel) {
    /**
     * Whether what follows a damaged line of it may be its rest: a quoted text of csvlog is open.
     */
    boolean mayHoldLines() {
      return name.endsWith(".csv");
    }

    List<byte[]> stretch(Random random) {
      int from = random.nextInt(lines.size());
      int to = Math.min(lines.size(), from + 1 + random.nextInt(200));
      return new ArrayList<>(lines.subList(from, to));
    }

    String sentinel(String mark) {
      return Objects.requireNonNull(sentinel).replace("%s", mark);
    }
  }

  private final List<Form> forms;

  FuzzCorpus() {
    forms =
        List.of(
            form("pg15/debian.log", STDERR),
            form("pg15/forms/stderr.log", STDERR),
            form("pg15/mod.log", null),
            form("pg15/names.log", null),
            form("pg15/padded.log", null),
            form("pg15/pganalyze.log", null),
            form("pg15/rds.log", null),
            form("pg15/heroku.log", null),
            form("pg15/syslog.log", null),
            form("pg15/syslognumber.log", null),
            form("pg15/syslogwhole.log", null),
            form("pg15/forms/csvlog.csv", null),
            form("pg15/forms/jsonlog.json", null),
            form("pg15/forms/syslog-file.log", null),
            form("pg15/forms/syslog-rfc5424.log", null),
            form("pg15/forms/syslog-traditional.log", null));
  }

  Form any(Random random) {
    return forms.get(random.nextInt(forms.size()));
  }

  private static Form form(String name, @Nullable String sentinel) {
    try (InputStream in = FuzzCorpus.class.getResourceAsStream("/" + name)) {
      byte[] all = Objects.requireNonNull(in, name).readAllBytes();
      List<byte[]> lines = new ArrayList<>();
      for (String line : new String(all, ISO_8859_1).split("\n", -1)) {
        lines.add(line.getBytes(ISO_8859_1));
      }
      return new Form(name, lines, sentinel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
