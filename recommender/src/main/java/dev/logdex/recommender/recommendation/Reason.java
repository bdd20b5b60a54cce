package dev.logdex.recommender.recommendation;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.selection.ChosenIndex;
import dev.logdex.recommender.selection.Costs;
import dev.logdex.recommender.selection.Definitions;
import java.util.ArrayList;
import java.util.List;

/** Says in a few sentences why an index was chosen and what else to know before making it. */
final class Reason {
  private Reason() {}

  static String of(ChosenIndex index, TableAnalysis analysis, Costs costs) {
    List<String> sentences = new ArrayList<>();
    sentences.add(sentence(index.candidate().reason()));
    sentences.add(
        "Of "
            + Figures.counted(analysis.candidates().size(), "index", "indexes")
            + " tried it was chosen for "
            + index.scans().size()
            + " of the table's "
            + Figures.counted(analysis.scans().size(), "scan", "scans")
            + ".");
    long hopeful =
        index.scans().stream()
            .flatMap(scan -> costs.scan(scan, index.candidate().id()).stream())
            .filter(ScanCost::abortsEarly)
            .count();
    if (hopeful > 0) {
      sentences.add(
          "Postgres hopes to end "
              + Figures.counted(hopeful, "of these scans", "of these scans")
              + " early at a LIMIT; it is judged as if that hope failed.");
    }
    analysis.existingIndexes().forEach(existing -> note(index, existing, sentences));
    return String.join(" ", sentences);
  }

  private static void note(ChosenIndex index, ExistingIndex existing, List<String> sentences) {
    if (!existing.valid()
        && Definitions.same(existing.definition(), index.candidate().definition())) {
      sentences.add(
          "The index "
              + existing.name()
              + " has the same definition but is invalid, so it serves nothing: drop it first.");
    } else if (existing.valid()
        && !existing.unique()
        && !existing.primary()
        && Definitions.servesInPlaceOf(index.candidate().definition(), existing.definition())) {
      sentences.add(
          "It makes the index " + existing.name() + " redundant, whose columns lead its own.");
    }
  }

  private static String sentence(String text) {
    String stripped = text.strip();
    return stripped.endsWith(".") ? stripped : stripped + ".";
  }
}
