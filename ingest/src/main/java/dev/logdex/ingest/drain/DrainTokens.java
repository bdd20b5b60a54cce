package dev.logdex.ingest.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which source a Heroku drain is. Tokens prove where a frame comes from, so only their digests are
 * kept, and no answer, record or log line shows one.
 */
public final class DrainTokens {
  private final Map<SecretDigest, String> sources = new HashMap<>();
  private final boolean acceptUnknown;

  /**
   * Maps tokens.
   *
   * @param sources by token
   * @param acceptUnknown whether drains that are not named become sources called {@code drain-} and
   *     a hash of their token
   */
  public DrainTokens(Map<String, String> sources, boolean acceptUnknown) {
    sources.forEach((token, source) -> this.sources.put(SecretDigest.of(token), source));
    this.acceptUnknown = acceptUnknown;
  }

  Optional<String> source(String token) {
    String known = sources.get(SecretDigest.of(token));
    if (known != null) {
      return Optional.of(known);
    }
    return acceptUnknown ? Optional.of(nameOf(token)) : Optional.empty();
  }

  private static String nameOf(String token) {
    return String.format("drain-%016x", Hashing.xxh3_64().hashBytesToLong(token.getBytes(UTF_8)));
  }
}
