package dev.logdex.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** A server's log that is written and rotated as logrotate does, each way in its turn. */
final class RotatedLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
  private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 11, 20, 10, 0);
  private static final int TABLES = 10;

  /** Group: the number. */
  private static final Pattern ENTRY = Pattern.compile("(?:WHERE a = |\\$1 = ')(\\d+)");

  private final Path log;
  private final Map<String, Long> calls = new TreeMap<>();
  private OutputStream out;
  private int entries;
  private int rotations;
  private int kept;

  RotatedLog(Path log) throws IOException {
    this.log = log;
    this.out = open();
  }

  /** Statements of so many lines, in writes that end anywhere. */
  void write(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      byte[] entry = entry().getBytes(UTF_8);
      int cut = entries % 5 == 0 ? entries % entry.length : 0;
      out.write(entry, 0, cut);
      out.write(entry, cut, entry.length - cut);
    }
  }

  private String entry() {
    int n = entries++;
    String table = "t" + n % TABLES;
    calls.merge("select * from " + table + " where a = $1 and b = $2", 1L, Long::sum);
    String prefix =
        TIME.format(BEGIN.plusNanos(n * 1_000_000L)) + " UTC [" + (100 + n % 7) + "] app@shop ";
    String where = " FROM " + table + "\n\t WHERE a = ";
    return n % 3 == 0
        ? prefix
            + "LOG:  duration: 1.5 ms  execute <unnamed>: SELECT *\n\t"
            + where
            + "$1 AND b = $2\n"
            + prefix
            + "DETAIL:  parameters: $1 = '"
            + n
            + "', $2 = '7'\n"
        : prefix + "LOG:  duration: 0.5 ms  statement: SELECT *\n\t" + where + n + " AND b = 7\n";
  }

  /** Gives the name to a new file. */
  void rotate() throws IOException {
    out.close();
    switch (rotations++ % 3) {
      case 0 -> shift();
      case 1 -> {
        shift();
        pack(log.resolveSibling(log.getFileName() + ".1"));
      }
      default -> Files.move(log, log.resolveSibling(log.getFileName() + "-202611210" + rotations));
    }
    out = open();
  }

  private void shift() throws IOException {
    for (int n = kept; n > 0; n--) {
      for (String end : new String[] {"", ".gz"}) {
        Path from = log.resolveSibling(log.getFileName() + "." + n + end);
        if (Files.exists(from)) {
          Files.move(from, log.resolveSibling(log.getFileName() + "." + (n + 1) + end));
        }
      }
    }
    Files.move(log, log.resolveSibling(log.getFileName() + ".1"));
    kept++;
  }

  /** As gzip does: the packed file keeps the time, and has its name while it is written. */
  private static void pack(Path file) throws IOException {
    Path packed = file.resolveSibling(file.getFileName() + ".gz");
    FileTime time = Files.getLastModifiedTime(file);
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(file, gzip);
    }
    Files.setLastModifiedTime(packed, time);
    Files.delete(file);
  }

  private OutputStream open() throws IOException {
    return Files.newOutputStream(log, CREATE, APPEND);
  }

  /** Written so far; they are numbered from 0. */
  int entries() {
    return entries;
  }

  /** The numbers of the entries in a text. */
  static BitSet entriesIn(String text) {
    BitSet found = new BitSet();
    Matcher entry = ENTRY.matcher(text);
    while (entry.find()) {
      found.set(Integer.parseInt(entry.group(1)));
    }
    return found;
  }

  int rotations() {
    return rotations;
  }

  /** By normalized statement. */
  Map<String, Long> calls() {
    return calls;
  }

  void close() throws IOException {
    out.close();
  }
}
