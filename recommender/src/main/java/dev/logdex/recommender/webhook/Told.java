package dev.logdex.recommender.webhook;

import static java.util.Objects.requireNonNull;

import dev.logdex.recommender.event.RecommendationEvent;
import dev.logdex.recommender.event.RecommendationState;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a ticket has been told, as it stands in the ticket itself: so a sink that starts with no
 * memory, or beside another one, goes on where the last one was.
 *
 * @param change number of the event
 * @param state word of the state that it told
 */
record Told(String id, long change, String state) {
  static final Told NOTHING = new Told("", 0, "");
  private static final Pattern FORM = Pattern.compile("logdex-event: (\\w+)-(\\d{1,18}) (\\w+)");

  Told {
    requireNonNull(id, "id");
    requireNonNull(state, "state");
  }

  static Told of(RecommendationEvent event) {
    return new Told(event.subject(), event.change(), event.data().state().word());
  }

  /** The last one in the text: a statement that is quoted there could hold the same words. */
  static Told in(String text) {
    Matcher matcher = FORM.matcher(text);
    Told last = NOTHING;
    while (matcher.find()) {
      last = new Told(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3));
    }
    return last;
  }

  /** As {@link #in} reads it. */
  String words() {
    return "logdex-event: " + id + "-" + change + " " + state;
  }

  /** Whether the ticket knows this event, or a later one of the same recommendation. */
  boolean covers(Told event) {
    return id.equals(event.id) && change >= event.change;
  }

  /** Whether it was told the end of the advice. */
  boolean isEnd() {
    return Arrays.stream(RecommendationState.values())
        .anyMatch(each -> each.word().equals(state) && !each.stands());
  }
}
