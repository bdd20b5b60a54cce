package dev.logdex.recommender.http;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who is logged in: a bounded number of sessions, each with an end. For any thread. */
final class Sessions {
  static final Duration LENGTH = Duration.ofHours(12);

  private static final int MOST = 100;
  private static final int SECRET_BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  /** By their ids, oldest first. */
  private final Map<String, Session> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
          return size() > MOST;
        }
      };

  /** Begins a session; when there are too many, the oldest one ends. */
  synchronized Session begin(Instant now) {
    Session session = new Session(secret(), secret(), now.plus(LENGTH));
    sessions.put(session.id(), session);
    return session;
  }

  synchronized Optional<Session> find(String id, Instant now) {
    sessions.values().removeIf(session -> !now.isBefore(session.end()));
    return Optional.ofNullable(sessions.get(id));
  }

  synchronized void end(String id) {
    sessions.remove(id);
  }

  private String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * A session.
   *
   * @param id random: who knows it is logged in
   * @param csrf random, in every form of the session
   */
  record Session(String id, String csrf, Instant end) {}
}
