package dev.logdex.normalizer.logentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.normalizer.statement.Execution;
import dev.logdex.normalizer.statement.LogEntry;
import dev.logdex.normalizer.statement.LoggedPlan;
import dev.logdex.normalizer.statement.StatementEvent;
import dev.logdex.normalizer.structured.FieldEntry;
import dev.logdex.normalizer.structured.FieldReader;
import dev.logdex.normalizer.structured.LogField;
import dev.logdex.normalizer.text.Place;
import dev.logdex.normalizer.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one server wrote to stderr, csvlog and jsonlog at once comes out the same. */
class FormsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What every form tells of a message. */
  private record Message(
      String level,
      String user,
      String database,
      String backend,
      @Nullable Object time,
      String text,
      @Nullable String detail,
      @Nullable String context,
      @Nullable String statement) {
    static Message of(LogEntry entry) {
      return new Message(
          entry.level().name(),
          entry.user(),
          entry.database(),
          entry.backend(),
          entry.loggedAt(),
          entry.text().toString(),
          string(entry.detail()),
          string(entry.context()),
          string(entry.statement()));
    }

    /** As stderr prints it: csvlog and jsonlog have the position in a field of its own. */
    Message withPosition(@Nullable JsonNode position) {
      return position == null
          ? this
          : new Message(
              level,
              user,
              database,
              backend,
              time,
              text + " at character " + position.asText(),
              detail,
              context,
              statement);
    }
  }

  /** What csvlog and jsonlog tell beside it. */
  private record Numbered(
      Message message, String application, String session, long lineNumber, long queryId) {
    static Numbered of(LogEntry entry) {
      return new Numbered(
          Message.of(entry),
          entry.application(),
          entry.session(),
          entry.lineNumber(),
          entry.queryId());
    }
  }

  /** Passes entries on, and keeps the dead letters. */
  private static final class Listening implements LogSink {
    private final Consumer<LogEntry> entries;
    private final List<DeadLetter> letters = new ArrayList<>();

    Listening(Consumer<LogEntry> entries) {
      this.entries = entries;
    }

    @Override
    public void entry(LogEntry entry) {
      entries.accept(entry);
    }

    @Override
    public void execution(Execution execution) {}

    @Override
    public void event(StatementEvent event) {}

    @Override
    public void plan(LoggedPlan plan) {}

    @Override
    public void rejected(DeadLetter letter) {
      letters.add(letter);
    }
  }

  private static final String VERBOSE = "%m [%7p] %-12u|%12d|%i %c %l %x %v %e %a: ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "forms",
        "both",
        "explaintext",
        "explainjson",
        "verbose",
        "german",
        "french",
        "russian",
        "japanese"
      })
  void csvlogTellsWhatJsonlogTells(String folder) {
    List<Numbered> csv = new ArrayList<>();
    List<DeadLetter> letters = read(folder + "/csvlog.csv", entry -> csv.add(Numbered.of(entry)));

    assertThat(csv)
        .containsExactlyInAnyOrderElementsOf(
            json(folder).stream().map(line -> Numbered.of(entry(line))).toList());
    assertThat(letters.toString()).doesNotContain("csvlog");
  }

  @ParameterizedTest
  @ValueSource(strings = {"forms", "both", "explaintext", "explainjson", "verbose"})
  void stderrTellsWhatJsonlogTells(String folder) {
    List<Message> stderr = new ArrayList<>();
    read(folder + "/stderr.log", entry -> stderr.add(Message.of(entry)));

    assertThat(stderr)
        .containsExactlyInAnyOrderElementsOf(
            json(folder).stream().map(FormsTest::printed).toList());
  }

  @Test
  void csvlogIsReadAcrossARestartBetweenAnyTwoLines() throws IOException {
    String log = new String(resource("forms/csvlog.csv"), UTF_8);
    List<Message> whole = new ArrayList<>();
    read("forms/csvlog.csv", entry -> whole.add(Message.of(entry)));
    List<Message> told = new ArrayList<>();
    LogSink sink = new Listening(entry -> told.add(Message.of(entry)));
    Told.Store store = new Told.Store();

    for (String line : log.split("(?<=\n)", -1)) {
      SourceLog reader =
          SourceLogs.restore("s", LogSettings.defaults(), sink, store.pieces.entrySet());
      Told.feed(reader, line);
      store.drain(reader);
    }

    assertThat(told).isEqualTo(whole);
  }

  private static Message printed(JsonNode line) {
    return Message.of(entry(line))
        .withPosition(
            line.has("cursor_position")
                ? line.get("cursor_position")
                : line.get("internal_position"));
  }

  private static List<DeadLetter> read(String name, Consumer<LogEntry> entries) {
    Listening sink = new Listening(entries);
    LogSettings settings =
        LogSettings.defaults().withPrefix(name.startsWith("verbose") ? VERBOSE : null);
    InspectableLog log = SourceLogs.open("s", settings, sink);
    Told.feed(log, resource(name));
    log.flush();
    return sink.letters;
  }

  private static LogEntry entry(JsonNode line) {
    FieldEntry fields = new FieldEntry();
    for (LogField field : LogField.values()) {
      JsonNode value = field.jsonName() == null ? null : line.get(field.jsonName());
      if (value != null) {
        fields.put(field, Utf8.of(value.asText()));
      }
    }
    return requireNonNull(
        new FieldReader(null).entry(fields, "", Told.ARRIVED, new Place("json", 0)));
  }

  private static List<JsonNode> json(String folder) {
    return Stream.of(new String(resource(folder + "/jsonlog.json"), UTF_8).split("\n", -1))
        .filter(line -> !line.isEmpty())
        .map(
            line -> {
              try {
                return JSON.readTree(line);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  private static byte[] resource(String name) {
    try (InputStream in = requireNonNull(FormsTest.class.getResourceAsStream("/pg15/" + name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String string(@Nullable Utf8 text) {
    return text == null ? null : text.toString();
  }
}
