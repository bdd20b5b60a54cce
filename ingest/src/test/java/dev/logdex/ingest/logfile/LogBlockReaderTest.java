package dev.logdex.ingest.logfile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogBlockReaderTest {
  private static final BlockLimits TEN_OF_TWENTY = new BlockLimits(10, 20);

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} is packed as {1}")
  @CsvSource(
      textBlock =
          """
          ab/cd/               | 0:ab/cd/
          abcd/efgh/ij/        | 0:abcd/efgh/ 10:ij/
          abcd/efghi/ij/       | 0:abcd/ 5:efghi/ij/
          abcdefghi/j/         | 0:abcdefghi/ 10:j/
          abcdefghij/k/        | 0:abcdefghij/ 11:k/
          a/abcdefghijklmn/b/  | 0:a/ 2:abcdefghijklmn/ 17:b/
          ab/cd                | 0:ab/cd
          ///                  | 0:///
          a^b^/c/              | 0:a^b^/c/
          abcdefghijklmnopqrst/u/ | 0:abcdefghijklmnopqrst/ 21:u/
          abcdefghijklmnopqrst    | 0:abcdefghijklmnopqrst
          """,
      delimiter = '|')
  void wholeLinesArePackedUpToTheLimit(String log, String blocks) throws IOException {
    assertThat(read(log.replace('/', '\n').replace('^', '\r')).replace('\n', '/'))
        .isEqualTo(blocks.replace('^', '\r'));
  }

  @Test
  void anEmptyLogHasNoBlock() throws IOException {
    assertThat(read("")).isEmpty();
  }

  @Test
  void aLineLongerThanItsLimitIsCutAndTheCutIsCounted() throws IOException {
    try (LogBlockReader reader = reader("a\nabcdefghijklmnopqrstuvwxyz\nb\n", 100)) {
      assertThat(describe(reader)).isEqualTo("0:a\n 2:abcdefghijklmnopqrst 29:b\n");
      assertThat(reader.cutLines()).isEqualTo(1);
      assertThat(reader.cutBytes()).isEqualTo(6);
    }
  }

  @Test
  void aCutLineWithoutEndIsCountedToo() throws IOException {
    try (LogBlockReader reader = reader("abcdefghijklmnopqrstuvwxyz", 100)) {
      assertThat(describe(reader)).isEqualTo("0:abcdefghijklmnopqrst");
      assertThat(reader.cutLines()).isEqualTo(1);
      assertThat(reader.cutBytes()).isEqualTo(6);
    }
  }

  @Test
  void nothingIsCountedAsCutWhereNothingIs() throws IOException {
    try (LogBlockReader reader = reader("abcdefghijklmnopqrst\nb\n", 100)) {
      describe(reader);
      assertThat(reader.cutLines()).isZero();
      assertThat(reader.cutBytes()).isZero();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void howTheBytesArriveDoesNotChangeTheBlocks(long seed) throws IOException {
    Random random = new Random(seed);
    String log = randomLog(random);
    String atOnce = describe(reader(log, 10_000));

    for (int step = 1; step <= 12; step++) {
      assertThat(describe(reader(log, step))).as("%d bytes at a time", step).isEqualTo(atOnce);
    }
    if (!log.matches("(?s).*[^\n]{21}.*")) {
      assertThat(atOnce.replaceAll("(^| )\\d+:", "")).isEqualTo(log);
    }
  }

  @Test
  void linesAtHandAreGivenWithoutWaitingForAFullBlock() throws IOException {
    try (LogBlockReader reader = reader("a\nb\nc", 3)) {
      assertThat(text(reader.nextLines())).isEqualTo("a\n");
      assertThat(text(reader.nextLines())).isEqualTo("b\n");
      assertThat(reader.nextLines()).isNull();
      assertThat(text(reader.next())).isEqualTo("c");
    }
  }

  @Test
  void aGrowingFileIsReadOn() throws IOException {
    Path log = Files.writeString(folder.resolve("growing.log"), "one\ntw");
    try (LogBlockReader reader = LogBlockReader.open(log, BlockLimits.DEFAULT)) {
      assertThat(text(reader.nextLines())).isEqualTo("one\n");
      assertThat(reader.nextLines()).isNull();

      Files.writeString(log, "one\ntwo\n");

      LogBlock second = reader.nextLines();
      assertThat(text(second)).isEqualTo("two\n");
      assertThat(second.position()).isEqualTo(4);
    }
  }

  @Test
  void gzipFilesAreUnpackedAndPositionsAreThoseOfTheLog() throws IOException {
    Path packed = folder.resolve("old.log.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("abcd\nefgh\nij\n".getBytes(ISO_8859_1));
    }
    try (LogBlockReader reader = LogBlockReader.open(packed, TEN_OF_TWENTY)) {
      assertThat(describe(reader)).isEqualTo("0:abcd\nefgh\n 10:ij\n");
      assertThat(reader.rawBytesRead()).isEqualTo(Files.size(packed));
    }
  }

  @Test
  void aFileThatOnlyClaimsToBeGzipIsNamed() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain.gz"), "no gzip\n");

    assertThatThrownBy(() -> LogBlockReader.open(plain, TEN_OF_TWENTY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("plain.gz is not a gzip file");
  }

  @Test
  void binaryBytesPassAsTheyAre() throws IOException {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    try (LogBlockReader reader =
        LogBlockReader.of(new ByteArrayInputStream(bytes), BlockLimits.DEFAULT)) {
      LogBlock block = reader.next();
      assertThat(block.bytes()).isEqualTo(bytes);
      assertThat(block.lines()).isEqualTo(2);
    }
  }

  private static String randomLog(Random random) {
    StringBuilder log = new StringBuilder();
    for (int line = 0; line < 50; line++) {
      log.append("x".repeat(random.nextInt(random.nextInt(5) == 0 ? 30 : 8)));
      log.append(line == 49 && random.nextBoolean() ? "" : "\n");
    }
    return log.toString();
  }

  private static String read(String log) throws IOException {
    return describe(reader(log, 100));
  }

  private static String describe(LogBlockReader reader) throws IOException {
    List<String> blocks = new ArrayList<>();
    try (reader) {
      for (LogBlock block = reader.next(); block != null; block = reader.next()) {
        blocks.add(block.position() + ":" + text(block));
      }
    }
    return String.join(" ", blocks);
  }

  private static String text(LogBlock block) {
    return new String(block.bytes(), ISO_8859_1);
  }

  private static LogBlockReader reader(String log, int bytesAtATime) {
    return LogBlockReader.of(
        new Trickle(new ByteArrayInputStream(log.getBytes(ISO_8859_1)), bytesAtATime),
        TEN_OF_TWENTY);
  }

  private static final class Trickle extends FilterInputStream {
    private final int most;

    Trickle(InputStream in, int most) {
      super(in);
      this.most = most;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(most, length));
    }
  }
}
