package dev.logdex.normalizer.window;

import static dev.logdex.normalizer.window.LogOf.TEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.event.PlanEvidence;
import dev.logdex.normalizer.event.QueryWindow;
import dev.logdex.normalizer.event.Sample;
import dev.logdex.normalizer.event.WindowDetails;
import dev.logdex.normalizer.statement.Parameters;
import dev.logdex.normalizer.statement.StatementEvent.Kind;
import dev.logdex.normalizer.text.Utf8;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenWindowsTest {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final LogOf log = new LogOf();

  @Test
  void callsOfOneStatementAndMinuteAddUp() {
    call("shop", "ann", "2026-01-01T10:00:00Z", 1.5);
    call("shop", "bob", "2026-01-01T10:00:59.999Z", 0.5);
    call("shop", "bob", "2026-01-01T10:00:30Z", null);

    QueryWindow window = log.only();

    assertThat(window.version()).isEqualTo(2);
    assertThat(window.text()).isEqualTo("select $1");
    assertThat(window.calls()).isEqualTo(3);
    assertThat(window.timedCalls()).isEqualTo(2);
    assertThat(window.totalTimeMs()).isEqualTo(2.0);
    assertThat(window.minTimeMs()).isEqualTo(0.5);
    assertThat(window.maxTimeMs()).isEqualTo(1.5);
    assertThat(window.users()).isEqualTo(Map.of("ann", 1L, "bob", 2L));
    assertThat(window.windowStart()).isEqualTo("2026-01-01T10:00:00Z");
    assertThat(window.key())
        .isEqualTo("shop/" + window.fingerprint() + "/" + "2026-01-01T10:00:00Z");
  }

  @Test
  void databaseStatementAndMinuteSeparate() {
    call("shop", "", "2026-01-01T10:00:00Z", 1.0);
    call("shop", "", "2026-01-01T10:01:00Z", 1.0);
    call("crm", "", "2026-01-01T10:00:00Z", 1.0);
    log.call("select 1 from t");

    assertThat(log.all()).extracting(QueryWindow::calls).containsExactly(1L, 1L, 1L, 1L);
    assertThat(log.windows.size()).isZero();
    assertThat(log.windows.weight()).isZero();
  }

  @Test
  void timesBeforeTheEpochBelongToAWindowToo() {
    call("shop", "", "1969-12-31T23:59:59.5Z", 1.0);

    assertThat(log.only().windowStart()).isEqualTo("1969-12-31T23:59:00Z");
  }

  @Test
  void eventsAreNoCalls() {
    log.event(Kind.ERROR, "select 1", 0, 0)
        .event(Kind.ERROR, "select 2", 0, 0)
        .event(Kind.CANCELED, "select 1", 0, 0)
        .event(Kind.LOCK_WAIT, "select 1", 1000, 0)
        .event(Kind.DEADLOCK, "select 1", 0, 0)
        .event(Kind.TEMPORARY_FILE, "select 1", 0, 8192)
        .event(Kind.TEMPORARY_FILE, "select 1", 0, 100)
        .event(Kind.PARSE, "select 1", 0.125, 0)
        .event(Kind.BIND, "select 1", 0.25, 0)
        .event(Kind.FETCH, "select 1", 4.5, 0);

    QueryWindow window = log.only();
    WindowDetails details = window.details();

    assertThat(window.calls()).isZero();
    assertThat(window.samples()).isEmpty();
    assertThat(window.totalTimeMs()).as("time of fetches").isEqualTo(4.5);
    assertThat(details.errors()).isEqualTo(2);
    assertThat(details.cancellations()).isEqualTo(1);
    assertThat(details.lockWaits()).isEqualTo(1);
    assertThat(details.deadlocks()).isEqualTo(1);
    assertThat(details.temporaryFiles()).isEqualTo(2);
    assertThat(details.temporaryBytes()).isEqualTo(8292);
    assertThat(details.parseTimeMs()).isEqualTo(0.125);
    assertThat(details.bindTimeMs()).isEqualTo(0.25);
    assertThat(details.fetches()).isEqualTo(1);
  }

  @Test
  void plansAreEvidenceAndNoCalls() {
    log.plan("select 1", "Seq Scan on a", TEN, 5, 10)
        .plan("select 1", "Index Scan on a", TEN.plusSeconds(1), 1, 20)
        .plan("select 1", "Bitmap Scan on a", TEN.plusSeconds(2), 3, -1)
        .plan("select 1", "Seq Scan on b", TEN.plusSeconds(3), 2, 5);

    QueryWindow window = log.only();

    assertThat(window.calls()).isZero();
    assertThat(window.details().plans()).isEqualTo(4);
    assertThat(window.details().rowPlans()).isEqualTo(3);
    assertThat(window.details().rows()).isEqualTo(35);
    assertThat(window.details().queryIds()).isEqualTo(Map.of(42L, 0L));
    assertThat(window.details().planEvidence())
        .as("the two slowest and the latest")
        .extracting(PlanEvidence::plan)
        .containsExactly("Seq Scan on a", "Bitmap Scan on a", "Seq Scan on b");
  }

  @Test
  void plansTooLongToKeepAreCounted() {
    log.plan("select 1", "x".repeat(40_000), TEN, 5, 10);

    assertThat(log.windows.cuts().plansTooLong()).isEqualTo(1);
    QueryWindow window = log.only();
    assertThat(window.details().plans()).isEqualTo(1);
    assertThat(window.details().planEvidence()).isEmpty();
  }

  @Test
  void quantilesOfDurationsAreKnownToOnePercent() {
    for (int i = 1; i <= 1000; i++) {
      log.call("select 1", TEN, i * 1.0);
    }

    WindowDetails details = log.only().details();

    assertThat(details.durations().quantileMs(0.5).orElseThrow()).isBetween(495.0, 505.1);
    assertThat(details.durations().quantileMs(0.99).orElseThrow()).isBetween(980.0, 1000.0);
  }

  @Test
  void tagsOfCommentsAreCounted() {
    log.call("select 1 /*controller='users',action='show',traceparent='00-1-2-01'*/")
        .call("select 2 /*controller='users',action='list',traceparent='00-1-3-01'*/")
        .call("select 3");

    assertThat(log.only().details().tags())
        .isEqualTo(
            Map.of("controller", Map.of("users", 2L), "action", Map.of("show", 1L, "list", 1L)));
  }

  @Test
  void tagsWithoutEndAreBoundedAndTheirCutsCounted() {
    for (int i = 0; i < 500; i++) {
      log.call("select 1 /*controller='users',request='" + i + "',key" + i + "='x'*/");
    }

    WindowDetails details = log.only().details();

    assertThat(details.tags()).hasSizeLessThanOrEqualTo(8);
    assertThat(details.tags().values()).allMatch(values -> values.size() <= 8);
    assertThat(log.windows.cuts().tagsDropped()).isGreaterThan(450);
  }

  @Test
  void identitiesOfTheServerAreCounted() {
    log.call("shop", "ann", "select 1", Parameters.NONE, TEN, 1.0, -7)
        .call("shop", "ann", "select 2", Parameters.NONE, TEN, 1.0, 8)
        .call("shop", "ann", "select 3", Parameters.NONE, TEN, 1.0, -7)
        .call("shop", "ann", "select 4", Parameters.NONE, TEN, 1.0, 0);

    assertThat(log.only().details().queryIds()).isEqualTo(Map.of(-7L, 2L, 8L, 1L));
  }

  @Test
  void usersWithoutEndAreCountedTogether() {
    for (int i = 0; i < 300; i++) {
      call("shop", "user" + i, "2026-01-01T10:00:00Z", 1.0);
    }

    QueryWindow window = log.only();

    assertThat(window.users()).hasSize(101).containsEntry("", 200L);
    assertThat(log.windows.cuts().usersFolded()).isEqualTo(200);
  }

  @Test
  void aSampleIsOneFormOfTheStatementWithItsParameters() {
    log.call("shop", "", "select  $1", Parameters.of(List.of("it's")), TEN, 2.0, 0)
        .call("shop", "", "select  $1", Parameters.of(List.of("it's")), TEN, 3.5, 0)
        .call("shop", "", "select 42", Parameters.NONE, TEN, null, 0);

    assertThat(log.only().samples())
        .containsExactly(
            new Sample("select  $1", List.of("it's"), 2, 3.5),
            new Sample("select 42", List.of(), 1, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from t",
        "( select 1)",
        "with a as (select 1) select",
        "insert into t values (1)",
        "select ';'; delete from \"a;b\"",
        "declare c cursor for select 1"
      })
  void whatCanBePlannedHasASample(String statement) {
    assertThat(log.call(statement).only().samples()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter role ann password 'secret'",
        "create user mapping for ann server s options (password 'secret')",
        "select 1; alter role ann password 'secret'",
        "selective 1",
        "begin",
        "explain select 1"
      })
  void whatCannotBePlannedHasNoSampleAndNoPlan(String statement) {
    log.call(statement).plan(statement, "Seq Scan", TEN, 1, 1);

    QueryWindow window = log.only();

    assertThat(window.calls()).isEqualTo(1);
    assertThat(window.samples()).isEmpty();
    assertThat(window.details().planEvidence()).isEmpty();
    assertThat(log.windows.cuts().samplesTooLong()).isZero();
  }

  @Test
  void anOverlongStatementIsCountedButGivesNoSample() {
    log.call(
        "shop",
        "",
        "select '" + "x".repeat(16_000) + "'",
        Parameters.of(List.of("y".repeat(1_000))),
        TEN,
        1.0,
        0);

    assertThat(log.windows.cuts().samplesTooLong()).isEqualTo(1);
    QueryWindow window = log.only();
    assertThat(window.calls()).isEqualTo(1);
    assertThat(window.samples()).isEmpty();
  }

  @Test
  void parametersThatTheServerCutGiveNoSample() {
    Parameters cut = Parameters.logged(Utf8.of("$1 = 'abc...'"));

    log.call("shop", "", "select $1", cut, TEN, 1.0, 0);

    assertThat(log.windows.cuts().samplesTooLong()).isEqualTo(1);
    assertThat(log.only().samples()).isEmpty();
  }

  @Test
  void withoutSamplesNoValueIsTold() {
    LogOf off = new LogOf(limits(SampleMode.OFF, ""), WindowCaps.DEFAULT);

    off.call("select 42").plan("select 42", "Filter: (a = 42)", TEN, 1, 1);

    assertThat(off.windows.cuts().samplesTooLong()).isZero();
    assertThat(off.only().toString()).doesNotContain("= 42");
  }

  @Test
  void hashedSamplesTellWhichValuesAreEqualAndNothingElse() {
    LogOf hashed = new LogOf(limits(SampleMode.HASHED, "key"), WindowCaps.DEFAULT);
    for (String literal : List.of("'Miller'", "'Smith'")) {
      for (String bound : List.of("Miller", "4711")) {
        hashed.call(
            "shop",
            "",
            "select * from people where name = " + literal + " and a = $1 limit 10",
            Parameters.of(List.of(bound)),
            TEN,
            1.0,
            0);
      }
    }
    hashed.plan("select * from people", "Filter: (name = 'Miller')", TEN, 1, 1);
    hashed.commit();
    String stored = storedText(hashed);
    List<QueryWindow> windows = hashed.all();
    List<Sample> samples = windows.stream().flatMap(window -> window.samples().stream()).toList();

    assertThat(samples).hasSize(4);
    assertThat(samples)
        .allMatch(
            sample ->
                sample
                        .statement()
                        .equals("select * from people where name = $1 and a = $2 limit $3")
                    || sample.statement().contains("$"));
    assertThat(samples.stream().map(sample -> sample.parameters().get(0)).distinct()).hasSize(2);
    assertThat(samples.stream().map(sample -> sample.parameters().get(1)).distinct()).hasSize(1);
    assertThat(samples.stream().map(sample -> sample.parameters().get(2)).distinct()).hasSize(2);
    assertThat(windows.toString() + stored).doesNotContain("Miller", "Smith", "4711");
  }

  @Test
  void otherKeysGiveOtherHashes() {
    Sample one =
        new LogOf(limits(SampleMode.HASHED, "a"), WindowCaps.DEFAULT)
            .call("select 42")
            .only()
            .samples()
            .get(0);
    Sample other =
        new LogOf(limits(SampleMode.HASHED, "b"), WindowCaps.DEFAULT)
            .call("select 42")
            .only()
            .samples()
            .get(0);

    assertThat(one.statement()).isEqualTo(other.statement());
    assertThat(one.parameters()).isNotEqualTo(other.parameters());
  }

  @Test
  void anOverlongTextIsCutBetweenCharacters() {
    LogOf small = new LogOf(new WindowLimits(Duration.ofMinutes(1), 0, 0, 9), WindowCaps.DEFAULT);

    assertThat(small.call("select a\ud83d\ude00b").only().text()).isEqualTo("select a");
    assertThat(small.windows.cuts().textsCut()).isEqualTo(1);
  }

  @Test
  void windowsLeaveWhenEventTimeHasPassedThem() {
    log.call("select 1", TEN, 1.0)
        .call("select 1", TEN.plusSeconds(60), 1.0)
        .call("select 1", TEN.plusSeconds(120), 1.0);

    assertThat(log.windows.takeEnded(TEN.plusMillis(69_999), GRACE)).isEmpty();
    assertThat(log.windows.takeEnded(TEN.plusSeconds(130), GRACE))
        .extracting(QueryWindow::windowStart)
        .containsExactly(TEN, TEN.plusSeconds(60));
    assertThat(log.windows.size()).isEqualTo(1);
  }

  @Test
  void whatComesLateIsAnotherPartAndIsCountedAsLate() {
    log.call("select 1", TEN, 1.0);
    log.windows.takeEnded(TEN.plusSeconds(70), GRACE);

    log.call("select 1", TEN, 1.0);

    assertThat(log.windows.cuts().late()).isEqualTo(1);
    assertThat(log.windows.takeEnded(TEN.plusSeconds(70), GRACE)).hasSize(1);
  }

  @Test
  void theOldestLeaveFirstWhenThereAreTooMany() {
    LogOf few = new LogOf(WindowLimits.DEFAULT, new WindowCaps(2, 1_000_000, 10));
    few.call("select 1", TEN.plusSeconds(60), 1.0)
        .call("select 1", TEN, 1.0)
        .call("select a", TEN, 1.0);
    assertThat(few.windows.takeOverflow()).hasSize(2);
    assertThat(few.windows.takeOverflow()).isEmpty();
    assertThat(few.only().windowStart()).isEqualTo(TEN.plusSeconds(60));
  }

  @Test
  void windowsLeaveWhenTheyTakeTooMuchMemory() {
    LogOf little = new LogOf(WindowLimits.DEFAULT, new WindowCaps(1000, 100_000, 1000));
    little.call("select 1", TEN, 1.0);
    assertThat(little.windows.takeOverflow()).isEmpty();

    for (int i = 0; i < 20; i++) {
      little.call("select '" + "x".repeat(10_000) + i + "' from t" + i, TEN, 1.0);
    }

    assertThat(little.windows.weight()).isBetween(200_000L, 300_000L);
    assertThat(little.windows.takeOverflow()).hasSize(21);
    assertThat(little.windows.weight()).isZero();
  }

  @Test
  void statementsBeyondTheCapAreAddedUpAsOne() {
    LogOf capped = new LogOf(WindowLimits.DEFAULT, new WindowCaps(1000, 1_000_000, 3));
    for (int i = 0; i < 10; i++) {
      capped.call("select * from log_" + (char) ('a' + i));
      capped.event(Kind.ERROR, "select * from log_" + (char) ('a' + i), 0, 0);
    }
    capped.call("select * from log_a");

    List<QueryWindow> windows = capped.all();

    QueryWindow others = windows.get(0);
    assertThat(windows).hasSize(4);
    assertThat(others.fingerprint()).isEqualTo(new Fingerprint(0));
    assertThat(others.text()).isEqualTo("other statements");
    assertThat(others.calls()).isEqualTo(7);
    assertThat(others.totalTimeMs()).isEqualTo(7 * 1.5);
    assertThat(others.details().errors()).isEqualTo(7);
    assertThat(others.samples()).isEmpty();
    assertThat(windows.stream().mapToLong(QueryWindow::calls).sum()).isEqualTo(11);
    assertThat(capped.windows.cuts().foldedIntoOther()).isEqualTo(14);
  }

  @Test
  void theCapIsPerDatabaseAndMinute() {
    LogOf capped = new LogOf(WindowLimits.DEFAULT, new WindowCaps(1000, 1_000_000, 1));
    capped.call("select 1", TEN, 1.0).call("select a", TEN.plusSeconds(60), 1.0);
    capped.call("crm", "ann", "select b", Parameters.NONE, TEN, 1.0, 0);

    assertThat(capped.all()).noneMatch(QueryWindow::ofOtherStatements);
  }

  @Test
  void aDatabaseNameWithoutEndIsCut() {
    call("d".repeat(100_000), "", "2026-01-01T10:00:00Z", 1.0);
    call("d".repeat(100_000), "", "2026-01-01T10:00:00Z", 1.0);

    QueryWindow window = log.only();
    assertThat(window.database()).hasSize(255);
    assertThat(window.calls()).isEqualTo(2);
  }

  @Test
  void timesThatCannotBeDoNoHarm() {
    for (double time : new double[] {1e300, Double.NaN, -5, Double.POSITIVE_INFINITY}) {
      for (int i = 0; i < 10_000; i++) {
        log.call("select 1", TEN, time);
      }
    }

    QueryWindow window = log.only();
    assertThat(window.calls()).isEqualTo(40_000);
    assertThat(window.totalTimeMs()).isPositive();
    assertThat(window.minTimeMs()).isZero();
  }

  @Test
  void onlyWhatChangedIsStored() {
    log.call("select 1").call("select a from b");
    log.commit();
    log.call("select 1");
    int[] pieces = {0};
    log.windows.drainChanges((name, piece) -> pieces[0]++);

    assertThat(pieces[0]).as("the figures of one window").isEqualTo(1);
    log.windows.drainChanges((name, piece) -> pieces[0]++);
    assertThat(pieces[0]).as("nothing new").isEqualTo(1);
  }

  @Test
  void samplesAreStoredAtTheFirstSecondAndFourthTimeAndSoOn() {
    List<Integer> storedAt = new ArrayList<>();
    for (int time = 1; time <= 20; time++) {
      log.call("select " + time, TEN, time * 1.0);
      boolean[] given = {false};
      log.windows.drainChanges((name, piece) -> given[0] |= name.startsWith("s"));
      if (given[0]) {
        storedAt.add(time);
      }
    }

    assertThat(storedAt).containsExactly(1, 2, 4, 8, 16);
  }

  @Test
  void afterARestartASampleHasTheCallsOfTheLastCommit() {
    log.call("select 1").commit();
    log.call("select 1").call("select 1", TEN, 9.0).commit();

    assertThat(log.restart().only().samples())
        .containsExactly(new Sample("select 1", List.of(), 3, 9.0));
  }

  @ParameterizedTest(name = "after {0} calls")
  @ValueSource(ints = {1, 20, 300, 5_000})
  void whatWasStoredLastIsThereAfterARestartEvenIfItHasLeftSince(int more) {
    log.call("select 'a'").call("select 'b'").call("select 'c'").commit();
    log.call("select 'd'").commit();
    for (int i = 0; i < more; i++) {
      log.call("select " + i, TEN, 100.0 + i);
    }
    log.commit();

    QueryWindow window = log.restart().only();

    assertThat(window.samples()).hasSize(3);
    assertThat(window.calls()).isEqualTo(4 + more);
  }

  @Test
  void windowsThatHaveLeftAreGoneFromTheStore() {
    log.call("select 1").call("select a from b", TEN.plusSeconds(60), 1.0).commit();
    log.call("select c");

    log.windows.takeEnded(TEN.plusSeconds(70), GRACE);
    log.commit();
    List<QueryWindow> rest = log.restart().all();

    assertThat(rest).extracting(QueryWindow::text).containsExactly("select a from b");
    log.commit();
    assertThat(log.store).isEmpty();
  }

  @Test
  void aWindowThatIsBegunAgainBeforeTheCommitIsStored() {
    log.call("select 1").call("select 1").commit();
    log.all();
    log.call("select 1").commit();

    assertThat(log.restart().only().calls()).isEqualTo(1);
  }

  @Test
  void windowsOfAnotherSizeAreHandedOnAfterARestart() {
    log.call("select 1").commit();
    OpenWindows other =
        new OpenWindows(new WindowLimits(Duration.ofSeconds(10), 5, 100, 100), WindowCaps.DEFAULT);

    other.restore(log.store.entrySet());

    assertThat(other.takeEnded(TEN, GRACE))
        .extracting(QueryWindow::windowSize)
        .containsExactly(Duration.ofMinutes(1));
    assertThat(other.size()).isZero();
  }

  private void call(String database, String user, String at, Double elapsedMs) {
    log.call(database, user, "select 42", Parameters.NONE, Instant.parse(at), elapsedMs, 0);
  }

  private static WindowLimits limits(SampleMode mode, String key) {
    return new WindowLimits(Duration.ofMinutes(1), mode, key, 5, 1000, 1000, 1000);
  }

  private static String storedText(LogOf log) {
    StringBuilder text = new StringBuilder();
    log.store.values().forEach(bytes -> text.append(new String(bytes, UTF_8)));
    return text.toString();
  }
}
