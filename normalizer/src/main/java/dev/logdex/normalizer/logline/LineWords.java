package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logdex.normalizer.text.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every spelling of a {@link LineWord}: what the server prints, and what it prints when lc_messages
 * is not English, from the message catalogues of PostgreSQL 15.
 */
public final class LineWords {
  /** One spelling of a word. */
  public static final class Spelling {
    private final byte[] bytes;
    private final LineWord word;
    private final @Nullable String language;

    private Spelling(byte[] bytes, LineWord word, @Nullable String language) {
      this.bytes = bytes;
      this.word = word;
      this.language = language;
    }

    public LineWord word() {
      return word;
    }

    /** Null for what the server prints by itself. */
    public @Nullable String language() {
      return language;
    }
  }

  /** A row: the language, then pairs of word and translation where the two differ. */
  private static final String[][] TRANSLATIONS = {
    {
      "German",
      "NOTICE=HINWEIS WARNING=WARNUNG ERROR=FEHLER PANIC=PANIK HINT=TIPP"
          + " QUERY=ANFRAGE CONTEXT=ZUSAMMENHANG STATEMENT=ANWEISUNG LOCATION=ORT"
    },
    {
      "Spanish",
      "DETAIL=DETALLE QUERY=CONSULTA CONTEXT=CONTEXTO STATEMENT=SENTENCIA" + " LOCATION=UBICACIÓN"
    },
    {
      "French",
      "WARNING=ATTENTION ERROR=ERREUR DETAIL=DÉTAIL HINT=ASTUCE QUERY=REQUÊTE"
          + " CONTEXT=CONTEXTE STATEMENT=INSTRUCTION LOCATION=EMPLACEMENT"
          + " BACKTRACE=PILE_D'APPEL"
    },
    {
      "Italian",
      "NOTICE=NOTIFICA WARNING=ATTENZIONE ERROR=ERRORE FATAL=FATALE PANIC=PANICO"
          + " DETAIL=DETTAGLI HINT=SUGGERIMENTO CONTEXT=CONTESTO STATEMENT=ISTRUZIONE"
          + " LOCATION=POSIZIONE"
    },
    {
      "Japanese",
      "DETAIL=詳細 HINT=ヒント QUERY=問い合わせ CONTEXT=文脈 STATEMENT=文 LOCATION=場所" + " BACKTRACE=バックトレース"
    },
    {
      "Georgian",
      "DEBUG=გამართვა LOG=ჟურნალი INFO=ინფორმაცია"
          + " WARNING=გაფრთხილება ERROR=შეცდომა FATAL=ფატალური PANIC=პანიკა DETAIL=დეტალები"
          + " HINT=მინიშნება QUERY=მოთხოვნა CONTEXT=კონტექსტი STATEMENT=ოპერატორი"
          + " LOCATION=მდებარეობა BACKTRACE=სტეკი"
    },
    {
      "Korean",
      "DEBUG=디버그 LOG=로그 INFO=정보 NOTICE=알림 WARNING=경고 ERROR=오류 FATAL=치명적오류 PANIC=손상"
          + " DETAIL=상세정보 HINT=힌트 QUERY=쿼리 CONTEXT=내용 STATEMENT=명령_구문 LOCATION=위치"
          + " BACKTRACE=역추적"
    },
    {
      "Russian",
      "DEBUG=ОТЛАДКА LOG=СООБЩЕНИЕ INFO=ИНФОРМАЦИЯ NOTICE=ЗАМЕЧАНИЕ"
          + " WARNING=ПРЕДУПРЕЖДЕНИЕ ERROR=ОШИБКА FATAL=ВАЖНО PANIC=ПАНИКА"
          + " DETAIL=ПОДРОБНОСТИ HINT=ПОДСКАЗКА QUERY=ЗАПРОС CONTEXT=КОНТЕКСТ"
          + " STATEMENT=ОПЕРАТОР LOCATION=ПОЛОЖЕНИЕ BACKTRACE=СТЕК"
    },
    {
      "Swedish",
      "LOG=LOGG NOTICE=NOTIS WARNING=VARNING ERROR=FEL FATAL=FATALT PANIC=PANIK"
          + " DETAIL=DETALJ HINT=TIPS QUERY=FRÅGA CONTEXT=KONTEXT STATEMENT=SATS"
          + " LOCATION=PLATS"
    },
    {
      "Ukrainian",
      "DEBUG=НАЛАГОДЖЕННЯ LOG=ЗАПИСУВАННЯ INFO=ІНФОРМАЦІЯ NOTICE=ПОВІДОМЛЕННЯ"
          + " WARNING=ПОПЕРЕДЖЕННЯ ERROR=ПОМИЛКА FATAL=ФАТАЛЬНО PANIC=ПАНІКА"
          + " DETAIL=ВІДОМОСТІ HINT=УКАЗІВКА QUERY=ЗАПИТ CONTEXT=КОНТЕКСТ"
          + " STATEMENT=ІНСТРУКЦІЯ LOCATION=РОЗТАШУВАННЯ BACKTRACE=ВІДСТЕЖУВАТИ"
    },
    {
      "Chinese",
      "DEBUG=调试 LOG=日志 INFO=信息 NOTICE=注意 WARNING=警告 ERROR=错误 FATAL=致命错误 PANIC=灾难性错误"
          + " DETAIL=详情 HINT=提示 QUERY=查询 CONTEXT=上下文 STATEMENT=语句 LOCATION=位置 BACKTRACE=回溯"
    },
    {
      "Chinese",
      "DEBUG=除錯 LOG=日誌 INFO=資訊 ERROR=錯誤 FATAL=致命錯誤 PANIC=嚴重錯誤 DETAIL=詳情 QUERY=查詢" + " STATEMENT=陳述式"
    },
  };

  /** What stands for a name that is not known yet. */
  private static final byte[][] UNKNOWN_NAMES =
      bytesOf(
          "[unknown]",
          "[unbekannt]",
          "[desconocido]",
          "[inconnu]",
          "[sconosciuto]",
          "[不明]",
          "[უცნობი]",
          "[알수없음]",
          "[н/д]",
          "[okänd]",
          "[未知]");

  private static final byte[] NO_BREAK_SPACE = {(byte) 0xc2, (byte) 0xa0};
  private static final int MAX_WORD_BYTES = 64;
  private static final Spelling[] ALL = all();
  private static final Spelling[][] BY_FIRST_BYTE = byByte(true);
  private static final Spelling[][] BY_LAST_BYTE = byByte(false);
  private static final Spelling LOG = english(LineWord.LOG);

  private LineWords() {}

  /** The spelling that stands at {@code from} with its colon and a blank after it; null if none. */
  static @Nullable Spelling at(byte[] line, int from, int to) {
    if (from >= to) {
      return null;
    }
    byte first = line[from];
    if (first == 'L' && isPlainLog(line, from, to)) {
      return LOG;
    }
    for (Spelling spelling : BY_FIRST_BYTE[first & 0xff]) {
      if (Bytes.startsWith(line, from, to, spelling.bytes)
          && endOfColon(spelling, line, from + spelling.bytes.length, to) > 0) {
        return spelling;
      }
    }
    return null;
  }

  /** Most lines by far. */
  private static boolean isPlainLog(byte[] line, int from, int to) {
    return to - from > 4
        && line[from + 1] == 'O'
        && line[from + 2] == 'G'
        && line[from + 3] == ':'
        && line[from + 4] == ' ';
  }

  /** Where the text begins after the spelling: two blanks as printed, one in edited logs. */
  static int textFrom(Spelling spelling, byte[] line, int from, int to) {
    if (spelling.word == LineWord.LOG
        && spelling.language == null
        && to - from > 6
        && line[from + 5] == ' ') {
      return from + 6;
    }
    int at = endOfColon(spelling, line, from + spelling.bytes.length, to);
    int last = Math.min(at + 2, to);
    while (at < last && Bytes.isBlank(line[at])) {
      at++;
    }
    return at;
  }

  /**
   * The level that the text names, as csvlog and jsonlog have it: a word alone.
   *
   * @return null when the text is no level in a known language
   */
  public static @Nullable Spelling level(Utf8 text) {
    if (!text.isEmpty()) {
      for (Spelling spelling : BY_FIRST_BYTE[text.at(0) & 0xff]) {
        if (!spelling.word.isPart()
            && spelling.bytes.length == text.length()
            && text.startsWith(spelling.bytes)) {
          return spelling;
        }
      }
    }
    return null;
  }

  /**
   * Whether the name is what a server prints, in its language, for a name that it does not know.
   */
  public static boolean isUnknownName(Utf8 name) {
    return isUnknownName(name.bytes(), name.from(), name.to());
  }

  static boolean isUnknownName(byte[] line, int from, int to) {
    if (from >= to || line[from] != '[') {
      return false;
    }
    for (byte[] unknown : UNKNOWN_NAMES) {
      if (Arrays.equals(line, from, to, unknown, 0, unknown.length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether what begins like such a name goes on behind {@code to}. */
  static boolean cutsUnknownName(byte[] line, int from, int to) {
    if (from >= to || line[from] != '[') {
      return false;
    }
    for (byte[] unknown : UNKNOWN_NAMES) {
      if (unknown.length > to - from && Bytes.startsWith(line, from, line.length, unknown)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a known word with colon and blank stands anywhere in the line: such a line was meant to
   * be a log line even when no prefix fits.
   */
  static boolean anywhere(byte[] line, int from, int to) {
    return next(line, from, to) >= 0;
  }

  /** Where the next known word with colon and blank begins; -1 when there is none. */
  static int next(byte[] line, int from, int to) {
    for (int colon = from + 1; colon < to; colon++) {
      if (line[colon] == ':' && (colon + 1 == to || Bytes.isBlank(line[colon + 1]))) {
        int start = startOfWord(line, from, colon, to);
        if (start >= 0) {
          return start;
        }
      }
    }
    return -1;
  }

  /** Where the known word begins that ends at the colon; -1 when none does. */
  private static int startOfWord(byte[] line, int from, int colon, int to) {
    int end = beforeBlank(line, from, colon);
    if (end == from) {
      return -1;
    }
    for (Spelling spelling : BY_LAST_BYTE[line[end - 1] & 0xff]) {
      int start = end - spelling.bytes.length;
      boolean stands =
          start >= from
              && Bytes.startsWith(line, start, end, spelling.bytes)
              && (start == from || !continuesWord(line[start - 1], line[start]));
      if (stands && endOfColon(spelling, line, end, to) > 0) {
        return start;
      }
    }
    return -1;
  }

  private static boolean continuesWord(byte before, byte first) {
    return (first > 0 && isWordByte(before)) || (first < 0 && before < 0);
  }

  private static boolean isWordByte(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= '1' && b <= '5');
  }

  /** Some translations have a blank or a no-break space in front of the colon. */
  private static int beforeBlank(byte[] line, int from, int colon) {
    if (colon > from && line[colon - 1] == ' ') {
      return colon - 1;
    }
    boolean noBreak = colon > from + 1 && Bytes.startsWith(line, colon - 2, colon, NO_BREAK_SPACE);
    return noBreak ? colon - 2 : colon;
  }

  /** From the word's end: where its colon ends; -1 when there is no colon as it should be. */
  private static int endOfColon(Spelling spelling, byte[] line, int wordTo, int to) {
    int at = wordTo;
    if (spelling.language != null && at < to && line[at] != ':') {
      at = skipBlankBeforeColon(line, at, to);
    }
    boolean colon =
        at < to
            && line[at] == ':'
            && (at + 1 == to || Bytes.isBlank(line[at + 1]) || isTight(spelling));
    return colon ? at + 1 : -1;
  }

  /** Korean has no blanks behind this colon. */
  private static boolean isTight(Spelling spelling) {
    return spelling.word == LineWord.QUERY && "Korean".equals(spelling.language);
  }

  private static int skipBlankBeforeColon(byte[] line, int at, int to) {
    if (line[at] == ' ') {
      return at + 1;
    }
    return Bytes.startsWith(line, at, to, NO_BREAK_SPACE) ? at + NO_BREAK_SPACE.length : at;
  }

  /**
   * Where a word ends that stands where a level word is expected and looks like one in a language
   * that is not known: capital letters, or letters that are not ASCII, then a colon and two blanks.
   *
   * @return the end of the letters; -1 when there is no such word
   */
  static int endOfUnknownWord(byte[] line, int from, int to) {
    int limit = Math.min(to, from + MAX_WORD_BYTES);
    int at = from;
    while (at < limit && mayBeInUnknownWord(line, from, at)) {
      at++;
    }
    int end = at > from && line[at - 1] == ' ' ? at - 1 : at;
    boolean printed =
        end - from >= 2
            && at + 2 < to
            && line[at] == ':'
            && line[at + 1] == ' '
            && line[at + 2] == ' ';
    return printed ? end : -1;
  }

  /** Whether a colon and two blanks stand behind a letter as unknown words have them. */
  static boolean mayHoldUnknownWord(byte[] line, int from, int to) {
    for (int colon = from + 2; colon + 2 < to; colon++) {
      if (line[colon] == ':' && line[colon + 1] == ' ' && line[colon + 2] == ' ') {
        int end = beforeBlank(line, from, colon);
        if (end > from && (line[end - 1] < 0 || isWordByte(line[end - 1]))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean mayBeInUnknownWord(byte[] line, int from, int at) {
    byte b = line[at];
    return b < 0
        || (b >= 'A' && b <= 'Z')
        || (at > from && (b == '\'' || (b == ' ' && line[at - 1] != ' ')));
  }

  private static Spelling english(LineWord word) {
    return Arrays.stream(ALL)
        .filter(spelling -> spelling.word == word && spelling.language == null)
        .findFirst()
        .orElseThrow();
  }

  private static Spelling[] all() {
    List<Spelling> all = new ArrayList<>();
    for (LineWord word : LineWord.values()) {
      all.add(new Spelling(word.name().getBytes(UTF_8), word, null));
    }
    for (int level = 1; level <= 5; level++) {
      all.add(new Spelling(("DEBUG" + level).getBytes(UTF_8), LineWord.DEBUG, null));
    }
    for (String[] row : TRANSLATIONS) {
      for (String pair : row[1].split(" ", -1)) {
        int equals = pair.indexOf('=');
        LineWord word = LineWord.named(pair.substring(0, equals));
        String text = pair.substring(equals + 1).replace('_', ' ');
        all.add(new Spelling(text.getBytes(UTF_8), word, row[0]));
      }
    }
    return all.toArray(new Spelling[0]);
  }

  private static Spelling[][] byByte(boolean first) {
    List<List<Spelling>> rows = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      rows.add(new ArrayList<>());
    }
    for (Spelling spelling : ALL) {
      byte key = spelling.bytes[first ? 0 : spelling.bytes.length - 1];
      rows.get(key & 0xff).add(spelling);
    }
    return rows.stream().map(row -> row.toArray(new Spelling[0])).toArray(Spelling[][]::new);
  }

  private static byte[][] bytesOf(String... texts) {
    return Arrays.stream(texts).map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
  }
}
