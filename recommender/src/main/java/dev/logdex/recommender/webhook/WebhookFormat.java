package dev.logdex.recommender.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is on the other side of a webhook. The words are settings: they are never renamed. */
public enum WebhookFormat {
  /** Takes the event as it stands on the topic. */
  CLOUDEVENTS,
  /** An incoming webhook of Slack, or of a chat that understands the same. */
  SLACK,
  /** The issues of a repository, through GitHub's REST API. */
  GITHUB,
  /** The issues of a project, through Jira's REST API. */
  JIRA;

  public static WebhookFormat of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(WebhookFormat::word).toList();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a recommendation has one thing there that is opened, commented on and closed. */
  boolean keepsTickets() {
    return this == GITHUB || this == JIRA;
  }
}
