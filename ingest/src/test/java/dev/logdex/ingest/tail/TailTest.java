package dev.logdex.ingest.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.logfile.BlockLimits;
import dev.logdex.ingest.outlet.OutletRefusedException;
import dev.logdex.ingest.outlet.Parcel;
import dev.logdex.ingest.outlet.RecordingOutlet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, and a clock that the test turns on. */
class TailTest {
  private static final Duration SCAN = Duration.ofSeconds(1);
  private static final Duration GONE = Duration.ofMinutes(1);

  private final RecordingOutlet outlet = new RecordingOutlet();
  private final List<String> notes = new ArrayList<>();
  private final List<Tail> opened = new ArrayList<>();
  private String pattern;
  private StartAt from = StartAt.BEGINNING;
  private int openMax = 10;
  private BlockLimits limits = new BlockLimits(64, 256);
  private long now;
  private Path log;
  @TempDir private Path folder;
  @TempDir private Path state;

  @BeforeEach
  void nameLog() {
    log = folder.resolve("x.log");
    pattern = log.toString();
  }

  @AfterEach
  void closeAll() throws IOException {
    for (Tail tail : opened) {
      tail.close();
    }
  }

  @Test
  void whatIsAddedIsSentWithItsPlace() throws IOException {
    append(log, "one\ntwo\n");
    Tail tail = open();
    look(tail);
    append(log, "three\nfo");
    look(tail);
    append(log, "ur\n");
    look(tail);

    assertThat(sent()).isEqualTo("one\ntwo\nthree\nfour\n");
    assertThat(positions()).containsExactly("0", "8", "14");
    assertThat(files()).hasSize(1);
    assertThat(tail.counts().lines()).isEqualTo(4);
    assertThat(tail.counts().bytesBehind()).isZero();
  }

  @Test
  void aRenamedFileIsReadToItsEndBeforeTheNewOneBegins() throws IOException {
    append(log, "1 a\n");
    Tail tail = open();
    look(tail);
    Path old = folder.resolve("x.log.1");
    Files.move(log, old);
    append(old, "1 b\n");
    append(log, "2 a\n");
    look(tail);
    append(old, "1 c\n");
    scan(tail);
    append(log, "2 b\n");
    scan(tail);

    assertThat(sent()).isEqualTo("1 a\n1 b\n1 c\n2 a\n2 b\n");
    assertThat(files()).hasSize(2);
    assertThat(tail.counts().rotations()).isEqualTo(1);
    assertThat(tail.counts().truncations()).isZero();
  }

  @Test
  void aRenamedFileWhoseNewNameMatchesIsNotReadAgain() throws IOException {
    pattern = folder + "/x.log*";
    append(log, "1 a\n");
    Tail tail = open();
    look(tail);
    Files.move(log, folder.resolve("x.log.1"));
    append(log, "2 a\n");
    scan(tail);
    pack(folder.resolve("x.log.1"));
    scan(tail);
    Files.move(folder.resolve("x.log.1.gz"), folder.resolve("x.log.2.gz"));
    Files.move(log, folder.resolve("x.log.1"));
    append(log, "3 a\n");
    scan(tail);
    scan(tail);

    assertThat(sent()).isEqualTo("1 a\n2 a\n3 a\n");
  }

  @Test
  void aFileThatHadTheNameOnlyBetweenTwoLooksIsRead() throws IOException {
    append(log, "1 a\n");
    Tail tail = open();
    look(tail);
    Files.move(log, folder.resolve("x.log.2"));
    append(log, "2 a\n");
    Files.move(log, folder.resolve("x.log.1"));
    append(log, "3 a\n");
    touch(folder.resolve("x.log.1"), 1);
    touch(log, 2);
    scan(tail);
    scan(tail);
    pass(GONE);
    scan(tail);
    scan(tail);

    assertThat(sent()).isEqualTo("1 a\n2 a\n3 a\n");
    assertThat(tail.counts().filesKnown()).isEqualTo(1);
  }

  @Test
  void aTruncatedFileBeginsAnew() throws IOException {
    append(log, "1 first\n1 second\n");
    Tail tail = open();
    look(tail);
    truncate(log);
    look(tail);
    append(log, "2 a\n");
    look(tail);

    assertThat(sent()).isEqualTo("1 first\n1 second\n2 a\n");
    assertThat(files()).hasSize(2);
    assertThat(tail.counts().truncations()).isEqualTo(1);
    assertThat(notes).singleElement().asString().contains("x.log was emptied");
  }

  @Test
  void aFileThatIsLongerThanBeforeWhenItIsLookedAtIsSeenToBeAnother() throws IOException {
    append(log, "1 a\n");
    Tail tail = open();
    look(tail);
    truncate(log);
    append(log, "2 longer than what was there\n2 b\n");
    look(tail);
    look(tail);

    assertThat(sent()).isEqualTo("1 a\n2 longer than what was there\n2 b\n");
    assertThat(tail.counts().truncations()).isEqualTo(1);
  }

  @Test
  void aTruncatedFileThatBeginsAsBeforeIsAnotherFileForTheReader() throws IOException {
    append(log, "same\nold\n");
    Tail tail = open();
    look(tail);
    truncate(log);
    append(log, "same\n");
    look(tail);
    look(tail);
    restart(tail);
    append(log, "new\n");
    look(open());

    assertThat(sent()).isEqualTo("same\nold\nsame\nnew\n");
    assertThat(files()).hasSize(2);
    assertThat(files().get(1)).isEqualTo(files().get(0) + ".1");
  }

  @Test
  void whatACopyHoldsMoreThanWasReadIsReadFromIt() throws IOException {
    pattern = folder + "/x.log*";
    append(log, "1 a\n");
    Tail tail = open();
    look(tail);
    append(log, "1 b\n");
    Files.copy(log, folder.resolve("x.log.1"));
    truncate(log);
    append(log, "2 a\n");
    scan(tail);
    scan(tail);

    assertThat(sent()).contains("1 b\n", "2 a\n").hasSize(12);
    assertThat(files()).hasSize(2);
  }

  @Test
  void filesThatAppearLaterAreReadFromTheirBeginning() throws IOException {
    pattern = folder + "/*.log";
    from = StartAt.END;
    append(log, "old\n");
    Tail tail = open();
    look(tail);
    append(folder.resolve("y.log"), "new\n");
    append(log, "added\n");
    scan(tail);

    assertThat(text(log)).isEqualTo("added\n");
    assertThat(text(folder.resolve("y.log"))).isEqualTo("new\n");
  }

  @Test
  void aDeletedFileIsReadToItsEndAndClosedLater() throws IOException {
    append(log, "a\n");
    Tail tail = open();
    look(tail);
    append(log, "b\nwithout an end");
    Files.delete(log);
    scan(tail);
    assertThat(sent()).isEqualTo("a\nb\n");
    assertThat(tail.counts().filesOpen()).isEqualTo(1);
    pass(GONE);
    scan(tail);
    look(tail);

    assertThat(sent()).isEqualTo("a\nb\nwithout an end");
    assertThat(tail.counts().filesOpen()).isZero();
    assertThat(tail.counts().filesKnown()).isZero();
  }

  @Test
  void anArchiveIsReadOnce() throws IOException {
    pattern = folder.toString();
    append(log, "a\nb\nlast");
    pack(log);
    Tail tail = open();
    look(tail);
    scan(tail);
    restart(tail);
    scan(open());

    assertThat(sent()).isEqualTo("a\nb\nlast");
  }

  @Test
  void anArchiveThatIsStillBeingWrittenIsReadOnWhenItIsWhole() throws IOException {
    pattern = folder + "/*.gz";
    byte[] whole = packed("line of a log\n".repeat(20_000));
    Path archive = folder.resolve("x.log.1.gz");
    Files.write(archive, java.util.Arrays.copyOf(whole, whole.length / 2));
    Tail tail = open();
    drain(tail);
    Files.write(archive, whole);
    scan(tail);
    drain(tail);

    assertThat(sent()).isEqualTo("line of a log\n".repeat(20_000));
    assertThat(notes.get(0)).contains("is not whole");
  }

  @Test
  void aRotatedFileThatIsStillBeingPackedAfterARestartIsReadWhenItIsWhole() throws IOException {
    append(log, "1 a\n");
    Tail tail = open();
    look(tail);
    restart(tail);
    Files.delete(log);
    byte[] whole = packed("1 a\n1 b\n");
    Path archive = folder.resolve("x.log.1.gz");
    Files.write(archive, java.util.Arrays.copyOf(whole, whole.length / 2));
    Tail next = open();
    scan(next);
    Files.write(archive, whole);
    scan(next);
    scan(next);

    assertThat(sent()).isEqualTo("1 a\n1 b\n");
  }

  @Test
  void twoNamesOfOneFileAreOneFile() throws IOException {
    pattern = folder + "/*.log";
    append(log, "a\n");
    Files.createSymbolicLink(folder.resolve("current.log"), log);
    Tail tail = open();
    look(tail);

    assertThat(tail.counts().filesKnown()).isEqualTo(1);
    assertThat(tail.counts().bytes()).isEqualTo(2);
  }

  @Test
  void aLinkThatLeadsElsewhereIsARotation() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    append(first, "1\n");
    append(second, "2\n");
    Path link = Files.createSymbolicLink(log, first);
    Tail tail = open();
    look(tail);
    Files.delete(link);
    Files.createSymbolicLink(log, second);
    append(first, "1 more\n");
    scan(tail);

    assertThat(sent()).isEqualTo("1\n1 more\n2\n");
    assertThat(tail.counts().rotations()).isEqualTo(1);
  }

  @Test
  void aFileThatCannotBeReadIsToldOnceAndTriedAgain() throws IOException {
    // a file without rights would not do: the superuser may read it
    Path broken = folder.resolve("x.gz");
    append(broken, "no gzip\n");
    pattern = broken.toString();
    Tail tail = open();
    look(tail);
    scan(tail);
    assertThat(notes).singleElement().asString().contains("cannot read", "x.gz");
    assertThat(tail.counts().filesUnreadable()).isEqualTo(1);
    Files.write(broken, packed("now it is\n"));
    scan(tail);

    assertThat(tail.counts().lines()).isEqualTo(1);
    assertThat(notes).hasSize(2).last().asString().contains("can be read now");
  }

  @Test
  void aRestartGoesOnWhereAcknowledgementStopped() throws IOException {
    append(log, "acknowledged\n");
    Tail tail = open();
    look(tail);
    outlet.fallSilent();
    append(log, "under way\n");
    look(tail);
    look(tail);
    kill(tail);
    outlet.acknowledge();
    append(log, "after\n");
    look(open());

    assertThat(sent()).isEqualTo("acknowledged\nunder way\nunder way\nafter\n");
    assertThat(positions()).containsExactly("0", "13", "13");
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatWasRotatedWhileNobodyFollowedIsFoundUnderItsNewNames() throws IOException {
    append(log, "1 a\n");
    Tail tail = open();
    look(tail);
    restart(tail);
    append(log, "1 b\n");
    Files.move(log, folder.resolve("x.log.1"));
    pack(folder.resolve("x.log.1"));
    Files.move(folder.resolve("x.log.1.gz"), folder.resolve("x.log.2.gz"));
    append(folder.resolve("x.log.1"), "2 a\n");
    touch(folder.resolve("x.log.1"), 1);
    append(log, "3 a\n");
    touch(log, 2);
    look(open());

    assertThat(sent()).isEqualTo("1 a\n1 b\n2 a\n3 a\n");
  }

  @Test
  void aRotatedFileThatWasNotAcknowledgedIsReadAgainThoughANewerOneWasSeenToo() throws IOException {
    Tail tail = rotatedBeforeItIsAcknowledged();
    kill(tail);
    Files.move(folder.resolve("x.log.1"), folder.resolve("x.log.2"));
    outlet.acknowledge();
    drain(open());

    assertThat(sent()).isEqualTo("1 a\n1 b\n2 a\n1 b\n2 a\n");
  }

  @Test
  void soIsOneThatWasPackedSince() throws IOException {
    Tail tail = rotatedBeforeItIsAcknowledged();
    kill(tail);
    pack(folder.resolve("x.log.1"));
    outlet.acknowledge();
    drain(open());

    assertThat(sent()).isEqualTo("1 a\n1 b\n2 a\n1 b\n2 a\n");
  }

  private Tail rotatedBeforeItIsAcknowledged() throws IOException {
    append(log, "1 a\n");
    Tail tail = open();
    look(tail);
    outlet.fallSilent();
    append(log, "1 b\n");
    Files.move(log, folder.resolve("x.log.1"));
    append(log, "2 a\n");
    touch(log, 10);
    scan(tail);
    scan(tail);
    return tail;
  }

  @Test
  void anArchiveWhoseNameAnotherHasGotIsNotTakenForThatOne() throws IOException {
    pattern = folder + "/x.log*";
    for (int i = 0; i < 2; i++) {
      Path file = folder.resolve("x.log." + (2 - i));
      append(file, i + "\n");
      touch(file, i - 10);
      pack(file);
    }
    append(log, "2\n");
    Tail tail = open();
    outlet.refuse(true); // the second archive is found, and not opened
    tail.look(now);
    Files.move(folder.resolve("x.log.2.gz"), folder.resolve("x.log.3.gz"));
    Files.move(folder.resolve("x.log.1.gz"), folder.resolve("x.log.2.gz"));
    Files.move(log, folder.resolve("x.log.1"));
    pack(folder.resolve("x.log.1"));
    outlet.refuse(false);
    drain(tail);
    scan(tail);
    drain(tail);

    assertThat(sent()).isEqualTo("0\n1\n2\n");
  }

  @Test
  void olderArchivesAreNotReadAfterARestart() throws IOException {
    append(folder.resolve("x.log.1"), "0 a\n");
    touch(folder.resolve("x.log.1"), -60);
    append(log, "1 a\n");
    Tail tail = open();
    look(tail);
    restart(tail);
    append(log, "1 b\n");
    look(open());

    assertThat(sent()).isEqualTo("1 a\n1 b\n");
  }

  @Test
  void aNameThatIsUsedAgainWhileNobodyFollowedIsReadFromItsBeginning() throws IOException {
    append(log, "1 a\n1 b\n");
    Tail tail = open();
    look(tail);
    restart(tail);
    truncate(log);
    append(log, "2 longer than what was there before\n");
    look(open());

    assertThat(sent()).isEqualTo("1 a\n1 b\n2 longer than what was there before\n");
  }

  @Test
  void twoTailersCannotHaveOneState() throws IOException {
    open();

    assertThatThrownBy(this::open).hasMessageContaining("another process");
  }

  @Test
  void aDamagedStateStopsTheStart() throws IOException {
    Files.writeString(state.resolve("files.json"), "{\"ver");

    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("damaged");
  }

  @Test
  void whatTheOutletHasNoRoomForIsSentLaterInItsOrder() throws IOException {
    append(log, "one\n".repeat(100));
    Tail tail = open();
    outlet.refuse(true);
    assertThat(look(tail)).isLessThan(Duration.ofMillis(100));
    outlet.refuse(false);
    append(log, "two\n");
    drain(tail);

    assertThat(sent()).isEqualTo("one\n".repeat(100) + "two\n");
  }

  @Test
  void whatTheOutletDoesNotTakeStopsTheFollowing() throws IOException {
    append(log, "one\n");
    Tail tail = open();
    outlet.fallSilent();
    look(tail);
    outlet.fail(new OutletRefusedException("no"));

    assertThatThrownBy(() -> look(tail)).hasMessageContaining("not taken");
  }

  @Test
  void aQuietLogIsMarkedOnceAndAgainAfterItHasGrown() throws IOException {
    append(log, "one\n");
    Tail tail = open();
    look(tail);
    pass(Duration.ofSeconds(3));
    look(tail);
    pass(Duration.ofSeconds(3));
    look(tail);
    assertThat(ends()).isEqualTo(1);
    append(log, "two\n");
    look(tail);
    pass(Duration.ofSeconds(3));
    look(tail);

    assertThat(ends()).isEqualTo(2);
  }

  @Test
  void aLineWithoutAnEndIsCutAndTheRestIsReadOnce() throws IOException {
    append(log, "a\n" + "x".repeat(200));
    Tail tail = open();
    for (int i = 0; i < 10; i++) {
      look(tail);
      append(log, "x".repeat(100));
    }
    append(log, "\nb\n");
    look(tail);

    assertThat(sent()).isEqualTo("a\n" + "x".repeat(256) + "b\n");
    assertThat(tail.counts().cutLines()).isEqualTo(1);
    assertThat(tail.counts().cutBytes()).isEqualTo(1200 - 256);
  }

  @Test
  void aRestartInACutLineCutsItAtTheSamePlace() throws IOException {
    append(log, "a\n" + "x".repeat(300));
    Tail tail = open();
    look(tail);
    look(tail);
    restart(tail);
    append(log, "x\nb\n");
    look(open());

    assertThat(positions()).containsExactly("0", "2", "2", "304");
    assertThat(sent()).endsWith("x".repeat(256) + "b\n");
  }

  @Test
  void noMoreFilesAreOpenThanAllowedAndNoneIsForgotten() throws IOException {
    openMax = 2;
    pattern = folder + "/*.log";
    for (int i = 0; i < 5; i++) {
      append(folder.resolve(i + "x.log"), i + "\n");
    }
    Tail tail = open();
    drain(tail);
    for (int i = 0; i < 5; i++) {
      append(folder.resolve(i + "x.log"), "more\n");
    }
    scan(tail);
    scan(tail);
    drain(tail);

    assertThat(tail.counts().filesOpen()).isEqualTo(2);
    for (int i = 0; i < 5; i++) {
      assertThat(text(folder.resolve(i + "x.log"))).isEqualTo(i + "\nmore\n");
    }
  }

  @Test
  void filesOfOneLogAreReadOneAfterTheOther() throws IOException {
    pattern = folder + "/postgresql-*.log";
    append(folder.resolve("postgresql-2026-11-21_120000.log"), "1\n".repeat(500));
    append(folder.resolve("postgresql-2026-11-21_110000.log"), "2\n".repeat(500));
    touch(folder.resolve("postgresql-2026-11-21_120000.log"), -10);
    Tail tail = open();
    drain(tail);

    assertThat(text(folder.resolve("postgresql-*.log")))
        .isEqualTo("1\n".repeat(500) + "2\n".repeat(500));
  }

  private Tail open() throws IOException {
    Tail tail =
        Tail.open(
            new TailOptions(
                List.of(pattern),
                "",
                Optional.of(state),
                from,
                limits,
                Duration.ofMillis(100),
                Duration.ofSeconds(3),
                GONE,
                Duration.ZERO,
                openMax),
            outlet,
            notes::add);
    opened.add(tail);
    return tail;
  }

  private Duration look(Tail tail) throws IOException {
    Duration pause = tail.look(now);
    return pause.isZero() ? tail.look(now) : pause;
  }

  private void scan(Tail tail) throws IOException {
    pass(SCAN);
    look(tail);
  }

  private void drain(Tail tail) throws IOException {
    for (int i = 0; i < 50; i++) {
      look(tail);
    }
  }

  private void restart(Tail tail) throws IOException {
    tail.saveNow(now);
    kill(tail);
  }

  private static void kill(Tail tail) throws IOException {
    tail.close();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, CREATE, APPEND);
  }

  private static void truncate(Path file) throws IOException {
    try (OutputStream emptied = Files.newOutputStream(file)) {
      emptied.flush();
    }
  }

  private static void touch(Path file, int seconds) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(file, FileTime.from(time.toInstant().plusSeconds(seconds)));
  }

  /** As gzip does: the time stays, the original goes. */
  private static void pack(Path file) throws IOException {
    Path packed = file.resolveSibling(file.getFileName() + ".gz");
    Path next = file.resolveSibling("next");
    Instant time = Files.getLastModifiedTime(file).toInstant();
    Files.write(next, packed(Files.readString(file)));
    Files.setLastModifiedTime(next, FileTime.from(time));
    Files.move(next, packed, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(file);
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private String sent() {
    return text(log);
  }

  private String text(Path source) {
    return outlet.text(source.toString());
  }

  private List<Parcel> withLines() {
    return outlet.parcels().stream().filter(parcel -> parcel.lines().length > 0).toList();
  }

  private List<String> positions() {
    return withLines().stream().map(parcel -> header(parcel, LogHeader.POSITION)).toList();
  }

  private List<String> files() {
    return withLines().stream().map(parcel -> header(parcel, LogHeader.FILE)).distinct().toList();
  }

  private static String header(Parcel parcel, LogHeader header) {
    return new String(parcel.headers().get(header), UTF_8);
  }

  private long ends() {
    return outlet.parcels().stream()
        .filter(parcel -> parcel.headers().containsKey(LogHeader.END_OF_INPUT))
        .count();
  }
}
