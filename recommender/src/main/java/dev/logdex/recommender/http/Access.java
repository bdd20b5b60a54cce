package dev.logdex.recommender.http;

import dev.logdex.recommender.page.Reader;
import java.time.InstantSource;
import java.util.Optional;

/** Who may decide: by a session on the pages, by the token itself in the API. */
final class Access {
  private static final String COOKIE = "logdex_session";
  private static final String BEARER = "Bearer ";

  private final Token token;
  private final InstantSource clock;
  private final Sessions sessions = new Sessions();
  private final WrongTokens wrongTokens = new WrongTokens();

  Access(Token token, InstantSource clock) {
    this.token = token;
    this.clock = clock;
  }

  Reader reader(Request request) {
    return token.isSet()
        ? session(request).map(session -> Reader.loggedIn(session.csrf())).orElse(Reader.STRANGER)
        : Reader.READ_ONLY;
  }

  private Optional<Sessions.Session> session(Request request) {
    return request.cookie(COOKIE).flatMap(id -> sessions.find(id, clock.instant()));
  }

  /**
   * The cookie of a new session.
   *
   * @throws RefusedException when the token is wrong or the address is locked out
   */
  String login(String given, String address) {
    check(given, address);
    return cookie(sessions.begin(clock.instant()).id(), Sessions.LENGTH.toSeconds());
  }

  /** Ends the session; what it returns makes the browser forget the cookie. */
  String logout(Request request) {
    request.cookie(COOKIE).ifPresent(sessions::end);
    return cookie("", 0);
  }

  /**
   * Checks that a form comes from a page that this session was shown.
   *
   * @throws RefusedException when it does not, or nobody is logged in
   */
  void checkForm(Request request, String csrf) {
    requireToken();
    Sessions.Session session =
        session(request)
            .orElseThrow(
                () -> new RefusedException(403, "Not logged in", "Log in first, then try again."));
    if (!Token.same(session.csrf(), csrf)) {
      throw new RefusedException(
          403, "Refused", "The form is not one of this session. Load the page anew.");
    }
  }

  /**
   * Checks the token that a request to the API bears.
   *
   * @throws RefusedException when it bears none or a wrong one, or the address is locked out
   */
  void checkBearer(Request request) {
    requireToken();
    String header = request.header("authorization");
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new RefusedException(
          401, "No token", "Send the token: Authorization: Bearer followed by it.");
    }
    check(header.substring(BEARER.length()).strip(), request.address());
  }

  private void requireToken() {
    if (!token.isSet()) {
      throw new RefusedException(
          403, "Read only", "Nothing is decided here: the setting page.token is not given.");
    }
  }

  private void check(String given, String address) {
    requireToken();
    if (wrongTokens.isLocked(address, clock.instant())) {
      throw new RefusedException(
          429, "Too many tries", "Too many wrong tokens came from your address. Wait a minute.");
    }
    if (!token.matches(given)) {
      wrongTokens.failed(address, clock.instant());
      throw new RefusedException(401, "Wrong token", "That is not the token.");
    }
    wrongTokens.succeeded(address);
  }

  private static String cookie(String value, long seconds) {
    return COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + seconds;
  }
}
