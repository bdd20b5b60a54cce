package dev.logdex.embedded;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who may do what with a file, whatever the user's umask is. */
final class Permissions {
  static final Set<PosixFilePermission> PRIVATE_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
  static final Set<PosixFilePermission> FOLDER_TO_READ =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private Permissions() {}
}
