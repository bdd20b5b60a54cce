package dev.logdex.recommender.http;

import dev.logdex.recommender.page.SampleFindings;
import java.time.InstantSource;
import java.util.List;

/** Serves the page with sample findings until it is ended, to be looked at in a browser. */
final class PageRunner {
  private PageRunner() {}

  public static void main(String[] arguments) throws InterruptedException {
    SampleFindings findings = SampleFindings.shop();
    int port = arguments.length == 0 ? 8087 : Integer.parseInt(arguments[0]);
    PageServer server =
        PageServer.open(
            new PageConfig(port, "127.0.0.1", List.of(), new Token("0123456789abcdef")),
            findings,
            findings,
            InstantSource.system(),
            Throwable::printStackTrace);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    Thread.currentThread().join();
  }
}
