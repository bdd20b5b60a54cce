package dev.logdex.ingest.tail;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a log is called over its rotations: {@code x.log}, {@code x.log.1}, {@code
 * x.log-20261121.gz} are the log {@code x.log}, and {@code postgresql-2026-11-21_130000.log} and
 * {@code postgresql-Mon.log} are {@code postgresql-*.log}. Files of one log are read one after the
 * other.
 */
final class LogNames {
  private static final String PACKED = ".gz";

  /** What logrotate puts behind a name: a number, or a date. */
  private static final Pattern ROTATED =
      Pattern.compile("(?:\\.\\d{1,4}|[-.]\\d{4}-?\\d\\d-?\\d\\d(?:-?\\d{2,10})?)$");

  private static final Pattern DATE =
      Pattern.compile(
          "(?<!\\d)(?:19|20)\\d\\d([-_]?)\\d\\d\\1\\d\\d"
              + "(?:[-_T.]?\\d\\d[-_.:]?\\d\\d(?:[-_.:]?\\d\\d)?)?(?!\\d)");
  private static final Pattern WEEKDAY =
      Pattern.compile("(?<![A-Za-z])(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?![A-Za-z])");

  private LogNames() {}

  /** Whether the file is packed, by its name. */
  static boolean isPacked(Path file) {
    return file.toString().endsWith(PACKED);
  }

  /** The log's absolute path. */
  static Path logOf(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path name = absolute.getFileName();
    return name == null ? absolute : absolute.resolveSibling(logName(name.toString()));
  }

  private static String logName(String file) {
    String unpacked =
        file.endsWith(PACKED) ? file.substring(0, file.length() - PACKED.length()) : file;
    String current = ROTATED.matcher(unpacked).replaceFirst("");
    String undated = DATE.matcher(current).replaceAll("*");
    return WEEKDAY.matcher(undated).replaceAll("*");
  }
}
