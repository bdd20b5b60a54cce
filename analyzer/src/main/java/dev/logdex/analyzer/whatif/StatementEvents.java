package dev.logdex.analyzer.whatif;

import dev.logdex.analyzer.event.AnalysedStatement;
import dev.logdex.analyzer.workload.WorkloadStatement;
import dev.logdex.normalizer.event.Fingerprint;
import java.util.Optional;

/** Says what is known of a statement in the words of events. */
final class StatementEvents {
  private StatementEvents() {}

  static AnalysedStatement of(PlannedStatement planned) {
    WorkloadStatement statement = planned.statement();
    double generic = planned.genericCost();
    return new AnalysedStatement(
        statement.fingerprint().toString(),
        statement.merged().stream().map(Fingerprint::toString).toList(),
        Optional.ofNullable(planned.queryId())
            .or(statement.details()::queryId)
            .map(String::valueOf)
            .orElse(null),
        statement.text(),
        statement.calls(),
        Figures.rate(statement.callsPerMinute()),
        Figures.rate(statement.meanTimeMs()),
        Figures.rate(statement.details().maxTimeMs()),
        statement.details().errors(),
        Figures.cost(planned.cost()),
        Double.isNaN(generic) ? null : Figures.cost(generic));
  }
}
