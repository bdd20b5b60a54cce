package dev.logdex.analyzer.whatif;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.analyzer.scan.Clause;
import dev.logdex.analyzer.scan.SortKey;
import dev.logdex.analyzer.scan.TableScan;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Names scans by what they are, so that the same scan has the same id in every round. */
final class ScanIds {
  private static final int BYTES = 8;

  private ScanIds() {}

  /** 16 hexadecimal digits of the table, clauses, order and limit. */
  static String of(TableScan scan) {
    MessageDigest digest = sha256();
    Stream.of(
            Stream.of(scan.table().schema(), scan.table().name()),
            Stream.of("where"),
            scan.where().stream().map(Clause::text),
            Stream.of("join"),
            scan.joins().stream().map(Clause::text),
            Stream.of("order"),
            scan.order().stream().map(SortKey::text),
            Stream.of(scan.limited() ? "limited" : "whole"))
        .flatMap(each -> each)
        .forEach(
            word -> {
              digest.update(word.getBytes(UTF_8));
              digest.update((byte) 0);
            });
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
