package dev.logdex.embedded;

import java.util.Map;
import java.util.function.Consumer;

/**
 * A Postgres with HypoPG to work on, found or made in the first of these ways that works: the
 * address in {@value #ADDRESS_VARIABLE}; a Postgres that is installed; Docker; on Debian and Ubuntu
 * the distribution's packages, unpacked without root.
 *
 * <p>Closing it stops the server and deletes its data; of a server that was given by its address it
 * drops the databases that were made. A server that was started here ends with this process even
 * when that is killed. There is no shutdown hook, because the order in which a program lets go of
 * its database is the program's to decide.
 */
public interface LocalPostgres extends PostgresServer, AutoCloseable {
  /**
   * Environment variable with the address of a server to use instead of a local one, as {@code
   * postgresql://user:password@host:port/database}; the user must be a superuser.
   */
  String ADDRESS_VARIABLE = "LOGDEX_POSTGRES";

  /**
   * Starts a server, or finds the one that the environment names.
   *
   * @param environment the process's environment
   * @param serverSettings settings by Postgres's names; they win over those chosen here, and are
   *     not for a server that was given by its address
   * @param progress is told what takes its time, a line each
   * @throws PostgresUnavailableException when no way works; its message says what to install
   */
  static LocalPostgres start(
      Map<String, String> environment,
      Map<String, String> serverSettings,
      Consumer<String> progress) {
    return new PostgresSearch(environment, serverSettings, progress).start();
  }

  /**
   * Kills the server as a power cut would and starts it again on its data and its port; for tests.
   *
   * @throws UnsupportedOperationException when the server was not started as a process here
   */
  default void crashAndRestart() {
    throw new UnsupportedOperationException("the server is not a process of ours");
  }

  /**
   * Starts a second server that follows this one by streaming replication, from a copy of its data;
   * for tests. This server must have been started with {@code wal_level} replica and with {@code
   * max_wal_senders}. Closing it leaves this one as it is.
   *
   * @throws UnsupportedOperationException when the server was not started as a process here
   */
  default LocalPostgres startReplica() {
    throw new UnsupportedOperationException("the server is not a process of ours");
  }

  @Override
  void close();
}
