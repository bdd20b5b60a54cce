package dev.logdex.deploy.doctor;

import static java.util.Objects.requireNonNull;

import dev.logdex.analyzer.doctor.Finding;
import dev.logdex.analyzer.doctor.Finding.State;
import java.util.List;

/**
 * One part and what was found of it.
 *
 * @param part what it is and where, without passwords
 */
public record Examined(String part, List<Finding> findings) {
  public Examined {
    requireNonNull(part, "part");
    findings = List.copyOf(findings);
  }

  /** Whether Logdex cannot work with it, or not for all. */
  public boolean fails() {
    return findings.stream().anyMatch(finding -> finding.state() == State.FAIL);
  }
}
