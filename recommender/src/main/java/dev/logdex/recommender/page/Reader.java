package dev.logdex.recommender.page;

import static java.util.Objects.requireNonNull;

/**
 * Who looks at the page.
 *
 * @param csrf what a form must bring along to be taken for one of this page; empty unless logged in
 */
public record Reader(Access access, String csrf) {
  /** No token is configured: nobody decides anything here. */
  public static final Reader READ_ONLY = new Reader(Access.READ_ONLY, "");

  /** Who could log in and has not. */
  public static final Reader STRANGER = new Reader(Access.STRANGER, "");

  public Reader {
    requireNonNull(access, "access");
    requireNonNull(csrf, "csrf");
  }

  public static Reader loggedIn(String csrf) {
    return new Reader(Access.LOGGED_IN, csrf);
  }

  boolean mayDecide() {
    return access == Access.LOGGED_IN;
  }

  /** What a reader may do. */
  public enum Access {
    READ_ONLY,
    STRANGER,
    LOGGED_IN
  }
}
