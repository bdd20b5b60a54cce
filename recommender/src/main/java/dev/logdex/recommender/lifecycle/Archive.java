package dev.logdex.recommender.lifecycle;

import dev.logdex.analyzer.event.Analysis;
import dev.logdex.analyzer.event.TableAnalysis;
import dev.logdex.runtime.EventJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The newest analysis of each table, packed, within bounds: one that does not fit is not kept. For
 * use by any thread.
 */
public final class Archive {
  private final long bytesMax;
  private final Map<String, byte[]> packed = new ConcurrentSkipListMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * An empty one.
   *
   * @param bytesMax of all packed analyses together
   */
  public Archive(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Keeps an analysis in place of the one before; false where it does not fit. */
  boolean keep(TableAnalysis analysis) {
    remove(analysis.key());
    byte[] value = pack(analysis);
    if (bytes.get() + value.length > bytesMax) {
      return false;
    }
    bytes.addAndGet(value.length);
    packed.put(analysis.key(), value);
    return true;
  }

  void remove(String key) {
    byte[] before = packed.remove(key);
    if (before != null) {
      bytes.addAndGet(-before.length);
    }
  }

  /** The newest analysis under a key; nothing when there is none or it did not fit. */
  public Optional<TableAnalysis> table(String key) {
    return Optional.ofNullable(packed.get(key)).map(Archive::unpack);
  }

  private static byte[] pack(TableAnalysis analysis) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream packing = new DeflaterOutputStream(out, fast)) {
      packing.write(EventJson.write(analysis));
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    } finally {
      fast.end();
    }
    return out.toByteArray();
  }

  private static TableAnalysis unpack(byte[] value) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(value))) {
      return (TableAnalysis) EventJson.read(in.readAllBytes(), Analysis.class);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }
}
