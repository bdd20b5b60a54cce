package dev.logdex.ingest.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.ingest.event.LogHeader;
import dev.logdex.ingest.outlet.Parcel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Packs what a request brought into parcels of bounded size, none of which ends inside a line. The
 * same body is always packed the same way: the parcels' delivery ids depend on it.
 */
public final class ParcelWriter {
  /** The largest value that fits into a record of the logs topic, with room for what is around. */
  public static final int MAX_UNIT_BYTES = 7 * 1024 * 1024;

  private final String source;
  private final int parcelBytes;
  private final List<byte[]> full = new ArrayList<>();
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private long messages;

  /**
   * Starts with nothing.
   *
   * @param parcelBytes a parcel is full at this many bytes; a longer unit is a parcel of its own
   */
  public ParcelWriter(String source, int parcelBytes) {
    this.source = source;
    this.parcelBytes = parcelBytes;
  }

  /** Adds one line or document, with the line end that it may lack. */
  void unit(byte[] bytes, int from, int to) throws RefusedException {
    int length = to - from;
    if (length >= MAX_UNIT_BYTES) {
      throw new RefusedException(
          Refusal.TOO_LARGE, "a line or document has more than " + MAX_UNIT_BYTES + " bytes");
    }
    if (open.size() > 0 && open.size() + length >= parcelBytes) {
      close();
    }
    open.write(bytes, from, length);
    if (length == 0 || bytes[to - 1] != '\n') {
      open.write('\n');
    }
    messages++;
  }

  /** Adds lines, each of which may go with any parcel. */
  void lines(byte[] bytes, int from, int to) throws RefusedException {
    int start = from;
    while (start < to) {
      int end = start;
      while (end < to && bytes[end] != '\n') {
        end++;
      }
      end = Math.min(to, end + 1);
      unit(bytes, start, end);
      start = end;
    }
  }

  long messages() {
    return messages;
  }

  /**
   * What was written.
   *
   * @param delivery what the sender calls it; the first parcel is called the same, the others have
   *     a number behind it
   */
  Delivery finish(@Nullable String delivery) {
    if (open.size() > 0) {
      close();
    }
    List<Parcel> parcels = new ArrayList<>();
    for (byte[] lines : full) {
      parcels.add(parcel(lines, delivery, parcels.size()));
    }
    return new Delivery(parcels, messages, delivery != null);
  }

  private void close() {
    full.add(open.toByteArray());
    open.reset();
  }

  private Parcel parcel(byte[] lines, @Nullable String delivery, int number) {
    if (delivery == null) {
      return new Parcel(source, lines);
    }
    String id = number == 0 ? delivery : delivery + "/" + number;
    return new Parcel(source, lines, Map.of(LogHeader.DELIVERY, id.getBytes(UTF_8)));
  }
}
