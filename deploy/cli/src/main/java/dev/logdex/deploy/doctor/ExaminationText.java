package dev.logdex.deploy.doctor;

import dev.logdex.analyzer.doctor.Finding;
import dev.logdex.analyzer.doctor.Finding.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** An examination as lines for a person. */
public final class ExaminationText {
  private ExaminationText() {}

  /**
   * The lines.
   *
   * @param bold makes a text stand out where that is possible
   */
  public static List<String> lines(List<Examined> parts, UnaryOperator<String> bold) {
    List<String> lines = new ArrayList<>();
    for (Examined part : parts) {
      lines.add(bold.apply(part.part()));
      part.findings().forEach(finding -> add(finding, bold, lines));
      lines.add("");
    }
    lines.add(summary(parts));
    return lines;
  }

  private static void add(Finding finding, UnaryOperator<String> bold, List<String> lines) {
    String state = String.format("%-7s", finding.state().name().toLowerCase(Locale.ROOT));
    boolean stands = finding.state() == State.FAIL || finding.state() == State.WARN;
    lines.add(
        "  "
            + (stands ? bold.apply(state) : state)
            + " "
            + String.format("%-20s ", finding.check())
            + finding.found());
    if (!finding.mend().isEmpty()) {
      lines.add("          " + "-> " + finding.mend());
    }
  }

  private static String summary(List<Examined> parts) {
    return count(parts, State.FAIL)
        + " failed, "
        + count(parts, State.WARN)
        + " to look at, "
        + count(parts, State.OK)
        + " good";
  }

  private static long count(List<Examined> parts, State state) {
    return parts.stream()
        .flatMap(part -> part.findings().stream())
        .filter(finding -> finding.state() == state)
        .count();
  }
}
