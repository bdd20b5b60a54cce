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

  /** Numbers alone name output columns. */
  static final byte ORDINALS = 1;

  /** An item that holds a value and reads like an earlier one is dropped. */
  static final byte ITEMS = 2;

  /** A row that reads like an earlier one is dropped. */
  static final byte ROWS = 3;

  /** So many different items of a list are remembered: enough for rows with and without DEFAULT. */
  private static final int REMEMBERED = 8;

  /** Postgres itself gives up far earlier. */
  private static final int DEEPEST = 1 << 16;

  private static final int FIRST_CAPACITY = 64;

  /** What one huge statement leaves behind is given back before the next. */
  private static final int KEPT_CAPACITY = 1 << 12;

  private final TokenBuffer tokens;

  // the innermost list
  private byte mode;
  private int openToken;
  private int itemToken;
  private int firstKept;

  /** {@link TokenBuffer#valuesAdded} when the item began. */
  private long valuesBefore;

  /** Whether an item like this one was dropped, but not the comma before it. */
  private boolean dropped;

  /** Of each list around it: mode, opening token, item's first token, first kept item. */
  private int[] outer = new int[FIRST_CAPACITY];

  private long[] outerValues = new long[FIRST_CAPACITY / 4];
  private int depth;

  /** Where in the text each item that is kept begins and ends. */
  private int[] keptFrom = new int[FIRST_CAPACITY];

  private int[] keptTo = new int[FIRST_CAPACITY];
  private int kept;

  Lists(TokenBuffer tokens) {
    this.tokens = tokens;
  }

  void clear() {
    depth = 0;
    kept = 0;
    openToken = -1;
    begin(PLAIN);
    if (outer.length > KEPT_CAPACITY) {
      outer = new int[FIRST_CAPACITY];
      outerValues = new long[FIRST_CAPACITY / 4];
    }
    if (keptFrom.length > KEPT_CAPACITY) {
      keptFrom = new int[FIRST_CAPACITY];
      keptTo = new int[FIRST_CAPACITY];
    }
  }

  /** Memory kept for the next statement. */
  long heldBytes() {
    return 4L * (outer.length + keptFrom.length + keptTo.length) + 8L * outerValues.length;
  }

  /** How many parentheses and brackets are open. */
  int depth() {
    return depth;
  }

  byte mode() {
    return mode;
  }

  /** The token that opened the innermost list; -1 outside of all. */
  int openToken() {
    return openToken;
  }

  /** Says what the items of the innermost list are from the next token on. */
  void begin(byte listMode) {
    mode = listMode;
    firstKept = kept;
    beginItem();
  }

  /** The last token opened a list. */
  void open(byte listMode) {
    int at = depth * 4;
    if (depth == DEEPEST) {
      tokens.refuseMore();
    }
    if (at == outer.length) {
      outer = Arrays.copyOf(outer, at * 2);
      outerValues = Arrays.copyOf(outerValues, depth * 2);
    }
    outer[at] = mode;
    outer[at + 1] = openToken;
    outer[at + 2] = itemToken;
    outer[at + 3] = firstKept;
    outerValues[depth] = valuesBefore;
    depth++;
    openToken = tokens.count() - 1;
    begin(listMode);
  }

  /** An item ends before a comma, which is added unless one is there from an item dropped. */
  void comma() {
    if (mode >= ITEMS) {
      endItem();
      if (dropped) {
        beginItem();
        return;
      }
    }
    tokens.add(TokenBuffer.COMMA, ',');
    beginItem();
  }

  /** The innermost list ends; its closing token is added next. */
  void close() {
    endLastItem();
    kept = firstKept;
    depth--;
    int at = depth * 4;
    mode = (byte) outer[at];
    openToken = outer[at + 1];
    itemToken = outer[at + 2];
    firstKept = outer[at + 3];
    valuesBefore = outerValues[depth];
    dropped = false;
  }

  /** The items of the innermost list end, the parenthesis around them goes on. */
  void end() {
    endLastItem();
    kept = firstKept;
    mode = PLAIN;
    dropped = false;
  }

  private void beginItem() {
    itemToken = tokens.count();
    valuesBefore = tokens.valuesAdded();
    dropped = false;
  }

  /** The last item ends without a comma after it. */
  void endLastItem() {
    if (mode >= ITEMS) {
      endItem();
      if (dropped) {
        tokens.truncate(tokens.count() - 1); // the comma before it
      }
    }
  }

  /** An item ends with the last token: drops it when an earlier one reads the same. */
  private void endItem() {
    int item = itemToken;
    boolean folds = mode == ROWS || tokens.valuesAdded() > valuesBefore;
    if (!folds || item >= tokens.count()) {
      return;
    }
    for (int i = firstKept; i < kept; i++) {
      if (tokens.tailEquals(item, keptFrom[i], keptTo[i])) {
        tokens.truncate(item);
        dropped = true;
        return;
      }
    }
    if (kept - firstKept < REMEMBERED) {
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
