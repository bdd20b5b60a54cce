package dev.logdex.recommender.recommendation;

import dev.logdex.analyzer.event.ExistingIndex;
import dev.logdex.analyzer.event.ScanCost;
import dev.logdex.analyzer.event.StatementCost;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.selection.ChosenIndex;
import dev.logdex.recommender.selection.Costs;
import dev.logdex.recommender.selection.Definitions;
import dev.logdex.recommender.selection.Preset;
import dev.logdex.recommender.selection.TableSelection;
import dev.logdex.recommender.selection.WriteSide;
import java.util.ArrayList;
import java.util.List;

/** Says in a few sentences why an index was chosen and what else to know before making it. */
final class Reason {
  private Reason() {}

  static String of(
      ChosenIndex index, TableSelection selection, TableAnalysis analysis, Costs costs) {
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
    resting(index, analysis, sentences);
    writes(index, sentences);
    preset(selection, sentences);
    judged(index, sentences);
    analysis.existingIndexes().forEach(existing -> note(index, existing, sentences));
    return String.join(" ", sentences);
  }

  private static void resting(ChosenIndex index, TableAnalysis analysis, List<String> sentences) {
    long resting =
        analysis.statementCosts().stream()
            .filter(each -> each.needsCache() && each.index().equals(index.candidate().id()))
            .map(StatementCost::fingerprint)
            .distinct()
            .count();
    if (resting > 0) {
      sentences.add(
          "Postgres would also use it for "
              + Figures.counted(resting, "query", "queries")
              + " that gain only as long as most pages are cached, and may otherwise get slower.");
    }
  }

  private static void writes(ChosenIndex index, List<String> sentences) {
    WriteSide writes = index.writeSide();
    if (writes.entriesPerMinute() > 0) {
      sentences.add(
          "Writes put "
              + Figures.rate(writes.entriesPerMinute())
              + " entries a minute into it, about "
              + Figures.bytes(Math.round(writes.bytesPerMinute()))
              + " with their WAL.");
    }
    if (writes.hotLostPerMinute() > 0) {
      sentences.add(
          "Up to "
              + Figures.rate(writes.hotLostPerMinute())
              + " updates a minute would stop being heap-only (HOT), those of "
              + String.join(", ", writes.endsHotOf())
              + ".");
    }
  }

  private static void preset(TableSelection selection, List<String> sentences) {
    Preset preset = selection.preset();
    if (preset != null) {
      sentences.add("Weighed by the preset " + preset.word() + ".");
    }
  }

  private static void judged(ChosenIndex index, List<String> sentences) {
    String note = index.candidate().judgement().note();
    if (note != null) {
      sentences.add(sentence(note));
    }
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
