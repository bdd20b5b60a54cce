package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every spelling of a {@link LineWord}: what the server prints, and what it prints when lc_messages
 * is not English. A translated spelling is known only so that lines are joined rightly and the
 * operator is told; translated messages are not read.
 */
final class LineWords {
  static final class Spelling {
    private final byte[] bytes;
    private final LineWord word;
    private final @Nullable String language;

    private Spelling(byte[] bytes, LineWord word, @Nullable String language) {
      this.bytes = bytes;
      this.word = word;
      this.language = language;
    }

    LineWord word() {
      return word;
    }

    /** Null for what the server prints by itself. */
    @Nullable String language() {
      return language;
    }
  }

  /** A row: the language, then pairs of word and translation where the two differ. */
  private static final String[][] TRANSLATIONS = {
    {
      "German",
      "NOTICE=HINWEIS WARNING=WARNUNG ERROR=FEHLER PANIC=PANIK HINT=TIPP QUERY=ANFRAGE"
          + " CONTEXT=ZUSAMMENHANG LOCATION=ORT STATEMENT=ANWEISUNG"
    },
    {
      "Spanish",
      "DETAIL=DETALLE QUERY=CONSULTA CONTEXT=CONTEXTO LOCATION=UBICACIÓN STATEMENT=SENTENCIA"
    },
    {
      "French",
      "WARNING=ATTENTION ERROR=ERREUR DETAIL=DÉTAIL HINT=ASTUCE QUERY=REQUÊTE CONTEXT=CONTEXTE"
          + " LOCATION=EMPLACEMENT STATEMENT=INSTRUCTION"
    },
    {
      "Italian",
      "NOTICE=NOTIFICA WARNING=ATTENZIONE ERROR=ERRORE FATAL=FATALE PANIC=PANICO DETAIL=DETTAGLI"
          + " HINT=SUGGERIMENTO CONTEXT=CONTESTO LOCATION=POSIZIONE STATEMENT=ISTRUZIONE"
    },
    {
      "Japanese", "DETAIL=詳細 HINT=ヒント QUERY=問い合わせ CONTEXT=文脈 LOCATION=場所 STATEMENT=文",
    },
    {
      "Georgian",
      "DEBUG=გამართვა LOG=ჟურნალი INFO=ინფორმაცია WARNING=გაფრთხილება ERROR=შეცდომა"
          + " FATAL=ფატალური PANIC=პანიკა DETAIL=დეტალები HINT=მინიშნება QUERY=მოთხოვნა"
          + " CONTEXT=კონტექსტი LOCATION=მდებარეობა STATEMENT=ოპერატორი"
    },
    {
      "Korean",
      "DEBUG=디버그 LOG=로그 INFO=정보 NOTICE=알림 WARNING=경고 ERROR=오류 FATAL=치명적오류"
          + " PANIC=손상 DETAIL=상세정보 HINT=힌트 QUERY=쿼리 CONTEXT=내용 LOCATION=위치"
          + " STATEMENT=명령_구문"
    },
    {
      "Russian",
      "DEBUG=ОТЛАДКА LOG=СООБЩЕНИЕ INFO=ИНФОРМАЦИЯ NOTICE=ЗАМЕЧАНИЕ WARNING=ПРЕДУПРЕЖДЕНИЕ"
          + " ERROR=ОШИБКА FATAL=ВАЖНО PANIC=ПАНИКА DETAIL=ПОДРОБНОСТИ HINT=ПОДСКАЗКА"
          + " QUERY=ЗАПРОС CONTEXT=КОНТЕКСТ LOCATION=ПОЛОЖЕНИЕ STATEMENT=ОПЕРАТОР"
    },
    {
      "Swedish",
      "LOG=LOGG NOTICE=NOTIS WARNING=VARNING ERROR=FEL FATAL=FATALT PANIC=PANIK DETAIL=DETALJ"
          + " HINT=TIPS QUERY=FRÅGA CONTEXT=KONTEXT LOCATION=PLATS STATEMENT=SATS"
    },
    {
      "Ukrainian",
      "DEBUG=НАЛАГОДЖЕННЯ LOG=ЗАПИСУВАННЯ INFO=ІНФОРМАЦІЯ NOTICE=ПОВІДОМЛЕННЯ"
          + " WARNING=ПОПЕРЕДЖЕННЯ ERROR=ПОМИЛКА FATAL=ФАТАЛЬНО PANIC=ПАНІКА DETAIL=ВІДОМОСТІ"
          + " HINT=УКАЗІВКА QUERY=ЗАПИТ CONTEXT=КОНТЕКСТ LOCATION=РОЗТАШУВАННЯ"
          + " STATEMENT=ІНСТРУКЦІЯ"
    },
    {
      "Chinese",
      "DEBUG=调试 LOG=日志 INFO=信息 NOTICE=注意 WARNING=警告 ERROR=错误 FATAL=致命错误"
          + " PANIC=灾难性错误 DETAIL=详情 HINT=提示 QUERY=查询 CONTEXT=上下文 LOCATION=位置"
          + " STATEMENT=语句"
    },
    {
      "Chinese",
      "DEBUG=除錯 LOG=日誌 INFO=資訊 ERROR=錯誤 FATAL=致命錯誤 PANIC=嚴重錯誤 DETAIL=詳情" + " QUERY=查詢 STATEMENT=陳述式"
    },
  };

  private static final byte[] NO_BREAK_SPACE = {(byte) 0xc2, (byte) 0xa0};
  private static final Spelling[][] BY_FIRST_BYTE = byFirstByte();

  private LineWords() {}

  /** The spelling that stands at {@code from} with its colon and a blank after it; null if none. */
  static @Nullable Spelling at(byte[] line, int from, int to) {
    if (from >= to) {
      return null;
    }
    for (Spelling spelling : BY_FIRST_BYTE[line[from] & 0xff]) {
      if (endOfColon(spelling, line, from, to) > 0) {
        return spelling;
      }
    }
    return null;
  }

  /** Where the text begins after the spelling: two blanks as printed, one in edited logs. */
  static int textFrom(Spelling spelling, byte[] line, int from, int to) {
    int at = endOfColon(spelling, line, from, to);
    int last = Math.min(at + 2, to);
    while (at < last && isBlank(line[at])) {
      at++;
    }
    return at;
  }

  /**
   * Whether an English level word with colon and blank stands anywhere in the line: such a line was
   * meant to be a log line even when no prefix fits.
   */
  static boolean anywhere(byte[] line, int from, int to) {
    return next(line, from, to) >= 0;
  }

  /** Where the next English word with colon and blank begins; -1 when there is none. */
  static int next(byte[] line, int from, int to) {
    for (int colon = from + 3; colon < to; colon++) {
      if (line[colon] == ':' && (colon + 1 == to || isBlank(line[colon + 1]))) {
        int start = startOfWord(line, from, colon);
        Spelling spelling = start < colon ? at(line, start, to) : null;
        if (spelling != null && spelling.language() == null) {
          return start;
        }
      }
    }
    return -1;
  }

  private static int startOfWord(byte[] line, int from, int colon) {
    int start = colon;
    while (start > from && isWordByte(line[start - 1]) && colon - start < 10) {
      start--;
    }
    return start;
  }

  private static boolean isWordByte(byte b) {
    return (b >= 'A' && b <= 'Z') || (b >= '1' && b <= '5');
  }

  private static int endOfColon(Spelling spelling, byte[] line, int from, int to) {
    byte[] word = spelling.bytes;
    int at = from + word.length;
    if (at >= to || !Bytes.startsWith(line, from, to, word)) {
      return -1;
    }
    if (spelling.language() != null) {
      at = skipBlankBeforeColon(line, at, to);
    }
    boolean colon = at < to && line[at] == ':' && (at + 1 == to || isBlank(line[at + 1]));
    return colon ? at + 1 : -1;
  }

  /** French prints a no-break space before the colon. */
  private static int skipBlankBeforeColon(byte[] line, int at, int to) {
    if (at < to && line[at] == ' ') {
      return at + 1;
    }
    return Bytes.startsWith(line, at, to, NO_BREAK_SPACE) ? at + NO_BREAK_SPACE.length : at;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  private static Spelling[][] byFirstByte() {
    List<List<Spelling>> rows = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      rows.add(new ArrayList<>());
    }
    for (LineWord word : LineWord.values()) {
      add(rows, word.name(), word, null);
    }
    for (int level = 1; level <= 5; level++) {
      add(rows, "DEBUG" + level, LineWord.DEBUG, null);
    }
    for (String[] row : TRANSLATIONS) {
      for (String pair : row[1].split(" ", -1)) {
        int equals = pair.indexOf('=');
        LineWord word = LineWord.named(pair.substring(0, equals));
        add(rows, pair.substring(equals + 1).replace('_', ' '), word, row[0]);
      }
    }
    return rows.stream().map(row -> row.toArray(new Spelling[0])).toArray(Spelling[][]::new);
  }

  private static void add(
      List<List<Spelling>> rows, String text, LineWord word, @Nullable String language) {
    byte[] bytes = text.getBytes(UTF_8);
    rows.get(bytes[0] & 0xff).add(new Spelling(bytes, word, language));
  }
}
