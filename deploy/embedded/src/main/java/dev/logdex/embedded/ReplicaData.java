package dev.logdex.embedded;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The data of a server that follows another one. It is copied by the low-level backup functions
 * (manual, "Making a Base Backup Using the Low Level API"), because pg_basebackup belongs to a
 * package of its own that is not unpacked with the server.
 */
final class ReplicaData {
  private static final Duration COPY_TIMEOUT = Duration.ofMinutes(2);

  /** The functions have other names and arguments since. */
  private static final int RENAMED_IN = 15;

  private ReplicaData() {}

  static void copy(SuperuserAddress primary, Path from, Path to, OrdinaryUser user)
      throws IOException {
    String label = copied(primary, from, to);
    Files.deleteIfExists(to.resolve("postmaster.pid"));
    Files.deleteIfExists(to.resolve("postmaster.opts"));
    write(to.resolve("backup_label"), label, user);
    write(to.resolve("standby.signal"), "", user);
    write(to.resolve("postgresql.auto.conf"), followed(primary), user);
  }

  /** One session begins and ends the backup; what the end returns belongs into the copy. */
  private static String copied(SuperuserAddress primary, Path from, Path to) {
    try (Connection session = DriverManager.getConnection(primary.jdbcUrl(primary.database()));
        Statement statement = session.createStatement()) {
      boolean renamed = session.getMetaData().getDatabaseMajorVersion() >= RENAMED_IN;
      statement.execute(
          renamed
              ? "SELECT pg_backup_start('replica', true)"
              : "SELECT pg_start_backup('replica', true, false)");
      Command.Result copied =
          Command.run(COPY_TIMEOUT, List.of("cp", "-a", from.toString(), to.toString()));
      try (ResultSet end =
          statement.executeQuery(
              renamed
                  ? "SELECT labelfile FROM pg_backup_stop(false)"
                  : "SELECT labelfile FROM pg_stop_backup(false, false)")) {
        end.next();
        if (!copied.succeeded()) {
          throw new PostgresUnavailableException("cp failed: " + copied.outputEnd());
        }
        return end.getString(1);
      }
    } catch (SQLException e) {
      throw new PostgresUnavailableException("cannot copy a running server", e);
    }
  }

  private static String followed(SuperuserAddress primary) {
    String authority = primary.authority();
    int colon = authority.lastIndexOf(':');
    return "primary_conninfo = 'host=%s port=%s user=%s password=%s'\n"
        .formatted(
            authority.substring(0, colon),
            authority.substring(colon + 1),
            primary.user(),
            primary.password());
  }

  private static void write(Path file, String text, OrdinaryUser user) throws IOException {
    Files.writeString(file, text, CREATE, APPEND);
    Files.setPosixFilePermissions(file, Permissions.PRIVATE_FILE);
    user.own(file);
  }
}
