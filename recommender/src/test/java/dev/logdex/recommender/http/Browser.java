package dev.logdex.recommender.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.logdex.runtime.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real Chromium without a window, driven through chromedriver by the W3C's WebDriver protocol.
 */
final class Browser implements AutoCloseable {
  private static final int IMPLICIT_WAIT_MS = 20_000;
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String session;

  private Browser(Process driver, int port, Path chromium, Path profile) {
    this.driver = driver;
    String root = "http://127.0.0.1:" + port + "/session";
    Map<String, Object> options =
        Map.of(
            "binary",
            chromium.toString(),
            "args",
            List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=en-US",
                "--user-data-dir=" + profile));
    JsonNode value =
        post(
            root,
            Map.of("capabilities", Map.of("alwaysMatch", Map.of("goog:chromeOptions", options))));
    session = root + "/" + value.get("sessionId").textValue();
    // the answer to a click may come after the click's own answer
    post(session + "/timeouts", Map.of("implicit", IMPLICIT_WAIT_MS));
  }

  /**
   * Starts driver and browser.
   *
   * @param profile an empty folder
   */
  static Browser start(Path chromium, Path chromedriver, Path profile) throws IOException {
    Process driver =
        new ProcessBuilder(chromedriver.toString(), "--port=0").redirectErrorStream(true).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return new Browser(driver, Integer.parseInt(started.group(1)), chromium, profile);
      }
    }
    throw new IOException("chromedriver ended before it listened");
  }

  /** No page runs a script from now on. */
  void withoutScripts() {
    command("Emulation.setScriptExecutionDisabled", Map.of("value", true));
  }

  void prefer(String colorScheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
  }

  void size(int width, int height, boolean phone) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  void open(String url) {
    post(session + "/url", Map.of("url", url));
  }

  String address() {
    return get(session + "/url").textValue();
  }

  String text(String css) {
    return get(element(css) + "/text").textValue();
  }

  void click(String css) {
    post(element(css) + "/click", Map.of());
  }

  void type(String css, String text) {
    post(element(css) + "/value", Map.of("text", text));
  }

  /** How wide the page is, which is more than the window when it must be pushed sideways. */
  int pageWidth() {
    return command("Page.getLayoutMetrics", Map.of()).at("/cssContentSize/width").intValue();
  }

  /** A picture of the page from its top. */
  void picture(Path png, int width, int height) throws IOException {
    JsonNode picture =
        command(
            "Page.captureScreenshot",
            Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
    Files.createDirectories(png.getParent());
    Files.write(png, Base64.getDecoder().decode(picture.get("data").textValue()));
  }

  private String element(String css) {
    JsonNode found = post(session + "/element", Map.of("using", "css selector", "value", css));
    return session + "/element/" + found.get(ELEMENT).textValue();
  }

  private JsonNode command(String name, Map<String, Object> parameters) {
    return post(session + "/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
  }

  private JsonNode post(String url, Object body) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .POST(BodyPublishers.ofString(EventJson.line(body)))
            .build());
  }

  private JsonNode get(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).build());
  }

  private JsonNode send(HttpRequest request) {
    try {
      String body = client.send(request, BodyHandlers.ofString()).body();
      JsonNode value = EventJson.mapper().readTree(body).get("value");
      if (value.has("error")) {
        throw new IllegalStateException(value.get("message").textValue());
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      send(HttpRequest.newBuilder(URI.create(session)).DELETE().build());
    } finally {
      driver.destroy();
      try {
        driver.waitFor(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
