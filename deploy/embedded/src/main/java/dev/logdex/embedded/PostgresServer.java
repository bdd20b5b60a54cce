package dev.logdex.embedded;

import java.nio.file.Path;
import java.util.Optional;

/** A running Postgres with HypoPG at hand, in which databases may be made and dropped at will. */
public interface PostgresServer {
  /**
   * A JDBC address, with user and password, by which a superuser reaches a database of the server.
   * It is a secret: not for logs.
   */
  String superuserUrl(String database);

  /**
   * Makes a database that nobody has used before. HypoPG is not created in it yet.
   *
   * @param name lower-case letters, digits and underscores
   * @return the database's name: the wanted one, with something added where it was taken or where
   *     the server is shared
   */
  String createDatabase(String name);

  /** Drops a database that {@link #createDatabase} made, whoever is connected to it. */
  void dropDatabase(String database);

  /**
   * What the server writes to its standard error, growing while it runs; empty when the server is
   * not ours and its log is out of reach.
   */
  Optional<Path> logFile();

  /** Where the server comes from, in a few words for a person. */
  String description();
}
