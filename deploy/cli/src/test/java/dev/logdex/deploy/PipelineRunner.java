package dev.logdex.deploy;

/**
 * Starts the whole pipeline from an IDE, on a broker and a Postgres of its own, and keeps it up
 * until it is stopped. Breakpoints in any stage work: all are in this process.
 */
public final class PipelineRunner {
  private PipelineRunner() {}

  public static void main(String[] args) {
    LogdexCommand.main(new String[] {"demo", "--keep", "--verbose"});
  }
}
