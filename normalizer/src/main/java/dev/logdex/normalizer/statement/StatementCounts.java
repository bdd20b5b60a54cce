package dev.logdex.normalizer.statement;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What is counted of a source's messages beside what is told of them. */
public final class StatementCounts {
  private long pushedOut;
  private long overdue;
  private long preparedPushedOut;
  private long durationsAlone;
  private double durationsAloneMs;
  private long fastpathCalls;
  private long messagesInUnknownLanguage;
  private long unsupportedPlans;

  void pushOut() {
    pushedOut++;
  }

  void settleOverdue() {
    overdue++;
  }

  void pushOutPrepared() {
    preparedPushedOut++;
  }

  void durationAlone(double elapsedMs) {
    durationsAlone++;
    durationsAloneMs += elapsedMs;
  }

  void fastpathCall() {
    fastpathCalls++;
  }

  void messageInUnknownLanguage() {
    messagesInUnknownLanguage++;
  }

  void unsupportedPlan() {
    unsupportedPlans++;
  }

  /** Statements and lock waits that were settled early because too much was pending. */
  public long pushedOut() {
    return pushedOut;
  }

  /** Announced statements that were settled because nothing came for too long. */
  public long overdue() {
    return overdue;
  }

  /** Processes whose prepared texts were forgotten because there were too many. */
  public long preparedPushedOut() {
    return preparedPushedOut;
  }

  /** Durations that belong to no statement that was announced, such as those of parse and bind. */
  public long durationsAlone() {
    return durationsAlone;
  }

  /** The time in them, in milliseconds. */
  public double durationsAloneMs() {
    return durationsAloneMs;
  }

  /** Functions called by their number; they have no SQL. */
  public long fastpathCalls() {
    return fastpathCalls;
  }

  /** Messages that look like statement logging in a language that is not known. */
  public long messagesInUnknownLanguage() {
    return messagesInUnknownLanguage;
  }

  /** Plans in a format that is not read. */
  public long unsupportedPlans() {
    return unsupportedPlans;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(pushedOut);
    out.writeLong(overdue);
    out.writeLong(preparedPushedOut);
    out.writeLong(durationsAlone);
    out.writeDouble(durationsAloneMs);
    out.writeLong(fastpathCalls);
    out.writeLong(messagesInUnknownLanguage);
    out.writeLong(unsupportedPlans);
  }

  void read(DataInputStream in) throws IOException {
    pushedOut = in.readLong();
    overdue = in.readLong();
    preparedPushedOut = in.readLong();
    durationsAlone = in.readLong();
    durationsAloneMs = in.readDouble();
    fastpathCalls = in.readLong();
    messagesInUnknownLanguage = in.readLong();
    unsupportedPlans = in.readLong();
  }
}
