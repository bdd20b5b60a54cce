package dev.logdex.recommender.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.logdex.recommender.advice.VisibleText;
import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.runtime.EventJson;

/**
 * Takes a message for a chat. Lengths and escapes are those of
 * https://docs.slack.dev/reference/block-kit/blocks and
 * https://docs.slack.dev/messaging/formatting-message-text.
 */
record SlackReceiver(Caller caller, WebhookTarget target) implements Receiver {
  private static final int HEADER_LENGTH = 149;
  private static final int SECTION_LENGTH = 2_500;

  @Override
  public void tell(RecommendationEvent event) throws InterruptedException {
    caller.take(Call.send("POST", target.url(), message(event.data())).once(event.id()));
  }

  private static ObjectNode message(Recommendation advice) {
    ObjectNode message = EventJson.mapper().createObjectNode();
    String title = VisibleText.oneLine(advice.title());
    message.put("text", escaped(advice.state().word() + ": " + title));
    ArrayNode blocks = message.putArray("blocks");
    text(
        blocks.addObject().put("type", "header").putObject("text"),
        "plain_text",
        VisibleText.cut(title, HEADER_LENGTH));
    text(
        blocks.addObject().put("type", "section").putObject("text"),
        "mrkdwn",
        "*" + advice.state().word() + "* " + escaped(advice.change()) + "\n" + sql(advice));
    text(
        blocks.addObject().put("type", "context").putArray("elements").addObject(),
        "mrkdwn",
        escaped(
            advice.database() + " · severity " + advice.severity().word() + " · " + advice.id()));
    return message;
  }

  private static String sql(Recommendation advice) {
    String sql = VisibleText.cut(advice.ddl() + ";", SECTION_LENGTH).replace("```", "'''");
    return "```" + escaped(sql) + "```";
  }

  private static void text(ObjectNode node, String type, String text) {
    node.put("type", type).put("text", VisibleText.cut(text, SECTION_LENGTH + 400));
  }

  /** Without it a name in the text could call everybody in the channel. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
