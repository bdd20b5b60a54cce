package dev.logdex.normalizer.inspect;

import dev.logdex.normalizer.event.Fingerprint;
import dev.logdex.normalizer.inspect.InspectReport.StatementFigures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Figures by database, user and fingerprint; finding them takes no new object. */
final class StatementTable {
  private static final int FIRST_PLACES = 256;

  private final List<Figures> all = new ArrayList<>();

  /** By the fingerprint's lowest bits; those of one place are chained. */
  private @Nullable Figures[] places = new Figures[FIRST_PLACES];

  int size() {
    return all.size();
  }

  List<Figures> all() {
    return all;
  }

  @Nullable Figures find(String database, String user, long fingerprint) {
    Figures figures = places[place(fingerprint)];
    while (figures != null && !figures.isOf(database, user, fingerprint)) {
      figures = figures.next;
    }
    return figures;
  }

  /** Adds what is not there. */
  Figures add(String database, String user, Fingerprint fingerprint, String text) {
    if (all.size() >= places.length) {
      places = new Figures[2 * places.length];
      all.forEach(this::link);
    }
    Figures added = new Figures(database, user, fingerprint, text);
    all.add(added);
    link(added);
    return added;
  }

  private void link(Figures figures) {
    int place = place(figures.fingerprint.bits());
    figures.next = places[place];
    places[place] = figures;
  }

  private int place(long fingerprint) {
    return (int) fingerprint & (places.length - 1);
  }

  /** One statement of one user in one database. */
  static final class Figures {
    private static final double MICROS_PER_MS = 1000;

    private final String database;
    private final String user;
    private final Fingerprint fingerprint;
    private final String text;
    private @Nullable Figures next;
    private long calls;
    private long errors;
    private long plans;
    private long totalMicros;
    private double minTimeMs = Double.POSITIVE_INFINITY;
    private double maxTimeMs = Double.NEGATIVE_INFINITY;

    private Figures(String database, String user, Fingerprint fingerprint, String text) {
      this.database = database;
      this.user = user;
      this.fingerprint = fingerprint;
      this.text = text;
    }

    private boolean isOf(String ofDatabase, String ofUser, long ofFingerprint) {
      return fingerprint.bits() == ofFingerprint
          && user.equals(ofUser)
          && database.equals(ofDatabase);
    }

    void add(@Nullable Double elapsedMs) {
      calls++;
      if (elapsedMs != null) {
        // whole microseconds, as logged, add up without error
        totalMicros += Math.round(elapsedMs * MICROS_PER_MS);
        minTimeMs = Math.min(minTimeMs, elapsedMs);
        maxTimeMs = Math.max(maxTimeMs, elapsedMs);
      }
    }

    /** More of a call that is counted. */
    void fetch(double elapsedMs) {
      totalMicros += Math.round(elapsedMs * MICROS_PER_MS);
    }

    void error() {
      errors++;
    }

    void plan() {
      plans++;
    }

    StatementFigures toReport() {
      boolean timed = maxTimeMs >= minTimeMs;
      return new StatementFigures(
          fingerprint,
          text,
          database,
          user,
          calls,
          errors,
          plans,
          totalMicros / MICROS_PER_MS,
          timed ? (Double) minTimeMs : null,
          timed ? (Double) maxTimeMs : null);
    }
  }
}
