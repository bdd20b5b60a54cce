package dev.logdex.recommender.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/** The secret that lets its bearer decide; it is compared in constant time and never printed. */
public final class Token {
  /** Shorter ones could be guessed. */
  public static final int LEAST_LENGTH = 16;

  private final String secret;

  /**
   * A token.
   *
   * @param secret empty for none: then nothing matches
   */
  public Token(String secret) {
    this.secret = secret;
  }

  boolean isSet() {
    return !secret.isEmpty();
  }

  boolean matches(String given) {
    return isSet() && same(secret, given);
  }

  /** Whether two secrets are the same, in a time that tells nothing of where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return isSet() ? "[hidden]" : "";
  }
}
