package dev.logdex.normalizer.fingerprint;

import java.util.Arrays;

/**
 * What is open around the current token: parentheses and brackets, and what their items are. Drops
 * items of IN lists, ARRAY lists and VALUES that read like an earlier one of the same list, so that
 * the length of a list is no part of a statement's identity.
 */
final class Lists {
  /** Commas separate nothing that folds. */
  static final byte PLAIN = 0;

  /** An item that holds a value and reads like an earlier one is dropped. */
  static final byte ITEMS = 1;

  /** A row that reads like an earlier one is dropped. */
  static final byte ROWS = 2;

  /** Numbers alone name output columns. */
  static final byte ORDINALS = 3;

  /** So many different items of a list are remembered: enough for rows with and without DEFAULT. */
  private static final int REMEMBERED = 8;

  private final TokenBuffer tokens;
  private byte[] mode = new byte[16];
  private int[] openToken = new int[16];
  private int[] itemToken = new int[16];
  private int[] firstKept = new int[16];
  private int depth;

  private int[] keptFrom = new int[64];
  private int[] keptTo = new int[64];
  private int kept;

  Lists(TokenBuffer tokens) {
    this.tokens = tokens;
  }

  void clear() {
    depth = 0;
    kept = 0;
    mode[0] = PLAIN;
    openToken[0] = -1;
    firstKept[0] = 0;
  }

  /** How many parentheses and brackets are open. */
  int depth() {
    return depth;
  }

  byte mode() {
    return mode[depth];
  }

  /** The token that opened the innermost list; -1 outside of all. */
  int openToken() {
    return openToken[depth];
  }

  /** Says what the items of the innermost list are from the next token on. */
  void begin(byte listMode) {
    mode[depth] = listMode;
    itemToken[depth] = tokens.count();
    firstKept[depth] = kept;
  }

  /** The last token opened a list. */
  void open(byte listMode) {
    depth++;
    if (depth == mode.length) {
      mode = Arrays.copyOf(mode, depth * 2);
      openToken = Arrays.copyOf(openToken, depth * 2);
      itemToken = Arrays.copyOf(itemToken, depth * 2);
      firstKept = Arrays.copyOf(firstKept, depth * 2);
    }
    openToken[depth] = tokens.count() - 1;
    begin(listMode);
  }

  /** The last token was a comma. */
  void afterComma() {
    itemToken[depth] = tokens.count();
  }

  /** The innermost list ends; its closing token is added next. */
  void close() {
    endItem();
    kept = firstKept[depth];
    depth--;
  }

  /** The items of the innermost list end, the parenthesis around them goes on. */
  void end() {
    endItem();
    kept = firstKept[depth];
    mode[depth] = PLAIN;
  }

  /** An item ends with the last token: drops it when an earlier one reads the same. */
  void endItem() {
    int item = itemToken[depth];
    if ((mode[depth] != ITEMS && mode[depth] != ROWS) || item >= tokens.count()) {
      return;
    }
    if (mode[depth] == ITEMS && !tokens.hasValueFrom(item)) {
      return;
    }
    for (int i = firstKept[depth]; i < kept; i++) {
      if (tokens.tailEquals(item, keptFrom[i], keptTo[i])) {
        tokens.truncate(item - 1); // with the comma before it
        itemToken[depth] = tokens.count();
        return;
      }
    }
    if (kept - firstKept[depth] < REMEMBERED) {
      keep(tokens.startOf(item), tokens.length());
    }
  }

  private void keep(int from, int to) {
    if (kept == keptFrom.length) {
      keptFrom = Arrays.copyOf(keptFrom, kept * 2);
      keptTo = Arrays.copyOf(keptTo, kept * 2);
    }
    keptFrom[kept] = from;
    keptTo[kept] = to;
    kept++;
  }
}
