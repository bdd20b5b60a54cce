package dev.logdex.deploy.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends the lines of {@code heroku logs} as Heroku's Logplex would have: in frames, some of them in
 * a POST, messages cut between POSTs, POSTs not quite in their order, and some of them twice under
 * the same id, because an answer was lost. What is refused for now is sent again.
 */
final class SimulatedLogplex {
  /** {@code TIME APP[PROCESS]: TEXT}. */
  private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+)\\[([^]]+)]: (.*)");

  private static final int MOST_FRAMES = 12;

  private final URI address;
  private final String drain;
  private final String password;
  private final Random random;
  private final HttpClient client = HttpClient.newHttpClient();
  private long repeated;
  private long refused;

  /** One POST. */
  private static final class Frames {
    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int messages;

    void add(byte[] frame) {
      body.writeBytes((frame.length + " ").getBytes(UTF_8));
      body.writeBytes(frame);
      messages++;
    }
  }

  SimulatedLogplex(URI address, String drain, String password, long seed) {
    this.address = address;
    this.drain = drain;
    this.password = password;
    this.random = new Random(seed);
  }

  /** Sends all lines; returns when each POST was answered as taken at least once. */
  void send(List<String> lines) throws IOException, InterruptedException {
    List<Frames> posts = posts(lines);
    disorder(posts);
    for (Frames post : posts) {
      deliver(post);
      if (random.nextInt(4) == 0) {
        repeated++;
        deliver(post);
      }
    }
  }

  /** How many POSTs were sent again though they had been taken. */
  long repeated() {
    return repeated;
  }

  /** How often a POST was refused for now. */
  long refused() {
    return refused;
  }

  private List<Frames> posts(List<String> lines) {
    List<Frames> posts = new ArrayList<>();
    Frames open = new Frames();
    int most = 1;
    for (String line : lines) {
      if (open.messages == most) {
        posts.add(open);
        open = new Frames();
        most = 1 + random.nextInt(MOST_FRAMES);
      }
      open.add(frame(line));
    }
    posts.add(open);
    return posts;
  }

  private void disorder(List<Frames> posts) {
    for (int i = 1; i < posts.size(); i++) {
      boolean small = posts.get(i).messages + posts.get(i - 1).messages <= 6;
      if (small && random.nextBoolean()) {
        Collections.swap(posts, i, i - 1);
        i++;
      }
    }
  }

  private static byte[] frame(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no line of heroku logs: " + line);
    }
    String frame =
        "<134>1 "
            + parts.group(1)
            + " host "
            + parts.group(2)
            + " "
            + parts.group(3)
            + " - "
            + parts.group(4)
            + "\n";
    return frame.getBytes(UTF_8);
  }

  private void deliver(Frames post) throws IOException, InterruptedException {
    int status = send(post);
    while (status == 503) {
      refused++;
      status = send(post);
    }
    if (status != 204) {
      throw new IOException("a frame was answered with " + status);
    }
  }

  private int send(Frames post) throws IOException, InterruptedException {
    String pair = Base64.getEncoder().encodeToString(("heroku:" + password).getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/logplex-1")
            .header("Logplex-Msg-Count", Integer.toString(post.messages))
            .header("Logplex-Frame-Id", post.id)
            .header("Logplex-Drain-Token", drain)
            .header("Authorization", "Basic " + pair)
            .header("User-Agent", "Logplex/v0")
            .POST(BodyPublishers.ofByteArray(post.body.toByteArray()))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }
}
