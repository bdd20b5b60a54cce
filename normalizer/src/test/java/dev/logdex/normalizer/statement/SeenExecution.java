package dev.logdex.normalizer.statement;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An execution decoded, to be kept and compared. */
public record SeenExecution(
    String database,
    String user,
    String statement,
    List<@Nullable String> parameters,
    Instant loggedAt,
    @Nullable Double elapsedMs,
    long queryId,
    String place) {
  public static SeenExecution of(Execution execution) {
    return new SeenExecution(
        execution.database(),
        execution.user(),
        execution.statement().toString(),
        execution.parameters().values(),
        execution.loggedAt(),
        execution.elapsedMs(),
        execution.queryId(),
        execution.place().toString());
  }
}
