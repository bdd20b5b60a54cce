package dev.logdex.recommender.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logdex.recommender.webhook.HttpReceiver.Request;
import dev.logdex.recommender.webhook.HttpReceiver.Response;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of GitHub's REST API that a webhook uses. Like the real one it takes no idempotency key:
 * whoever posts an issue twice has two.
 */
public final class FakeGitHub implements AutoCloseable {
  private static final Pattern ONE_ISSUE = Pattern.compile("/issues/(\\d+)");
  private static final Pattern COMMENTS =
      Pattern.compile("/issues/(\\d+)/comments(?:\\?per_page=(\\d+)&page=(\\d+))?");
  private static final Pattern BY_LABEL = Pattern.compile("/issues\\?.*&labels=([^&]+)");

  private final HttpReceiver http;
  private final List<ObjectNode> issues = new ArrayList<>();
  private final List<List<String>> comments = new ArrayList<>();
  private final Set<String> labels = new HashSet<>();
  private volatile boolean mayLabel = true;

  private FakeGitHub() throws IOException {
    http = HttpReceiver.start(this::answer);
  }

  public static FakeGitHub start() throws IOException {
    return new FakeGitHub();
  }

  public String url() {
    return http.url();
  }

  public HttpReceiver http() {
    return http;
  }

  /** As for a token without write access to the repository. */
  public void forbidLabels() {
    mayLabel = false;
  }

  public synchronized List<ObjectNode> issues() {
    return issues.stream().map(ObjectNode::deepCopy).toList();
  }

  /** Texts of the comments on the only issue of that label. */
  public synchronized List<String> commentsOf(String label) {
    return List.copyOf(comments.get(number(label) - 1));
  }

  public synchronized ObjectNode issue(String label) {
    return issues.get(number(label) - 1).deepCopy();
  }

  /** As a person does. */
  public synchronized void setState(String label, String state) {
    issues.get(number(label) - 1).put("state", state);
  }

  @Override
  public void close() {
    http.close();
  }

  private int number(String label) {
    List<Integer> found =
        issues.stream()
            .filter(issue -> has(issue, label))
            .map(each -> each.get("number").asInt())
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " issues have the label " + label);
    }
    return found.get(0);
  }

  private static boolean has(JsonNode issue, String label) {
    return issue.get("labels").findValuesAsText("name").contains(label);
  }

  private synchronized Response answer(Request request) {
    if (!request.header("authorization").equals("Bearer secret")) {
      return Response.of(401, "{}");
    }
    return switch (request.method()) {
      case "GET" -> get(request.path());
      case "POST" -> post(request.path(), json(request.body()));
      case "PATCH" -> patch(request.path(), json(request.body()));
      default -> Response.of(405, "{}");
    };
  }

  private Response get(String path) {
    Matcher byLabel = BY_LABEL.matcher(path);
    Matcher page = COMMENTS.matcher(path);
    if (byLabel.matches()) {
      ArrayNode found = EventJson.mapper().createArrayNode();
      issues.stream().filter(issue -> has(issue, byLabel.group(1))).forEach(found::add);
      return Response.of(200, found.toString());
    }
    if (!page.matches()) {
      return Response.of(404, "{}");
    }
    ArrayNode found = EventJson.mapper().createArrayNode();
    int size = Integer.parseInt(page.group(2));
    comments.get(Integer.parseInt(page.group(1)) - 1).stream()
        .skip((long) size * (Integer.parseInt(page.group(3)) - 1))
        .limit(size)
        .forEach(text -> found.addObject().put("body", text));
    return Response.of(200, found.toString());
  }

  private Response post(String path, JsonNode body) {
    Matcher comment = COMMENTS.matcher(path);
    if (path.equals("/labels")) {
      return !mayLabel
          ? Response.of(403, "{}")
          : Response.of(labels.add(body.get("name").asText()) ? 201 : 422, "{}");
    }
    if (path.equals("/issues")) {
      return Response.of(201, opened(body).toString());
    }
    if (!comment.matches()) {
      return Response.of(404, "{}");
    }
    int index = Integer.parseInt(comment.group(1)) - 1;
    comments.get(index).add(body.get("body").asText());
    issues.get(index).put("comments", comments.get(index).size());
    return Response.of(201, "{}");
  }

  private ObjectNode opened(JsonNode body) {
    ObjectNode issue = EventJson.mapper().createObjectNode();
    issue.put("number", issues.size() + 1).put("state", "open").put("comments", 0);
    issue.setAll((ObjectNode) body);
    ArrayNode named = issue.putArray("labels");
    body.get("labels").forEach(label -> named.addObject().put("name", label.asText()));
    issues.add(issue);
    comments.add(new ArrayList<>());
    return issue;
  }

  private Response patch(String path, JsonNode body) {
    Matcher one = ONE_ISSUE.matcher(path);
    if (!one.matches()) {
      return Response.of(404, "{}");
    }
    issues.get(Integer.parseInt(one.group(1)) - 1).setAll((ObjectNode) body);
    return Response.of(200, "{}");
  }

  private static JsonNode json(String text) {
    try {
      return EventJson.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
