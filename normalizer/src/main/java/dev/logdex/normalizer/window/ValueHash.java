package dev.logdex.normalizer.window;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.statement.Parameters;
import dev.logdex.normalizer.text.Utf8;
import dev.logdex.sql.SqlLexer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Puts keyed hashes in the place of values: who has not the key can neither read a value back nor
 * try out which value a hash is of. Not thread-safe.
 */
final class ValueHash {
  private static final String ALGORITHM = "HmacSHA256";

  /** Of a hash's 32 bytes; enough that two values of one database do not meet. */
  private static final int BYTES = 8;

  private final Mac mac;
  private final SqlLexer lexer = new SqlLexer();

  ValueHash(String key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
    } catch (GeneralSecurityException e) {
      // every Java platform has to have it
      throw new IllegalStateException(e);
    }
  }

  /** A secret number, the same for the same key. */
  long seed() {
    return ByteBuffer.wrap(mac.doFinal("forms of statements".getBytes(UTF_8))).getLong();
  }

  /**
   * Hashes of the literals of a statement, in the order in which they stand, then of the values
   * bound to it; an element is null for a NULL that was bound.
   */
  List<@Nullable String> values(Utf8 statement, Parameters parameters) {
    List<@Nullable String> hashes = new ArrayList<>();
    lexer.reset(statement.bytes(), statement.from(), statement.length());
    while (lexer.next()) {
      switch (lexer.kind()) {
        case STRING,
            ESCAPE_STRING,
            UNICODE_STRING,
            NATIONAL_STRING,
            BIT_STRING,
            HEX_STRING,
            DOLLAR_STRING,
            NUMBER -> {
          mac.update(lexer.bytes(), lexer.start(), lexer.end() - lexer.start());
          hashes.add(finish());
        }
        default -> {
          // no value
        }
      }
    }
    for (@Nullable String value : parameters.values()) {
      hashes.add(value == null ? null : hash(value));
    }
    return hashes;
  }

  private String hash(String value) {
    mac.update(value.getBytes(UTF_8));
    return finish();
  }

  private String finish() {
    return HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(), BYTES));
  }
}
