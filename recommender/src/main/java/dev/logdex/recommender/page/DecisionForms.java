package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

import dev.logdex.recommender.event.Recommendation;
import dev.logdex.recommender.event.RecommendationCommand.Action;
import dev.logdex.recommender.event.RecommendationState;
import java.util.List;

/** What somebody who is logged in can decide about a recommendation. */
public final class DecisionForms {
  /** Longest reason and name that are taken; characters. */
  public static final int REASON_LENGTH = 1_000;

  public static final int NAME_LENGTH = 100;

  private DecisionForms() {}

  /** What can be decided in a state; nothing once it is done or no longer asked for. */
  public static List<Action> possible(RecommendationState state) {
    return switch (state) {
      case PROPOSED, UPDATED -> List.of(Action.ACCEPT, Action.DISMISS);
      case ACCEPTED -> List.of(Action.DISMISS, Action.REOPEN);
      case DISMISSED -> List.of(Action.ACCEPT, Action.REOPEN);
      default -> List.of();
    };
  }

  static Html of(Recommendation advice, Reader reader) {
    List<Action> possible = possible(advice.state());
    return possible.isEmpty() || !reader.mayDecide()
        ? Html.NOTHING
        : el("div.decide").addAll(possible.stream().map(action -> form(advice, action, reader)));
  }

  static Html notice(String sent) {
    for (Action action : Action.values()) {
      if (action.word().equals(sent)) {
        return el(
                "p.notice",
                "Your decision ("
                    + sent
                    + ") is on its way; it shows here as soon as it is taken in.")
            .set("role", "status");
      }
    }
    return Html.NOTHING;
  }

  private static Html form(Recommendation advice, Action action, Reader reader) {
    return el(
        "details." + action.word(),
        el("summary", heading(action)),
        el(
                "form.stack",
                Layout.csrf(reader),
                hidden("action", action.word()),
                field("Reason", input("text", "reason", REASON_LENGTH)),
                action == Action.REOPEN
                    ? Html.NOTHING
                    : field(until(action), input("date", "until", 10)),
                field("Your name", input("text", "by", NAME_LENGTH)),
                el("button", heading(action)))
            .set("method", "post")
            .set("action", Links.decisions(advice.id())));
  }

  private static String heading(Action action) {
    return switch (action) {
      case ACCEPT -> "Accept";
      case DISMISS -> "Dismiss";
      case REOPEN -> "Reopen";
    };
  }

  private static String until(Action action) {
    return action == Action.ACCEPT
        ? "Temporary index, to be dropped on (may stay empty)"
        : "Until (empty: for good)";
  }

  private static Html hidden(String name, String value) {
    return el("input").set("type", "hidden").set("name", name).set("value", value);
  }

  private static Html field(String label, Html input) {
    return el("label", el("span", label), input);
  }

  private static Html input(String type, String name, int length) {
    return el("input").set("type", type).set("name", name).set("maxlength", String.valueOf(length));
  }
}
