package dev.logdex.analyzer.plan;

import dev.logdex.normalizer.event.PlanEvidence;
import dev.logdex.normalizer.event.PlanFormat;
import java.util.Optional;

/** Reads the plans that auto_explain logged. */
public final class LoggedPlans {
  private LoggedPlans() {}

  /** The plan's top node; empty when the text is none that is known, or was cut. */
  public static Optional<PlanNode> read(PlanEvidence evidence) {
    return evidence.format() == PlanFormat.JSON
        ? PlanJson.logged(evidence.plan())
        : PlanText.read(evidence.plan());
  }
}
