package dev.logdex.deploy.drain;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;

/**
 * A sender that repeats what was refused for now, and now and then what was taken, as when the
 * answer was lost.
 */
final class PatientSender {
  private final String address;
  private final Random random;
  private final HttpClient client = HttpClient.newHttpClient();
  private long repeated;
  private long refused;

  PatientSender(int port, long seed) {
    this.address = "http://127.0.0.1:" + port;
    this.random = new Random(seed);
  }

  /** Sends a body until it was taken, and perhaps once more. */
  void post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .headers(headers)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    untilTaken(request);
    if (random.nextInt(4) == 0) {
      repeated++;
      untilTaken(request);
    }
  }

  /** How many requests were sent again though they had been taken. */
  long repeated() {
    return repeated;
  }

  /** How often a request was refused for now. */
  long refused() {
    return refused;
  }

  private void untilTaken(HttpRequest request) throws IOException, InterruptedException {
    int status = status(request);
    while (status == 503) {
      refused++;
      status = status(request);
    }
    if (status != 204 && status != 200) {
      throw new IOException("answered with " + status);
    }
  }

  private int status(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
