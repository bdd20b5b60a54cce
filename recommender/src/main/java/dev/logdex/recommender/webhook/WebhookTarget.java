package dev.logdex.recommender.webhook;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Set;

/**
 * Where events go. The address of a chat's webhook is a secret like the password beside it, so only
 * its host is ever printed.
 *
 * @param url of the receiver; of a repository in GitHub's API; of Jira's front page
 * @param authorization the header's value; empty for none
 * @param project key of the project, for Jira
 * @param issueType name of the type of new issues, for Jira
 */
public record WebhookTarget(
    WebhookFormat format, URI url, String authorization, String project, String issueType) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  public WebhookTarget {
    requireNonNull(format, "format");
    requireNonNull(url, "url");
    requireNonNull(authorization, "authorization");
    requireNonNull(project, "project");
    requireNonNull(issueType, "issueType");
  }

  /** Whether what is sent stays on this machine or is encrypted on its way. */
  public static boolean isPrivate(URI url) {
    return "https".equalsIgnoreCase(url.getScheme()) || LOOPBACK.contains(url.getHost());
  }

  /** The address with a path behind it. */
  URI at(String path) {
    return URI.create(url.toString().replaceAll("/+$", "") + path);
  }

  @Override
  public String toString() {
    return format.word() + " at " + url.getHost();
  }
}
