package dev.logdex.analyzer.postgres;

import dev.logdex.analyzer.doctor.Finding;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says why there is no connection, and what helps. */
final class Connections {
  private static final String CHECK = "connection";

  private Connections() {}

  static Finding failure(SQLException error) {
    String state = Objects.requireNonNullElse(error.getSQLState(), "");
    // errors of connecting tell of hosts, users and databases, never of passwords or statements
    String found = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    return Finding.fail(CHECK, found + " (SQLSTATE " + state + ")", mend(error, state));
  }

  private static String mend(SQLException error, String state) {
    if (hasCause(error, UnknownHostException.class)) {
      return "There is no host of that name: correct the address.";
    }
    if (state.startsWith("28")) {
      return "Give user and password as postgresql://user:password@host:port/database, and let the"
          + " role in by pg_hba.conf.";
    }
    if (state.startsWith("3D")) {
      return "The database's name is the part after the last slash of the address.";
    }
    if (state.equals("53300")) {
      return "Close connections, or raise max_connections or the role's connection limit.";
    }
    if (state.startsWith("57P")) {
      return "The server is starting or stopping: try again in a moment.";
    }
    return "Start the server, or correct host and port; Logdex tries again by itself.";
  }

  private static boolean hasCause(Throwable error, Class<? extends Throwable> type) {
    for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
