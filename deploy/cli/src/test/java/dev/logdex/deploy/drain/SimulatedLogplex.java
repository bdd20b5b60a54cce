package dev.logdex.deploy.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
 * a POST, messages cut between POSTs, and POSTs not quite in their order.
 */
final class SimulatedLogplex {
  /** {@code TIME APP[PROCESS]: TEXT}. */
  private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+)\\[([^]]+)]: (.*)");

  private static final int MOST_FRAMES = 12;

  private final PatientSender sender;
  private final String drain;
  private final String password;
  private final Random random;

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

  SimulatedLogplex(PatientSender sender, String drain, String password, long seed) {
    this.sender = sender;
    this.drain = drain;
    this.password = password;
    this.random = new Random(seed);
  }

  /** Sends all lines; returns when each POST was answered as taken. */
  void send(List<String> lines) throws IOException, InterruptedException {
    List<Frames> posts = posts(lines);
    disorder(posts);
    for (Frames post : posts) {
      deliver(post);
    }
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
    String pair = Base64.getEncoder().encodeToString(("heroku:" + password).getBytes(UTF_8));
    sender.post(
        "/logplex",
        post.body.toByteArray(),
        "Content-Type",
        "application/logplex-1",
        "Logplex-Msg-Count",
        Integer.toString(post.messages),
        "Logplex-Frame-Id",
        post.id,
        "Logplex-Drain-Token",
        drain,
        "Authorization",
        "Basic " + pair,
        "User-Agent",
        "Logplex/v0");
  }
}
