package dev.logdex.deploy;

import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.deploy.terminal.Printable;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.recommender.event.RecommendationCommand;
import dev.logdex.recommender.event.RecommendationCommand.Action;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;
import dev.logdex.runtime.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a person's decision to the recommender, and waits until the recommendation shows it. */
@Command(
    name = "decide",
    description = "Accept or dismiss a recommendation, or take such a decision back.",
    footer = {
      "",
      "It waits until the recommender has taken the decision; taking it twice does no harm.",
      "",
      "Examples:",
      "  logdex decide 0f1e2d3c4b5a6978 accept --bootstrap-servers kafka:9092",
      "  logdex decide 0f1e2d3c4b5a6978 dismiss --reason 'the report goes away' --until 2030-01-01",
      "  logdex decide 0f1e2d3c4b5a6978 reopen"
    })
final class DecideCommand implements Runnable {
  private final Terminal terminal;

  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
  @Spec
  private CommandSpec spec;

  @Mixin private RunningKafkaOptions kafka = new RunningKafkaOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "As 'logdex watch' shows it.")
  private String id = "";

  @Parameters(
      index = "1",
      paramLabel = "DECISION",
      description = "accept, dismiss or reopen; the last takes one of the others back.")
  private Action action = Action.ACCEPT;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is published.")
  private String reason = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who decides; your user name when not given.")
  private String by = "";

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = {
        "When a dismissal ends, or when an accepted index is to be dropped again:",
        "2030-01-31 (UTC) or 2030-01-31T18:00:00Z."
      })
  private @Nullable String until;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for the recommender; 30 when not given.")
  private int seconds;

  DecideCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    RecommendationCommand command = command();
    try (TopicReader<RecommendationEvent> reader = kafka.recommendations()) {
      RecommendationEvent before = newest(reader);
      if (!action.isOpenTo(before.data().state())) {
        throw new CommandFailure(
            "Recommendation "
                + id
                + " is "
                + before.data().state().word()
                + ": there is nothing to "
                + action.word()
                + ".");
      }
      if (command.isIn(before.data())) {
        terminal.note("It is so already.");
        show(before);
        return;
      }
      send(command);
      show(await(reader, command));
    }
  }

  private RecommendationCommand command() {
    if (until != null && action == Action.REOPEN) {
      throw new ParameterException(spec.commandLine(), "--until does not go with reopen");
    }
    return new RecommendationCommand(id, action, reason, by, until == null ? null : time(until));
  }

  private Instant time(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new ParameterException(
          spec.commandLine(), "--until: not a time like 2030-01-31 or 2030-01-31T18:00:00Z", e);
    }
  }

  private RecommendationEvent newest(TopicReader<RecommendationEvent> reader) {
    Map<String, RecommendationEvent> newest = new LinkedHashMap<>();
    reader.readToEnd(event -> newest.put(event.subject(), event));
    RecommendationEvent found = newest.get(id);
    if (found == null) {
      throw new CommandFailure(
          "There is no recommendation "
              + Printable.line(id)
              + ".\n  'logdex watch --once --all' lists those that there are.");
    }
    return found;
  }

  private void send(RecommendationCommand command) {
    Map<String, Object> settings = new LinkedHashMap<>(kafka.client());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    try (Producer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  kafka.name(Topic.RECOMMENDATION_COMMANDS), id, EventJson.write(command)))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("stopped", e);
    } catch (ExecutionException e) {
      throw new CommandFailure("Kafka did not take the decision: " + Failures.describe(e), e);
    }
  }

  private RecommendationEvent await(
      TopicReader<RecommendationEvent> reader, RecommendationCommand command) {
    long deadline = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    terminal.status("waiting for the recommender");
    Map<String, RecommendationEvent> newest = new LinkedHashMap<>();
    while (System.nanoTime() < deadline) {
      reader.poll(event -> newest.put(event.subject(), event));
      RecommendationEvent now = newest.get(id);
      if (now != null && command.isIn(now.data())) {
        return now;
      }
    }
    throw new CommandFailure(
        "The decision is sent, but within "
            + seconds
            + " s no recommender has taken it.\n  It is taken as soon as one runs.");
  }

  private void show(RecommendationEvent event) {
    terminal.clearStatus();
    EventText.lines(event, terminal).forEach(terminal::result);
  }
}
