package dev.logdex.ingest.outlet.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.outlet.Parcel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
  @TempDir Path folder;
  private final SpoolCounts counts = new SpoolCounts();

  @Test
  void whatIsWrittenIsReadAgainAsItWas() throws IOException {
    Parcel parcel =
        new Parcel("hôst", new byte[] {0, 1, '\n', -1}, Map.of(LogHeader.DELIVERY, new byte[] {7}));
    try (Spool spool = open(1_000_000)) {
      spool.append(parcel);

      Parcel read = spool.read();

      assertThat(read).isNotNull();
      assertThat(read.source()).isEqualTo("hôst");
      assertThat(read.lines()).isEqualTo(parcel.lines());
      assertThat(read.headers().get(LogHeader.DELIVERY)).containsExactly(7);
      assertThat(spool.read()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 500, 1_000_000})
  void orderHoldsOverFilesAndRestartsAndNothingThatWasReleasedComesAgain(long bytesMax)
      throws IOException {
    List<String> read = new ArrayList<>();
    int written = 0;
    for (int run = 0; run < 5; run++) {
      try (Spool spool = open(bytesMax)) {
        for (int i = 0; i < 20; i++) {
          spool.append(parcel("line " + written++));
        }
        for (int i = 0; i < 13; i++) {
          read.add(text(spool.read()));
        }
        spool.release(spool.position());
        // read, but not released: comes again
        spool.read();
      }
    }
    try (Spool spool = open(bytesMax)) {
      for (Parcel left = spool.read(); left != null; left = spool.read()) {
        read.add(text(left));
      }
      spool.release(spool.position());
      assertThat(counts.bytes()).isZero();
      assertThat(files()).isEmpty();
    }
    assertThat(read)
        .isEqualTo(Stream.iterate(0, n -> n + 1).limit(100).map(n -> "line " + n).toList());
    assertThat(counts.damagedSegments()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 20})
  void aTornEndIsPassedOverAndCounted(int tornBytes) throws IOException {
    try (Spool spool = open(1_000_000)) {
      spool.append(parcel("one"));
      spool.append(parcel("two"));
    }
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2 + tornBytes));

    try (Spool spool = open(1_000_000)) {
      spool.append(parcel("three"));

      assertThat(text(spool.read())).isEqualTo("one");
      assertThat(text(spool.read())).isEqualTo("three");
      assertThat(spool.read()).isNull();
    }
    assertThat(counts.damagedSegments()).isEqualTo(1);
    assertThat(counts.damagedBytes()).isEqualTo(tornBytes);
  }

  @Test
  void aChangedByteIsNoticed() throws IOException {
    try (Spool spool = open(1_000_000)) {
      spool.append(parcel("one"));
    }
    Path file = files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    try (Spool spool = open(1_000_000)) {
      assertThat(spool.read()).isNull();
    }
    assertThat(counts.damagedSegments()).isEqualTo(1);
  }

  @Test
  void withoutAPositionAllIsReadAgain() throws IOException {
    try (Spool spool = open(1_000_000)) {
      spool.append(parcel("one"));
      spool.append(parcel("two"));
      spool.read();
      spool.release(spool.position());
    }
    Files.write(folder.resolve("position"), new byte[] {1, 2}, StandardOpenOption.WRITE);

    try (Spool spool = open(1_000_000)) {
      assertThat(text(spool.read())).isEqualTo("one");
    }
  }

  @Test
  void aFolderIsForOneAtATime() throws IOException {
    try (Spool spool = open(1_000_000)) {
      assertThat(spool.read()).isNull();
      assertThatThrownBy(() -> open(1_000_000)).hasMessageContaining("another process");
    }
  }

  private Spool open(long bytesMax) throws IOException {
    counts.bytes.set(0);
    return Spool.open(folder, bytesMax, counts);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".spool")).sorted().toList();
    }
  }

  private static Parcel parcel(String text) {
    return new Parcel("host", text.getBytes(UTF_8));
  }

  private static String text(Parcel parcel) {
    return new String(parcel.lines(), UTF_8);
  }
}
