package dev.logdex.analyzer;

import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** What the stage has done; plans are counted where they are made. */
final class AnalyzerMetrics {
  static final Counter WINDOWS =
      Counter.build()
          .name("logdex_analyzer_windows_total")
          .help("Query windows read, those of earlier runs too.")
          .register();
  static final Counter UNREADABLE =
      Counter.build()
          .name("logdex_analyzer_unreadable_windows_total")
          .help("Records on the query-windows topic that are no query window.")
          .register();
  static final Counter ROUNDS =
      Counter.build()
          .name("logdex_analyzer_rounds_total")
          .labelNames("outcome")
          .help("Rounds, by whether every database could be analysed.")
          .register();
  static final Counter PUBLISHED =
      Counter.build()
          .name("logdex_analyzer_analyses_published_total")
          .help("Analyses published because they had changed.")
          .register();
  static final Counter DEAD_LETTERS =
      Counter.build()
          .name("logdex_analyzer_dead_letters_total")
          .labelNames("reason")
          .help("Statements given up, by reason.")
          .register();
  static final Gauge STATEMENTS =
      Gauge.build()
          .name("logdex_analyzer_statements")
          .help("Statements of the look-back at the last round.")
          .register();
  static final Gauge STATEMENTS_LEFT_OUT =
      Gauge.build()
          .name("logdex_analyzer_statements_left_out")
          .help("Statements beyond the cap at the last round; they were not analysed.")
          .register();
  static final Gauge DATABASES_WAITING =
      Gauge.build()
          .name("logdex_analyzer_databases_waiting")
          .help("Analysis databases that could not be used at the last round; tried again.")
          .register();
  static final Gauge WAITING_FOR_LOCKS =
      Gauge.build()
          .name("logdex_analyzer_waiting_for_locks")
          .help("Statements and tables that locks kept from being planned at the last round.")
          .register();
  static final Counter TOO_LARGE =
      Counter.build()
          .name("logdex_analyzer_too_large_total")
          .help("Analyses not published since they do not fit into one record.")
          .register();

  private AnalyzerMetrics() {}
}
