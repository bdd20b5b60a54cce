package dev.logdex.deploy.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The shop's sessions at work until they are told to stop: some send parameters apart from the
 * statement, one puts them into its text, so that the log has both forms, interleaved.
 */
public final class ShopTraffic implements AutoCloseable {
  private static final List<String> QUERY_MODES = List.of("extended", "extended", "simple");
  private static final long PAUSE_MS = 50;
  private static final long LONGEST_STEP_S = 5;
  private static final long SEED = 20_240_101;

  private final ScheduledExecutorService threads =
      new ScheduledThreadPoolExecutor(QUERY_MODES.size());
  private final List<Connection> connections = new ArrayList<>();
  private final List<Future<?>> sessions = new ArrayList<>();
  private final AtomicLong steps = new AtomicLong();
  private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();

  private ShopTraffic() {}

  /** Opens the sessions and lets them work on threads of their own. */
  public static ShopTraffic start(String jdbcUrl) throws SQLException {
    ShopTraffic traffic = new ShopTraffic();
    try {
      for (int i = 0; i < QUERY_MODES.size(); i++) {
        traffic.open(jdbcUrl, i);
      }
    } catch (SQLException e) {
      traffic.close();
      throw e;
    }
    return traffic;
  }

  /** What ended a session, if one ended by itself. */
  public Optional<SQLException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** What visitors have done so far; one may send several statements. */
  public long steps() {
    return steps.get();
  }

  /** Ends the work after what is being done, and closes the sessions. */
  @Override
  public void close() {
    sessions.forEach(session -> session.cancel(false));
    threads.shutdown();
    try {
      threads.awaitTermination(LONGEST_STEP_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (SQLException e) {
        noteFailure(e);
      }
    }
  }

  private void open(String jdbcUrl, int number) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("preferQueryMode", QUERY_MODES.get(number));
    properties.setProperty("ApplicationName", "shop-" + (number + 1));
    Connection connection = DriverManager.getConnection(jdbcUrl, properties);
    connections.add(connection);
    Shopper shopper = new Shopper(connection, SEED + number);
    sessions.add(
        threads.scheduleWithFixedDelay(
            () -> step(shopper), number * PAUSE_MS / 2, PAUSE_MS, TimeUnit.MILLISECONDS));
  }

  private void step(Shopper shopper) {
    try {
      shopper.step();
      steps.incrementAndGet();
    } catch (SQLException e) {
      noteFailure(e);
      throw new IllegalStateException("the shop's session ended", e);
    }
  }

  private void noteFailure(SQLException e) {
    failure.compareAndSet(null, e);
  }
}
