package dev.logdex.recommender.http;

import dev.logdex.recommender.page.WhyNotPage;
import dev.logdex.recommender.whynot.WhyNot;

/**
 * A statement that got nothing.
 *
 * @param text normalized
 * @param calls in the look-back
 * @param reason a word such as {@code already-indexed}
 * @param sentence the reason for this one statement
 */
record UnhelpedStatement(
    String database, String fingerprint, String text, long calls, String reason, String sentence) {
  static UnhelpedStatement of(WhyNot statement) {
    return new UnhelpedStatement(
        statement.database(),
        statement.fingerprint(),
        statement.text(),
        statement.calls(),
        WhyNotPage.word(statement.reason()),
        statement.sentence());
  }
}
