package dev.logdex.recommender.http;

import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.page.Findings;
import dev.logdex.recommender.page.TableFinding;
import dev.logdex.recommender.selection.ChosenIndex;
import dev.logdex.recommender.selection.Declined;
import dev.logdex.recommender.selection.ScanOutcome;
import dev.logdex.recommender.whynot.DeclinedText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table: its analysis as on the topic, and what was selected by it.
 *
 * @param preset of the selection; null when the selector knows none
 * @param outcomes of every scan, by its id
 * @param recommendations ids, of every state
 */
record TableReport(
    TableAnalysis analysis,
    @Nullable String preset,
    List<Chosen> chosen,
    Map<String, String> outcomes,
    List<Refused> declined,
    List<String> recommendations) {

  static TableReport of(TableFinding finding, Findings findings) {
    TableAnalysis analysis = finding.analysis();
    var preset = finding.selection().preset();
    return new TableReport(
        analysis,
        preset == null ? null : preset.word(),
        finding.selection().chosen().stream().map(Chosen::of).toList(),
        outcomes(finding),
        finding.selection().declined().stream()
            .map(each -> Refused.of(analysis.table().qualified(), each))
            .toList(),
        findings.recommendations().stream()
            .map(RecommendationEvent::data)
            .filter(advice -> isOf(analysis, advice))
            .map(Recommendation::id)
            .sorted()
            .toList());
  }

  private static boolean isOf(TableAnalysis analysis, Recommendation advice) {
    return advice.database().equals(analysis.table().database())
        && advice.table().equals(analysis.table().qualified());
  }

  private static Map<String, String> outcomes(TableFinding finding) {
    Map<String, String> words = new TreeMap<>();
    Map<String, ScanOutcome> outcomes = finding.selection().outcomes();
    outcomes.forEach((scan, outcome) -> words.put(scan, word(outcome)));
    return words;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A chosen candidate.
   *
   * @param index its id in the analysis
   * @param writeOverhead bytes into the index per byte into the table
   * @param scans ids of those it was chosen for
   */
  record Chosen(String index, double writeOverhead, List<String> scans) {
    static Chosen of(ChosenIndex index) {
      return new Chosen(index.candidate().id(), index.writeOverhead(), index.scans());
    }
  }

  /**
   * A candidate that would have helped and was not chosen.
   *
   * @param saving planner units a minute beyond the chosen ones
   * @param price planner units a minute that having it would cost
   */
  record Refused(String index, String why, double saving, double price, String sentence) {
    static Refused of(String table, Declined declined) {
      return new Refused(
          declined.index(),
          word(declined.why()),
          declined.saving(),
          declined.price(),
          DeclinedText.of(table, declined));
    }
  }
}
