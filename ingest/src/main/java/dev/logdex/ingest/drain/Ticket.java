package dev.logdex.ingest.drain;

import static java.util.Objects.requireNonNull;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head says of the lines in its body.
 *
 * @param source the key that they get on the logs topic
 * @param delivery what the sender calls this delivery, the same when it sends it again; null when
 *     it does not say
 */
public record Ticket(String source, @Nullable String delivery) {
  /** Names the source; the header has the same meaning as the query parameter. */
  private static final String SOURCE_PARAMETER = "source";

  private static final String SOURCE_HEADER = "Logdex-Source";
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,199}");
  private static final Pattern DELIVERY = Pattern.compile("[!-~]{1,200}");

  public Ticket {
    requireNonNull(source, "source");
  }

  /** Whether a text may name a source: letters, digits and {@code . _ : / @ -}, at most 200. */
  public static boolean isSource(String text) {
    return SOURCE.matcher(text).matches();
  }

  /**
   * What a delivery is called whose sender may use one id for several: another body under the same
   * id is another delivery, so that no line is taken for a repetition that is none.
   *
   * @param body before anything is changed in it
   */
  @Nullable String deliveryOf(byte[] body) {
    return delivery == null
        ? null
        : String.format("%s-%016x", delivery, Hashing.xxh3_64().hashBytesToLong(body));
  }

  static Optional<String> givenSource(RequestHead head) throws RefusedException {
    Optional<String> given = head.header(SOURCE_HEADER).or(() -> head.parameter(SOURCE_PARAMETER));
    if (given.isPresent() && !isSource(given.get())) {
      throw RefusedException.malformed(
          "a source is named by up to 200 letters, digits and . _ : / @ -");
    }
    return given;
  }

  /**
   * The first of these headers that is given.
   *
   * @throws RefusedException when its value is not 1 to 200 printable characters of ASCII
   */
  static @Nullable String givenDelivery(RequestHead head, String... headers)
      throws RefusedException {
    for (String name : headers) {
      Optional<String> given = head.header(name);
      if (given.isPresent()) {
        return checkedDelivery(given.get(), name);
      }
    }
    return null;
  }

  static String checkedDelivery(String given, String name) throws RefusedException {
    if (!DELIVERY.matcher(given).matches()) {
      throw RefusedException.malformed(name + " must be 1 to 200 printable characters of ASCII");
    }
    return given;
  }
}
