package dev.logdex.embedded;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * A server that somebody else runs: databases get names that nobody else has, and go at the end.
 */
final class GivenPostgres implements LocalPostgres {
  private final SuperuserAddress address;
  private final Databases databases;

  private GivenPostgres(SuperuserAddress address) {
    this.address = address;
    this.databases = new Databases(address, GivenPostgres::distinct);
  }

  /**
   * @throws PostgresUnavailableException when the server cannot be reached, or not as a superuser,
   *     or has no HypoPG
   */
  static GivenPostgres open(String url) {
    try {
      GivenPostgres server = new GivenPostgres(SuperuserAddress.parse(url));
      server.databases.check();
      return server;
    } catch (IllegalArgumentException e) {
      throw new PostgresUnavailableException(ADDRESS_VARIABLE + " is " + e.getMessage(), e);
    }
  }

  @Override
  public String superuserUrl(String database) {
    return address.jdbcUrl(database);
  }

  @Override
  public String createDatabase(String name) {
    return databases.create(name);
  }

  @Override
  public void dropDatabase(String database) {
    databases.drop(database);
  }

  @Override
  public Optional<Path> logFile() {
    return Optional.empty();
  }

  @Override
  public String description() {
    return "the Postgres at " + address;
  }

  @Override
  public void close() {
    databases.dropAll();
  }

  private static String distinct(String name) {
    return "logdex_" + name + "_" + UUID.randomUUID().toString().substring(0, 8);
  }
}
