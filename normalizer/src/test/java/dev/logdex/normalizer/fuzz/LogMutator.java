package dev.logdex.normalizer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Damages real log lines in the ways that networks, shippers, disks and enemies do. */
final class LogMutator {
  private static final List<String> MORSELS =
      List.of(
          "'",
          "\"",
          "$$",
          "$x$",
          "/*",
          "*/",
          "--",
          ";",
          "(",
          ")",
          "\\",
          "\t",
          "\r",
          "\0",
          "#011",
          "#012",
          "#777",
          "{",
          "}",
          "[1-1] ",
          "[7-2] ",
          "[3]",
          "[99999999999999999999-1] ",
          "LOG:  ",
          "ERROR:  ",
          "DETAIL:  parameters: $1 = '",
          "STATEMENT:  ",
          "FEHLER:  ",
          "duration: 0.1 ms  statement: ",
          "duration: 99999999999999999999999.999 ms  execute a: ",
          "duration: 1.0 ms  plan:\n",
          "2026-11-21 00:25:13.031 UTC [23162] postgres@postgres LOG:  ",
          "2026-99-99 99:99:99.999 XXX [1] ",
          "9999-12-31 23:59:59.999 UTC [1] a@b LOG:  ",
          "<134>1 ",
          "2026-11-21T00:25:13.013177+00:00 vm postgres[23162]: ",
          "2024-05-01T10:00:00.123456789Z stderr P ",
          "message repeated 3 times: [ ",
          "\"message\":",
          "{\"log\":\"",
          "{\"textPayload\":null}",
          "\ud83d\ude00",
          "[Your log message was truncated]",
          "\ufeff");

  private final Random random;

  LogMutator(Random random) {
    this.random = random;
  }

  /** The lines after some damage; their number may differ. */
  List<byte[]> damage(List<byte[]> lines, List<byte[]> others) {
    List<byte[]> damaged = new ArrayList<>(lines);
    int times = random.nextInt(1 + lines.size() / 4);
    for (int i = 0; i < times && !damaged.isEmpty(); i++) {
      int at = random.nextInt(damaged.size());
      switch (random.nextInt(8)) {
        case 0 -> damaged.remove(at);
        case 1 -> damaged.add(at, damaged.get(random.nextInt(damaged.size())));
        case 2 -> Collections.swap(damaged, at, random.nextInt(damaged.size()));
        case 3 -> damaged.add(at, others.get(random.nextInt(others.size())));
        default -> damaged.set(at, damage(damaged.get(at)));
      }
    }
    return damaged;
  }

  private byte[] damage(byte[] line) {
    int at = random.nextInt(line.length + 1);
    return switch (random.nextInt(6)) {
      case 0 -> with(line, at, line.length, new byte[0]); // cut
      case 1 -> with(line, at, at, MORSELS.get(random.nextInt(MORSELS.size())).getBytes(UTF_8));
      case 2 -> with(line, at, Math.min(line.length, at + 1 + random.nextInt(9)), noise());
      case 3 -> with(line, at, at, repeated());
      case 4 -> with(line, 0, at, new byte[0]);
      default -> with(line, at, at, noise());
    };
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(6)];
    random.nextBytes(noise);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = noise[i] == '\n' ? (byte) ' ' : noise[i];
    }
    return noise;
  }

  private byte[] repeated() {
    String morsel = MORSELS.get(random.nextInt(MORSELS.size())).replace("\n", " ");
    return morsel.repeat(1 + random.nextInt(random.nextInt(50) == 0 ? 5000 : 20)).getBytes(UTF_8);
  }

  private static byte[] with(byte[] line, int from, int to, byte[] instead) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(line, 0, from);
    out.writeBytes(instead);
    out.write(line, to, line.length - to);
    return out.toByteArray();
  }
}
