package dev.logdex.deploy;

/**
 * How much of what the parts log is shown, on standard error. Kafka's and Postgres's own warnings
 * are for those who run them; a person who asked for advice is told only of errors.
 */
final class Logging {
  private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";
  private static final String LEVEL_OF = "org.slf4j.simpleLogger.log.";

  private Logging() {}

  /** To be called before anything logs: slf4j-simple reads its settings once. */
  static void configure(boolean detailed) {
    setDefault(LEVEL, detailed ? "warn" : "error");
    setDefault(LEVEL_OF + "dev.logdex", detailed ? "info" : "error");
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
