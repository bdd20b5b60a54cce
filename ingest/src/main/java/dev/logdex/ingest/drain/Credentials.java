package dev.logdex.ingest.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The secrets of which a request must carry one: as a bearer token, as the password of basic
 * authentication (any user), as Firehose's access key, or, for senders that can be given nothing
 * but an address, as the query parameter {@code token}.
 */
public final class Credentials {
  private static final String BASIC = "basic ";
  private static final String BEARER = "bearer ";

  private final List<SecretDigest> secrets;

  /** Takes any of these; every request when there are none. */
  public Credentials(Collection<String> secrets) {
    this.secrets = secrets.stream().map(SecretDigest::of).toList();
  }

  /** Refuses a request that carries none of the secrets. */
  public void check(RequestHead head) throws RefusedException {
    if (!secrets.isEmpty() && !hasSecret(head)) {
      throw new RefusedException(
          Refusal.UNKNOWN_CREDENTIALS, "the request carries no token of http.tokens");
    }
  }

  private boolean hasSecret(RequestHead head) {
    boolean found = false;
    for (String candidate : candidates(head)) {
      SecretDigest digest = SecretDigest.of(candidate);
      for (SecretDigest secret : secrets) {
        found |= secret.equals(digest); // all are compared, so that time tells nothing
      }
    }
    return found;
  }

  private static List<String> candidates(RequestHead head) {
    List<String> candidates = new ArrayList<>();
    head.header("Authorization").flatMap(Credentials::ofAuthorization).ifPresent(candidates::add);
    head.header("X-Amz-Firehose-Access-Key").ifPresent(candidates::add);
    head.parameter("token").ifPresent(candidates::add);
    return candidates;
  }

  private static Optional<String> ofAuthorization(String given) {
    String scheme = given.toLowerCase(Locale.ROOT);
    if (scheme.startsWith(BEARER)) {
      return Optional.of(given.substring(BEARER.length()).strip());
    }
    return scheme.startsWith(BASIC)
        ? password(given.substring(BASIC.length()).strip())
        : Optional.empty();
  }

  private static Optional<String> password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // it is no base64, so no password of ours
    }
  }
}
