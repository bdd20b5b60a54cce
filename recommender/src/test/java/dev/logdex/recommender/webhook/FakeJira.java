package dev.logdex.recommender.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logdex.recommender.webhook.HttpReceiver.Request;
import dev.logdex.recommender.webhook.HttpReceiver.Response;
import dev.logdex.runtime.EventJson;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of Jira's REST API that a webhook uses; its search knows new issues at once. */
final class FakeJira implements AutoCloseable {
  private static final Pattern ISSUE =
      Pattern.compile("/rest/api/2/issue/DB-(\\d+)(/\\w+)?(\\?.*)?");
  private static final Pattern LABEL =
      Pattern.compile("project = \"DB\" AND labels = \"([^\"]+)\"");
  private static final String TRANSITIONS =
      """
      {"transitions": [
        {"id": "11", "to": {"statusCategory": {"key": "indeterminate"}}},
        {"id": "31", "to": {"statusCategory": {"key": "done"}}}]}
      """;

  private final HttpReceiver http;
  private final boolean cloud;
  private final List<ObjectNode> issues = new ArrayList<>();
  private final List<List<String>> comments = new ArrayList<>();
  private final List<String> moves = new ArrayList<>();

  private FakeJira(boolean cloud) throws IOException {
    this.cloud = cloud;
    http = HttpReceiver.start(this::answer);
  }

  /**
   * @param cloud whether it has the search of Jira Cloud, else that of a Jira of one's own
   */
  static FakeJira start(boolean cloud) throws IOException {
    return new FakeJira(cloud);
  }

  HttpReceiver http() {
    return http;
  }

  synchronized List<ObjectNode> issues() {
    return List.copyOf(issues);
  }

  synchronized List<String> comments() {
    return comments.stream().flatMap(List::stream).toList();
  }

  /** Ids of the transitions that were made. */
  synchronized List<String> moves() {
    return List.copyOf(moves);
  }

  @Override
  public void close() {
    http.close();
  }

  private synchronized Response answer(Request request) {
    String path = request.path();
    Matcher one = ISSUE.matcher(path);
    if (path.startsWith("/rest/api/2/search/jql?")) {
      return cloud ? found(path) : Response.of(404, "{}");
    } else if (path.startsWith("/rest/api/2/search?")) {
      return cloud ? Response.of(410, "{}") : found(path);
    } else if (path.equals("/rest/api/2/issue")) {
      return opened(json(request.body()).get("fields"));
    }
    return one.matches()
        ? ofIssue(request, Integer.parseInt(one.group(1)) - 1, String.valueOf(one.group(2)))
        : Response.of(404, "{}");
  }

  private Response found(String path) {
    Matcher label = LABEL.matcher(URLDecoder.decode(path, UTF_8));
    ObjectNode answer = EventJson.mapper().createObjectNode();
    var found = answer.putArray("issues");
    if (!label.find()) {
      return Response.of(400, "{}");
    }
    for (int i = 0; i < issues.size(); i++) {
      if (issues.get(i).get("labels").toString().contains("\"" + label.group(1) + "\"")) {
        found.addObject().put("key", "DB-" + (i + 1)).set("fields", issues.get(i));
      }
    }
    return Response.of(200, answer.toString());
  }

  private Response opened(JsonNode fields) {
    if (!fields.at("/project/key").asText().equals("DB")
        || !fields.at("/issuetype/name").asText().equals("Task")) {
      return Response.of(400, "{}");
    }
    issues.add(fields.deepCopy());
    comments.add(new ArrayList<>());
    return Response.of(201, "{}");
  }

  private Response ofIssue(Request request, int index, String part) {
    boolean reads = request.method().equals("GET");
    if (part.equals("/comment") && reads) {
      ObjectNode answer = EventJson.mapper().createObjectNode();
      var all = answer.putArray("comments");
      comments.get(index).forEach(text -> all.addObject().put("body", text));
      return Response.of(200, answer.toString());
    } else if (part.equals("/comment")) {
      comments.get(index).add(json(request.body()).get("body").asText());
      return Response.of(201, "{}");
    } else if (part.equals("/transitions") && reads) {
      return Response.of(200, TRANSITIONS);
    } else if (part.equals("/transitions")) {
      moves.add(json(request.body()).at("/transition/id").asText());
      return Response.of(204, "");
    }
    issues.get(index).setAll((ObjectNode) json(request.body()).get("fields"));
    return Response.of(204, "");
  }

  private static JsonNode json(String text) {
    try {
      return EventJson.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
