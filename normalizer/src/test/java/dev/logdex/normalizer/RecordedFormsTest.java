package dev.logdex.normalizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link LogFormsIT} tries, on small logs that were recorded, in more forms. */
class RecordedFormsTest {
  private static final String VERBOSE = "%m [%7p] %-12u|%12d|%i %c %l %x %v %e %a: ";

  static Stream<Arguments> logs() {
    List<String> collected = List.of("stderr.log", "csvlog.csv", "jsonlog.json");
    List<String> syslog =
        List.of("syslog-file.log", "syslog-traditional.log", "syslog-rfc5424.log");
    return Stream.of("forms", "both", "explaintext", "explainjson", "verbose")
        .flatMap(
            run ->
                Stream.of(collected, syslog)
                    .flatMap(List::stream)
                    .filter(form -> !syslog.contains(form) || Set.of("forms", "both").contains(run))
                    .map(form -> Arguments.of(run, form)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("logs")
  void messagesAreThoseOfTheJsonLog(String run, String form) throws IOException {
    JudgedLog log = judged(run, form);
    List<JsonTruth.Message> truth = truth(run).messages();
    if (form.startsWith("syslog")) {
      // the server tells nobody else that its log now goes to the collector
      log.entries.removeIf(entry -> entry.message().startsWith("redirecting log output to "));
    }

    assertThat(log.letters).isEmpty();
    List<String> differences = log.messageDifferences(truth);
    // #011 in a statement cannot be told from a tab that rsyslog wrote so
    differences.removeIf(line -> form.startsWith("syslog") && line.contains("m_octal"));
    assertThat(differences).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("logs")
  void executionsAreThoseOfTheJsonLog(String run, String form) throws IOException {
    Map<String, Long> surplus = judged(run, form).executionSurplus(truth(run).runs());
    surplus.keySet().removeIf(line -> form.startsWith("syslog") && line.contains("m_octal"));
    assertThat(surplus).isEmpty();
  }

  static Stream<Arguments> localisedLogs() {
    return Stream.of("german", "french", "russian", "japanese")
        .flatMap(
            language ->
                Stream.of("stderr.log", "csvlog.csv", "jsonlog.json")
                    .map(form -> Arguments.of(language, form)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("localisedLogs")
  void executionsOfALocalisedServerAreThoseOfAnEnglishOne(String language, String form)
      throws IOException {
    JudgedLog log = judged(language, form);
    assertThat(log.letters).isEmpty();
    assertThat(log.messageDifferences(truth(language).messages())).isEmpty();
    // the same program ran on both
    assertThat(log.statements()).isEqualTo(JudgedLog.statements(truth("verbose").runs()));
  }

  private static JudgedLog judged(String run, String form) throws IOException {
    boolean pinned = run.equals("verbose") && form.equals("stderr.log");
    return JudgedLog.read(bytes(run + "/" + form), pinned ? VERBOSE : null, false);
  }

  private static JsonTruth truth(String run) throws IOException {
    return new JsonTruth(bytes(run + "/jsonlog.json"));
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            RecordedFormsTest.class.getResourceAsStream("/pg15/" + name), name)) {
      return in.readAllBytes();
    }
  }
}
