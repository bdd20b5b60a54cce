package dev.logdex.analyzer.event;

/** Writes that the log shows on a table, statements per minute. */
public record WriteRates(
    double insertsPerMinute, double updatesPerMinute, double deletesPerMinute) {
  public static final WriteRates NONE = new WriteRates(0, 0, 0);
}
