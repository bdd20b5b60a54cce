package dev.logdex.deploy;

import dev.logdex.deploy.demo.Shop;
import dev.logdex.deploy.terminal.Amounts;
import dev.logdex.deploy.terminal.Terminal;
import dev.logdex.embedded.EmbeddedKafka;
import dev.logdex.embedded.LocalPostgres;
import dev.logdex.embedded.PostgresUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main job on real parts, with an application that is made for it. */
@Command(
    name = "demo",
    description =
        "Run everything on a made-up web shop: a broker, a Postgres, its log, the advice.",
    footer = {
      "",
      "Needs nothing but a Postgres with HypoPG, which it finds or fetches: the address in",
      "LOGDEX_POSTGRES is not used, because the demo reads its server's own log.",
      "",
      "Examples:",
      "  logdex demo",
      "  logdex demo --keep --seconds 60"
    })
final class DemoCommand implements Runnable {
  private static final Map<String, String> SERVER_SETTINGS =
      Map.of("log_line_prefix", "%m [%p] %q%u@%d ", "log_min_duration_statement", "-1");
  private static final int LEAST_SECONDS = 5;

  private final Terminal terminal;
  private final long begin = System.nanoTime();

  @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How long the shop is open; 20 when not given.")
  private int seconds;

  @Option(names = "--json", description = "Print the recommendation events, one per line.")
  private boolean json;

  @Option(
      names = "--keep",
      description = "Leave broker and databases up until Ctrl-C, and say how to look at them.")
  private boolean keep;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (seconds < LEAST_SECONDS) {
      throw new ParameterException(
          spec.commandLine(), "--seconds must be at least " + LEAST_SECONDS);
    }
    try (OpenParts parts = new OpenParts()) {
      run(parts);
    } catch (SQLException e) {
      throw new CommandFailure("The demo's database did not do its part: " + e.getMessage(), e);
    }
  }

  private void run(OpenParts parts) throws SQLException {
    CompletableFuture<EmbeddedKafka> starting =
        CompletableFuture.supplyAsync(() -> parts.open(EmbeddedKafka::start));
    LocalPostgres postgres = parts.open(this::postgres);
    Path log = postgres.logFile().orElseThrow(DemoCommand::noLog);
    terminal.note("Postgres: " + postgres.description() + after());
    Shop shop = Shop.open(postgres, UUID.randomUUID().toString());
    terminal.note("A web shop with 200,000 orders, and a copy of it to plan on" + after());
    DemoRun run =
        DemoRun.start(parts, terminal, await(starting).bootstrapServers(), shop, printing());
    terminal.note("Kafka and the four stages" + after());
    terminal.note("The shop is open for " + seconds + " s, and its server's log is followed.");
    long visits = run.work(log, Duration.ofSeconds(seconds));
    terminal.note(
        "It was closed after " + Amounts.count(visits, "visit", "visits") + after() + ".");
    run.summarise();
    terminal.note("Done" + after() + ".");
    if (keep) {
      terminal.note("");
      terminal.note("Everything is kept up until Ctrl-C. To look further:");
      run.waysToLookFurther().forEach(terminal::note);
      run.stay();
    }
  }

  private DemoRun.Printing printing() {
    return new DemoRun.Printing(json, this::elapsed);
  }

  private LocalPostgres postgres() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.remove(LocalPostgres.ADDRESS_VARIABLE);
    try {
      return LocalPostgres.start(environment, SERVER_SETTINGS, terminal::note);
    } catch (PostgresUnavailableException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private String after() {
    return ", " + elapsed() + " from the start";
  }

  private String elapsed() {
    return Amounts.duration(Duration.ofNanos(System.nanoTime() - begin));
  }

  private static CommandFailure noLog() {
    return new CommandFailure(
        "The demo cannot read the log of this Postgres.\n"
            + "  Unset "
            + LocalPostgres.ADDRESS_VARIABLE
            + ", so that it starts one of its own.");
  }

  private static EmbeddedKafka await(CompletableFuture<EmbeddedKafka> starting) {
    try {
      return starting.join();
    } catch (CompletionException e) {
      throw new CommandFailure("The broker did not start: " + Failures.describe(e), e);
    }
  }
}
