package dev.logdex.recommender.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logdex.recommender.advice.VisibleText;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.runtime.EventJson;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Issues of a GitHub repository: https://docs.github.com/en/rest/issues. What has been told stands
 * in a comment of the Markdown that is not shown.
 */
record GitHubIssues(Caller caller, WebhookTarget target) implements TicketSystem {
  private static final int TITLE_LENGTH = 250;
  // of the 65,536 characters that GitHub takes
  private static final int BODY_LENGTH = 30_000;
  private static final int COMMENTS_PER_PAGE = 30;
  private static final int ALREADY_EXISTS = 422;

  @Override
  public Optional<FoundTicket> find(String label) throws InterruptedException {
    String path = "/issues?state=all&sort=created&direction=asc&per_page=5&labels=" + label;
    JsonNode issues = caller.take(get(path)).json();
    return StreamSupport.stream(issues.spliterator(), false)
        .filter(issue -> !issue.has("pull_request"))
        .findFirst()
        .map(GitHubIssues::ticket);
  }

  private static FoundTicket ticket(JsonNode issue) {
    return new FoundTicket(
        issue.path("number").asText(),
        Told.in(issue.path("body").asText("")),
        issue.path("comments").asInt());
  }

  /**
   * GitHub leaves labels of an issue out, without a word, when the user may not set them. So the
   * label is made first: who may not do that opens nothing.
   */
  @Override
  public void open(String label, RecommendationEvent event) throws InterruptedException {
    ObjectNode wanted = EventJson.mapper().createObjectNode().put("name", label);
    wanted.put("description", "Known to Logdex by this label: leave it on the issue");
    Call call = call("POST", "/labels", wanted).once(event.id() + "/label");
    Answer answer = caller.ask(call);
    if (!answer.isSuccess() && answer.status() != ALREADY_EXISTS) {
      throw new RefusedException("may not make the label " + label + ": status " + answer.status());
    }
    ObjectNode issue = texts(event);
    issue.putArray("labels").add(label);
    caller.take(call("POST", "/issues", issue).once(event.id()));
  }

  /** Comments come oldest first; one that was just made is on the last page. */
  @Override
  public boolean hasComment(FoundTicket ticket, Told event) throws InterruptedException {
    int lastPage = Math.max(1, (ticket.comments() + COMMENTS_PER_PAGE - 1) / COMMENTS_PER_PAGE);
    String path =
        "/issues/%s/comments?per_page=%d&page=%d"
            .formatted(ticket.name(), COMMENTS_PER_PAGE, lastPage);
    return StreamSupport.stream(caller.take(get(path)).json().spliterator(), false)
        .anyMatch(comment -> Told.in(comment.path("body").asText("")).equals(event));
  }

  @Override
  public void comment(FoundTicket ticket, RecommendationEvent event) throws InterruptedException {
    String text = marked(TicketWords.comment(event.data()), event);
    ObjectNode comment = EventJson.mapper().createObjectNode().put("body", text);
    String path = "/issues/" + ticket.name() + "/comments";
    caller.take(call("POST", path, comment).once(event.id() + "/comment"));
  }

  @Override
  public void settle(FoundTicket ticket, RecommendationEvent event, Status status)
      throws InterruptedException {
    ObjectNode issue = texts(event);
    if (status == Status.CLOSED) {
      issue.put("state", "closed").put("state_reason", closeReason(event.data().state()));
    } else if (status == Status.OPEN) {
      issue.put("state", "open").put("state_reason", "reopened");
    }
    caller.take(call("PATCH", "/issues/" + ticket.name(), issue).once(event.id() + "/settle"));
  }

  private static String closeReason(RecommendationState state) {
    return state == RecommendationState.APPLIED ? "completed" : "not_planned";
  }

  private static ObjectNode texts(RecommendationEvent event) {
    ObjectNode issue = EventJson.mapper().createObjectNode();
    issue.put("title", VisibleText.cut(VisibleText.oneLine(event.data().title()), TITLE_LENGTH));
    return issue.put("body", marked(VisibleText.cut(event.data().body(), BODY_LENGTH), event));
  }

  private static String marked(String text, RecommendationEvent event) {
    return text + "\n\n<!-- " + Told.of(event).words() + " -->";
  }

  private Call get(String path) {
    return headed(Call.get(target.at(path)));
  }

  private Call call(String method, String path, JsonNode body) {
    return headed(Call.send(method, target.at(path), body));
  }

  private static Call headed(Call call) {
    return call.with("Accept", "application/vnd.github+json")
        .with("X-GitHub-Api-Version", "2022-11-28");
  }
}
