package dev.logdex.recommender.whynot;

import dev.logdex.recommender.advice.Figures;
import dev.logdex.recommender.selection.Declined;

/** Says why an index that would help was not chosen. */
public final class DeclinedText {
  private DeclinedText() {}

  /** A sentence that names the table, the index and what decided. */
  public static String of(String table, Declined declined) {
    return "An index on " + table + " " + declined.index() + " would help, but " + why(declined);
  }

  private static String why(Declined declined) {
    return switch (declined.why()) {
      case NONE, OTHERS_SAVE_AS_MUCH ->
          "beside the chosen ones it would save hardly anything more.";
      case NOT_WORTH_ITS_PRICE ->
          "it would save "
              + Figures.rate(declined.saving())
              + " planner units a minute, and writes and risks together are worth "
              + Figures.rate(declined.price())
              + ".";
      case ANOTHER_DOES_ITS_WORK ->
          "a chosen index begins with its columns, or it with those of one.";
      case STATEMENTS_GAIN_TOO_LITTLE ->
          "whole statements would gain hardly anything beside the chosen ones.";
      case SLOWS_A_STATEMENT ->
          "the planner would use it for a statement that then costs more, by "
              + Figures.rate(declined.price())
              + " planner units a minute.";
      case INDEX_COUNT -> "no more indexes are allowed on the table.";
      case STORAGE -> "it does not fit into the storage that is allowed.";
      case WRITE_OVERHEAD -> "more bytes would be written into indexes than is allowed.";
      case HOT_UPDATES -> "more updates would stop being heap-only (HOT) than is allowed.";
    };
  }
}
