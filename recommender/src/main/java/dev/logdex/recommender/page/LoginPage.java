package dev.logdex.recommender.page;

import static dev.logdex.recommender.page.Element.el;

/** Asks for the configured token. */
public final class LoginPage {
  private LoginPage() {}

  /**
   * The page.
   *
   * @param problem why the last try was refused; empty at the first one
   */
  public static String render(String problem, Reader reader) {
    return Layout.page(
        "Log in",
        Links.LOGIN,
        reader,
        el(
            "div.message",
            el("h1", "Log in"),
            el(
                "p",
                "With the token of the setting page.token you can accept, dismiss and reopen"
                    + " recommendations. Reading needs none."),
            problem.isEmpty() ? Html.NOTHING : el("p.problem", problem).set("role", "alert"),
            el(
                    "form.stack",
                    el(
                        "label",
                        el("span", "Token"),
                        el("input")
                            .set("type", "password")
                            .set("name", "token")
                            .set("autocomplete", "current-password")
                            .flag("required")
                            .flag("autofocus")),
                    el("button", "Log in"))
                .set("method", "post")
                .set("action", Links.LOGIN)));
  }
}
