package dev.logdex.deploy;

import static java.util.stream.Collectors.joining;

import dev.logdex.analyzer.Analyzer;
import dev.logdex.analyzer.AnalyzerConfig;
import dev.logdex.analyzer.database.DatabaseAddress;
import dev.logdex.analyzer.database.DatabaseMapping;
import dev.logdex.deploy.pipeline.TopicReader;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.embedded.EmbeddedKafka;
import dev.logdex.normalizer.Normalizer;
import dev.logdex.normalizer.event.DeadLetter;
import dev.logdex.recommender.Recommender;
import dev.logdex.recommender.RecommenderConfig;
import dev.logdex.runtime.Settings;
import dev.logdex.runtime.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Reads logs once and says what they advise. The stages run one after the other, each until it has
 * dealt with all that the one before it wrote, so that the answer depends on the logs alone.
 */
@Command(
    name = "advise",
    description = "Read logs and recommend indexes, planning on a scratch copy of the database.",
    footer = {
      "",
      "The database needs HypoPG. Statements of the log are planned there and never executed;",
      "nothing in it is changed. Use a copy, a restored dump or a sample, not production, and say",
      "--disposable if nobody else needs it: then GIN and GiST indexes can be tried, too.",
      "",
      "Examples:",
      "  logdex advise --database postgresql://me@localhost/shop_copy postgresql.log",
      "  logdex advise --database shop=postgresql://localhost/shop_copy \\",
      "      --database crm=postgresql://localhost/crm_copy --json postgresql-*.log.gz",
      "  logdex advise --database postgresql://localhost/copy --set selection.preset=read-optimised \\",
      "      --set selection.database.storage.max.bytes=1000000000 postgresql.log",
      "  heroku logs -p postgres -n 1500 | logdex advise --database postgresql://localhost/copy -"
    })
final class AdviseCommand implements Runnable {
  private final Terminal terminal;

  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--database",
      required = true,
      paramLabel = "[NAME=]URL",
      description = {
        "Where statements are planned: postgresql://user:password@host:port/database.",
        "With several databases in the log, once for each, after its name in the log."
      })
  private List<String> databases = new ArrayList<>();

  @Option(
      names = "--disposable",
      description = {
        "Nobody needs the databases as they are: indexes that cannot be tried otherwise (GIN, GiST,",
        "expressions) are built there, in transactions that are rolled back."
      })
  private boolean disposable;

  @Option(
      names = "--create-extension",
      description = "Create the extension HypoPG in the database when it is not there.")
  private boolean createExtension;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "NAME=VALUE",
      description = {
        "A setting of the recommender, such as selection.preset=balanced or",
        "selection.database.storage.max.bytes=1000000000; may be repeated."
      })
  private Map<String, String> choosing = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print the recommendation events, one per line.")
  private boolean json;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "What the log's server is called; the file's path when not given.")
  private @Nullable String source;

  @Mixin private LogFormatOptions format = new LogFormatOptions();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Logs; - is standard input, and .gz is unpacked.")
  private List<String> files = new ArrayList<>();

  private List<DatabaseAddress> addresses = List.of();

  AdviseCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    addresses = addresses();
    checkSettings();
    List<LogInput> inputs = LogInput.check(files, terminal::note);
    if (inputs.stream().allMatch(LogInput::isEmptyFile)) {
      throw new CommandFailure("There is nothing in the log to advise on.");
    }
    checkDatabases();
    try (OpenParts parts = new OpenParts()) {
      advise(parts, inputs);
    }
  }

  /** Before anything is read, which may take long. */
  private void checkSettings() {
    Map<String, String> settings = new HashMap<>(choosing);
    settings.put(Settings.BOOTSTRAP_SERVERS, "localhost:9092");
    try {
      RecommenderConfig.parse(settings);
    } catch (ConfigException e) {
      throw new ParameterException(spec.commandLine(), "--set: " + e.getMessage(), e);
    }
  }

  private void checkDatabases() {
    addresses.forEach(address -> new AnalysisDatabase(address).check(createExtension));
  }

  private void advise(OpenParts parts, List<LogInput> inputs) {
    Pipeline pipeline =
        Pipeline.open(
            parts, kafka.stageSettings(broker(parts)), new Waiting(terminal, this::checkDatabases));
    AdviceReport report = new AdviceReport(terminal, pipeline);
    pipeline.requireSoleUse();
    pipeline.forgetProgress();
    TopicReader<DeadLetter> letters = pipeline.reader(Topic.DEAD_LETTERS, DeadLetter.class);
    letters.skipToEnd();
    new Shipping(terminal, source).ship(pipeline.shipping(), inputs);

    Normalizer normalizer = pipeline.startNormalizer(format.stageSettings());
    pipeline.await(normalizer);
    parts.close(normalizer);

    Analyzer analyzer = pipeline.startAnalyzer(analyzerSettings());
    pipeline.await(analyzer);
    parts.close(analyzer);

    Recommender recommender = pipeline.startRecommender(choosing);
    pipeline.await(recommender);
    report.print(recommender, letters, json);
  }

  private Map<String, String> analyzerSettings() {
    Stream<DatabaseAddress> copies = disposable ? addresses.stream() : Stream.empty();
    return Map.of(
        AnalyzerConfig.DATABASES,
        String.join(",", databases),
        AnalyzerConfig.DISPOSABLE_COPIES,
        copies.map(AnalyzerConfig::name).collect(joining(",")));
  }

  private String broker(OpenParts parts) {
    String given = kafka.bootstrapServers();
    if (given != null) {
      return given;
    }
    terminal.status("starting a broker");
    return parts.open(EmbeddedKafka::start).bootstrapServers();
  }

  private List<DatabaseAddress> addresses() {
    try {
      List<DatabaseAddress> given = databases.stream().map(DatabaseAddress::parse).toList();
      Set<String> ambiguous = DatabaseMapping.ambiguous(given);
      if (!ambiguous.isEmpty()) {
        throw new ParameterException(
            spec.commandLine(), "more than one --database for " + String.join(", ", ambiguous));
      }
      return given;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--database: " + Failures.describe(e), e);
    }
  }
}
