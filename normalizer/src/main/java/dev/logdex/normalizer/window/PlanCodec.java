package dev.logdex.normalizer.window;

import dev.logdex.normalizer.event.PlanEvidence;
import dev.logdex.normalizer.event.PlanFormat;
import java.time.Instant;

/** A plan in the normalizer's own form of bytes. */
final class PlanCodec {
  private static final int TEXT = 0;
  private static final int JSON = 1;

  private PlanCodec() {}

  static void write(PlanEvidence plan, ByteWriter out) {
    out.writeByte(plan.format() == PlanFormat.JSON ? JSON : TEXT);
    out.writeText(plan.plan());
    Instant at = plan.loggedAt();
    out.writeSigned(at.getEpochSecond());
    out.writeNumber(at.getNano());
    out.writeDouble(plan.elapsedMs());
    Long rows = plan.rows();
    out.writeNumber(rows == null ? 0 : rows + 1);
  }

  static PlanEvidence read(ByteReader in) {
    PlanFormat format = in.readByte() == JSON ? PlanFormat.JSON : PlanFormat.TEXT;
    String plan = in.readText();
    Instant loggedAt = Instant.ofEpochSecond(in.readSigned(), in.readNumber());
    double elapsedMs = in.readDouble();
    long rows = in.readNumber();
    return new PlanEvidence(format, plan, loggedAt, elapsedMs, rows == 0 ? null : rows - 1);
  }
}
