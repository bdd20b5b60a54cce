package dev.logdex.normalizer.envelope;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Makes of what platforms did to an entry's text again what the server printed. */
final class EntryTexts {
  private static final List<byte[]> STATEMENT_STARTS =
      List.of(
          "duration: ".getBytes(US_ASCII),
          "statement: ".getBytes(US_ASCII),
          "execute ".getBytes(US_ASCII));

  private EntryTexts() {}

  /** Google's ids count up in a hexadecimal part, {@code i=}; its length comes first here. */
  static String counter(String id) {
    int start = id.indexOf("i=");
    if (start < 0) {
      return id;
    }
    int stop = id.indexOf(';', start);
    String digits = id.substring(start + 2, stop < 0 ? id.length() : stop);
    return (char) Math.min(0xffff, digits.length()) + digits;
  }

  /** Takes {@code [file.cc:123]} and two blanks out, at the beginning or behind the level. */
  static byte[] withoutSourcePlace(byte[] text, int from, int to) {
    int start = from;
    while (start < to && text[start] != '\n') {
      boolean mayBegin =
          start == from
              || (start - from >= 3
                  && text[start - 1] == ' '
                  && text[start - 2] == ' '
                  && text[start - 3] == ':');
      int stop = mayBegin ? endOfSourcePlace(text, start, to) : -1;
      if (stop > 0) {
        byte[] kept = new byte[to - from - (stop - start)];
        System.arraycopy(text, from, kept, 0, start - from);
        System.arraycopy(text, stop, kept, start - from, to - stop);
        return kept;
      }
      start++;
    }
    return Arrays.copyOfRange(text, from, to);
  }

  private static int endOfSourcePlace(byte[] text, int from, int to) {
    if (text[from] != '[') {
      return -1;
    }
    int colon = -1;
    for (int i = from + 1; i < Math.min(to - 2, from + 200); i++) {
      byte b = text[i];
      if (b == ']') {
        boolean ends = colon > 0 && i > colon + 1 && text[i + 1] == ' ' && text[i + 2] == ' ';
        return ends ? i + 3 : -1;
      }
      if (b == ':' && colon < 0) {
        colon = i;
      } else if (colon > 0 ? !isDigit(b) : b == ' ') {
        return -1;
      }
    }
    return -1;
  }

  /** Puts the entry's parts together as the server would have printed them. */
  static byte[] whole(CompiledForm form, JsonMembers members, byte[] text, int from, int to) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(to - from + 64);
    int prefix = form.find(JsonPart.PREFIX, members);
    int level = form.find(JsonPart.LEVEL, members);
    byte[] head = new byte[0];
    int messageFrom = from;
    if (prefix >= 0 && members.to(prefix) > members.from(prefix)) {
      head = Arrays.copyOfRange(members.bytes(prefix), members.from(prefix), members.to(prefix));
    } else if (level >= 0) {
      byte[] word = (members.text(level) + ":").getBytes(UTF_8);
      int found = indexOf(text, from, to, word);
      if (found >= 0) {
        head = Arrays.copyOfRange(text, from, found);
        messageFrom = found + word.length;
      } else {
        messageFrom = statementStart(text, from, to);
        head = Arrays.copyOfRange(text, from, messageFrom);
      }
    }
    if (level >= 0) {
      writePart(
          whole, head, members.text(level), text, JsonScan.skipBlanks(text, messageFrom, to), to);
    } else {
      whole.write(text, from, to - from);
    }
    int detail = form.find(JsonPart.DETAIL, members);
    if (detail >= 0 && members.to(detail) > members.from(detail)) {
      whole.write('\n');
      writePart(
          whole, head, "DETAIL", members.bytes(detail), members.from(detail), members.to(detail));
    }
    return whole.toByteArray();
  }

  /** Where a message without its level begins; the text's beginning when that is not known. */
  private static int statementStart(byte[] text, int from, int to) {
    for (byte[] start : STATEMENT_STARTS) {
      int found = indexOf(text, from, Math.min(to, from + 300), start);
      if (found >= 0) {
        return found;
      }
    }
    return from;
  }

  private static void writePart(
      ByteArrayOutputStream whole, byte[] head, String word, byte[] text, int from, int to) {
    whole.writeBytes(head);
    whole.writeBytes((word + ":  ").getBytes(UTF_8));
    int textEnd = to > from && text[to - 1] == '\n' ? to - 1 : to;
    for (int i = from; i < textEnd; i++) {
      whole.write(text[i]);
      if (text[i] == '\n' && text[i + 1] != '\t') {
        whole.write('\t');
      }
    }
  }

  static int indexOf(byte[] text, int from, int to, byte[] wanted) {
    for (int i = from; i + wanted.length <= to; i++) {
      if (text[i] == wanted[0]
          && Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
