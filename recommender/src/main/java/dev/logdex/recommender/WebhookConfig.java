package dev.logdex.recommender;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.event.RecommendationKind;
import dev.logdex.recommender.event.RecommendationState;
import dev.logdex.recommender.event.Severity;
import dev.logdex.recommender.webhook.EventFilter;
import dev.logdex.recommender.webhook.RetrySettings;
import dev.logdex.recommender.webhook.WebhookFormat;
import dev.logdex.recommender.webhook.WebhookTarget;
import dev.logdex.runtime.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings of a webhook.
 *
 * @param kafkaClient what clients are opened with, as passed through
 * @param name tells this webhook's progress from that of others
 * @param timeout for one request
 * @param answerMaxBytes of an answer that are read
 * @param metricsPort -1 for none
 */
public record WebhookConfig(
    Map<String, Object> kafkaClient,
    String topicPrefix,
    String name,
    WebhookTarget target,
    EventFilter filter,
    RetrySettings retry,
    Duration timeout,
    int answerMaxBytes,
    int metricsPort) {
  private static final String NAME = "webhook.name";
  private static final String URL = "webhook.url";
  private static final String FORMAT = "webhook.format";
  private static final String AUTHORIZATION = "webhook.authorization";
  private static final String ALLOW_HTTP = "webhook.allow.http";
  private static final String PROJECT = "webhook.project";
  private static final String ISSUE_TYPE = "webhook.issue.type";
  private static final String SEVERITY_MIN = "webhook.severity.min";
  private static final String KINDS = "webhook.kinds";
  private static final String DATABASES = "webhook.databases";
  private static final String STATES = "webhook.states";
  private static final String TIMEOUT = "webhook.timeout";
  private static final String ANSWER_MAX_BYTES = "webhook.answer.max.bytes";
  private static final String RETRY_PAUSE_MIN = "webhook.retry.pause.min";
  private static final String RETRY_PAUSE_MAX = "webhook.retry.pause.max";
  private static final String RETRY_MAX = "webhook.retry.max";

  public WebhookConfig {
    kafkaClient = Map.copyOf(kafkaClient);
    requireNonNull(topicPrefix, "topicPrefix");
    requireNonNull(name, "name");
    requireNonNull(target, "target");
    requireNonNull(filter, "filter");
    requireNonNull(retry, "retry");
    requireNonNull(timeout, "timeout");
  }

  /** Every setting of the stage, with its default. */
  public static ConfigDef definition() {
    return pace(filters(receiver(Settings.base())));
  }

  private static ConfigDef receiver(ConfigDef definition) {
    return definition
        .define(
            NAME,
            ConfigDef.Type.STRING,
            "default",
            matching("[a-z0-9-]{1,40}", "a-z, 0-9 and -, at most 40"),
            ConfigDef.Importance.HIGH,
            "Name of this webhook; each of several has its own, and its own progress on the topic.")
        .define(
            URL,
            ConfigDef.Type.PASSWORD,
            ConfigDef.Importance.HIGH,
            "Where events go: the receiver's address, https://api.github.com/repos/OWNER/NAME, or"
                + " the front page of a Jira. Never printed.")
        .define(
            FORMAT,
            ConfigDef.Type.STRING,
            WebhookFormat.CLOUDEVENTS.word(),
            ConfigDef.ValidString.in(WebhookFormat.words().toArray(String[]::new)),
            ConfigDef.Importance.HIGH,
            "What the receiver understands.")
        .define(
            AUTHORIZATION,
            ConfigDef.Type.PASSWORD,
            "",
            ConfigDef.Importance.HIGH,
            "The Authorization header of every request, such as Bearer and a token. Never printed.")
        .define(
            ALLOW_HTTP,
            ConfigDef.Type.BOOLEAN,
            false,
            ConfigDef.Importance.LOW,
            "Allows an http address on another machine: events and token go over the network as"
                + " they are.")
        .define(
            PROJECT,
            ConfigDef.Type.STRING,
            "",
            matching("|[A-Za-z][A-Za-z0-9_]{0,49}", "key of a project"),
            ConfigDef.Importance.MEDIUM,
            "Key of the Jira project; needed for that format.")
        .define(
            ISSUE_TYPE,
            ConfigDef.Type.STRING,
            "Task",
            ConfigDef.Importance.LOW,
            "Type of new Jira issues.");
  }

  private static ConfigDef filters(ConfigDef definition) {
    return definition
        .define(
            SEVERITY_MIN,
            ConfigDef.Type.STRING,
            Severity.INFO.word(),
            ConfigDef.ValidString.in(
                Arrays.stream(Severity.values()).map(Severity::word).toArray(String[]::new)),
            ConfigDef.Importance.MEDIUM,
            "Recommendations of less severity are left out; a ticket's end is always told.")
        .define(
            KINDS,
            ConfigDef.Type.LIST,
            List.of(),
            ConfigDef.ValidList.in(
                true,
                Arrays.stream(RecommendationKind.values())
                    .map(RecommendationKind::word)
                    .toArray(String[]::new)),
            ConfigDef.Importance.LOW,
            "Kinds of advice that are told, comma-separated; all when empty.")
        .define(
            DATABASES,
            ConfigDef.Type.LIST,
            List.of(),
            ConfigDef.Importance.LOW,
            "Databases whose recommendations are told, comma-separated; all when empty.")
        .define(
            STATES,
            ConfigDef.Type.LIST,
            List.of(),
            ConfigDef.ValidList.in(
                true,
                Arrays.stream(RecommendationState.values())
                    .map(RecommendationState::word)
                    .toArray(String[]::new)),
            ConfigDef.Importance.LOW,
            "States that are told, comma-separated; all when empty.");
  }

  private static ConfigDef pace(ConfigDef definition) {
    return definition
        .define(
            TIMEOUT,
            ConfigDef.Type.STRING,
            "PT10S",
            positive(),
            ConfigDef.Importance.LOW,
            "How long a request may take, from its beginning to the end of the answer.")
        .define(
            ANSWER_MAX_BYTES,
            ConfigDef.Type.INT,
            4 * 1024 * 1024,
            ConfigDef.Range.between(1024, 64 * 1024 * 1024),
            ConfigDef.Importance.LOW,
            "The receiver is hung up on when its answer is longer.")
        .define(
            RETRY_PAUSE_MIN,
            ConfigDef.Type.STRING,
            "PT1S",
            positive(),
            ConfigDef.Importance.LOW,
            "Pause after the first failed attempt; it doubles with each further one.")
        .define(
            RETRY_PAUSE_MAX,
            ConfigDef.Type.STRING,
            "PT5M",
            positive(),
            ConfigDef.Importance.LOW,
            "Longest pause between attempts, unless the receiver asks for a longer one.")
        .define(
            RETRY_MAX,
            ConfigDef.Type.STRING,
            "PT12H",
            positive(),
            ConfigDef.Importance.MEDIUM,
            "How long an event is tried; then it goes to the dead letters. Later events wait.");
  }

  /**
   * Reads the settings.
   *
   * @throws ConfigException that names what is wrong
   */
  public static WebhookConfig parse(Map<String, String> given) {
    Settings settings = Settings.parse(definition(), given);
    return new WebhookConfig(
        settings.kafkaClient(),
        settings.topicPrefix(),
        settings.text(NAME),
        target(settings),
        filter(settings),
        retry(settings),
        settings.duration(TIMEOUT),
        settings.integer(ANSWER_MAX_BYTES),
        settings.integer(Settings.METRICS_PORT));
  }

  private static WebhookTarget target(Settings settings) {
    WebhookFormat format = WebhookFormat.of(settings.text(FORMAT));
    if (format == WebhookFormat.JIRA && settings.text(PROJECT).isEmpty()) {
      throw new ConfigException(PROJECT + " must be set for jira");
    }
    String authorization = settings.secret(AUTHORIZATION);
    if (!authorization.matches("[\\x20-\\x7e]*")) {
      throw new ConfigException(AUTHORIZATION + " must be printable ASCII on one line");
    }
    return new WebhookTarget(
        format, url(settings), authorization, settings.text(PROJECT), settings.text(ISSUE_TYPE));
  }

  private static URI url(Settings settings) {
    URI url;
    try {
      url = URI.create(settings.secret(URL));
    } catch (IllegalArgumentException e) {
      // without its cause, which quotes the address
      throw new ConfigException(URL + " is not an address");
    }
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !Set.of("http", "https").contains(scheme)) {
      throw new ConfigException(URL + " must begin with https:// and name a host");
    }
    if (url.getRawUserInfo() != null) {
      throw new ConfigException(URL + " must hold no password: give it as " + AUTHORIZATION);
    }
    if (!WebhookTarget.isPrivate(url) && !settings.flag(ALLOW_HTTP)) {
      throw new ConfigException(
          URL + " is http to another machine: use https, or set " + ALLOW_HTTP + "=true");
    }
    return url;
  }

  private static EventFilter filter(Settings settings) {
    return new EventFilter(
        Severity.valueOf(settings.text(SEVERITY_MIN).toUpperCase(Locale.ROOT)),
        Set.copyOf(settings.list(KINDS)),
        Set.copyOf(settings.list(DATABASES)),
        Set.copyOf(settings.list(STATES)));
  }

  private static RetrySettings retry(Settings settings) {
    Duration first = settings.duration(RETRY_PAUSE_MIN);
    Duration longest = settings.duration(RETRY_PAUSE_MAX);
    Duration most = settings.duration(RETRY_MAX);
    if (first.compareTo(longest) >= 0 || longest.compareTo(most) >= 0) {
      throw new ConfigException(
          String.join(", ", RETRY_PAUSE_MIN, RETRY_PAUSE_MAX, RETRY_MAX)
              + " must grow in this order");
    }
    return new RetrySettings(first, longest, most);
  }

  private static ConfigDef.Validator positive() {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          Settings.duration().ensureValid(name, value);
          if (Duration.parse(String.valueOf(value)).isZero()) {
            throw new ConfigException(name, value, "must not be zero");
          }
        },
        () -> "ISO-8601 duration");
  }

  private static ConfigDef.Validator matching(String pattern, String words) {
    return ConfigDef.LambdaValidator.with(
        (name, value) -> {
          if (!String.valueOf(value).matches(pattern)) {
            throw new ConfigException(name, value, "must be: " + words);
          }
        },
        () -> words);
  }
}
