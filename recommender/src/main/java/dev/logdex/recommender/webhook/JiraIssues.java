package dev.logdex.recommender.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logdex.recommender.advice.VisibleText;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;
import java.net.URLEncoder;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Issues of a Jira project, by version 2 of its REST API, whose texts are wiki markup:
 * https://developer.atlassian.com/cloud/jira/platform/rest/v2/. What has been told stands at the
 * end of the description.
 */
record JiraIssues(Caller caller, WebhookTarget target) implements TicketSystem {
  private static final String API = "/rest/api/2";
  private static final int SUMMARY_LENGTH = 250;
  // of the 32,767 characters that Jira takes
  private static final int DESCRIPTION_LENGTH = 15_000;
  private static final int NOT_FOUND = 404;

  /** The way of Jira Cloud first; a Jira of one's own has only the older one. */
  @Override
  public Optional<FoundTicket> find(String label) throws InterruptedException {
    String jql = "project = \"%s\" AND labels = \"%s\" ORDER BY created ASC";
    String query =
        "?fields=description&maxResults=1&jql="
            + URLEncoder.encode(jql.formatted(target.project(), label), UTF_8);
    Answer answer = caller.ask(Call.get(target.at(API + "/search/jql" + query)));
    if (answer.status() == NOT_FOUND) {
      answer = caller.take(Call.get(target.at(API + "/search" + query)));
    } else if (!answer.isSuccess()) {
      throw new RefusedException("may not search the project: status " + answer.status());
    }
    return StreamSupport.stream(answer.json().path("issues").spliterator(), false)
        .findFirst()
        .map(JiraIssues::ticket);
  }

  private static FoundTicket ticket(JsonNode issue) {
    String description = issue.path("fields").path("description").asText("");
    return new FoundTicket(issue.path("key").asText(), Told.in(description), 0);
  }

  @Override
  public void open(String label, RecommendationEvent event) throws InterruptedException {
    ObjectNode fields = texts(event);
    fields.putObject("project").put("key", target.project());
    fields.putObject("issuetype").put("name", target.issueType());
    fields.putArray("labels").add(label);
    post("/issue", wrapped(fields), event.id());
  }

  @Override
  public boolean hasComment(FoundTicket ticket, Told event) throws InterruptedException {
    String path = issue(ticket) + "/comment?orderBy=-created&maxResults=30";
    JsonNode comments = caller.take(Call.get(target.at(API + path))).json().path("comments");
    return StreamSupport.stream(comments.spliterator(), false)
        .anyMatch(comment -> Told.in(comment.path("body").asText("")).equals(event));
  }

  @Override
  public void comment(FoundTicket ticket, RecommendationEvent event) throws InterruptedException {
    String text = marked(plain(TicketWords.comment(event.data())), event);
    ObjectNode comment = EventJson.mapper().createObjectNode().put("body", text);
    post(issue(ticket) + "/comment", comment, event.id() + "/comment");
  }

  /** The status first: the texts remember the event as told. */
  @Override
  public void settle(FoundTicket ticket, RecommendationEvent event, Status status)
      throws InterruptedException {
    if (status != Status.AS_IT_IS) {
      move(ticket, event, status == Status.CLOSED);
    }
    Call put = Call.send("PUT", target.at(API + issue(ticket)), wrapped(texts(event)));
    caller.take(put.once(event.id() + "/settle"));
  }

  /** By any transition that leads there; none leads to where the issue is already. */
  private void move(FoundTicket ticket, RecommendationEvent event, boolean toDone)
      throws InterruptedException {
    String path = issue(ticket) + "/transitions";
    JsonNode transitions = caller.take(Call.get(target.at(API + path))).json().path("transitions");
    Optional<String> way =
        StreamSupport.stream(transitions.spliterator(), false)
            .filter(each -> isDone(each) == toDone)
            .map(each -> each.path("id").asText())
            .findFirst();
    if (way.isPresent()) {
      ObjectNode body = EventJson.mapper().createObjectNode();
      body.putObject("transition").put("id", way.get());
      post(path, body, event.id() + "/move");
    }
  }

  private static boolean isDone(JsonNode transition) {
    return transition.path("to").path("statusCategory").path("key").asText().equals("done");
  }

  private static ObjectNode texts(RecommendationEvent event) {
    String title = VisibleText.cut(VisibleText.oneLine(event.data().title()), SUMMARY_LENGTH);
    String body = plain(VisibleText.cut(event.data().body(), DESCRIPTION_LENGTH));
    ObjectNode fields = EventJson.mapper().createObjectNode();
    return fields.put("summary", title).put("description", marked(body, event));
  }

  /** As it is: statements are full of what wiki markup would take for its own. */
  private static String plain(String text) {
    return "{noformat}\n" + text.replace("{noformat}", "(noformat)") + "\n{noformat}";
  }

  private static String marked(String text, RecommendationEvent event) {
    return text + "\n\n" + Told.of(event).words();
  }

  private static ObjectNode wrapped(ObjectNode fields) {
    return EventJson.mapper().createObjectNode().set("fields", fields);
  }

  private static String issue(FoundTicket ticket) {
    return "/issue/" + ticket.name();
  }

  private void post(String path, JsonNode body, String key) throws InterruptedException {
    caller.take(Call.send("POST", target.at(API + path), body).once(key));
  }
}
