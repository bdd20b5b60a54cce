package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.text.Utf8;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A log entry decoded, to be kept and compared. */
public record SeenEntry(
    String severity,
    String database,
    String user,
    String application,
    String backend,
    String session,
    long queryId,
    @Nullable Instant loggedAt,
    String message,
    @Nullable String detail,
    @Nullable String context,
    @Nullable String statement,
    String place) {
  public static SeenEntry of(LogEntry entry) {
    return new SeenEntry(
        entry.level().name(),
        entry.database(),
        entry.user(),
        entry.application(),
        entry.backend(),
        entry.session(),
        entry.queryId(),
        entry.loggedAt(),
        entry.text().toString(),
        text(entry.detail()),
        text(entry.context()),
        text(entry.statement()),
        entry.place().toString());
  }

  private static @Nullable String text(@Nullable Utf8 text) {
    return text == null ? null : text.toString();
  }
}
