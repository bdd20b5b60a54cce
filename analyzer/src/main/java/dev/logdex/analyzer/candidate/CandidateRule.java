package dev.logdex.analyzer.candidate;

import java.util.stream.Stream;

/** One way to propose indexes for a scan. It knows nothing of costs and of other scans. */
interface CandidateRule {
  /** What the rule proposes; nothing when it does not fit the scan. Best guess first. */
  Stream<Proposal> propose(Wants wants);
}
