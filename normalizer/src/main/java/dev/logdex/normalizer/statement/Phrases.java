package dev.logdex.normalizer.statement;

import dev.logdex.normalizer.text.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server says about statements, in English and in the twelve languages into which it is
 * translated (the {@code .po} files of PostgreSQL 15 and, where they differ, of neighbours). A row
 * is what the sentences mean; within it come English, German, Spanish, French, Italian, Japanese,
 * Georgian, Korean, Russian, Swedish, Ukrainian, and Chinese simplified and traditional, as far as
 * each has a translation of its own. {@link Template} says what stands for what varies.
 *
 * <p>Where one sentence begins another, the longer one comes first: rows are tried from the top.
 */
final class Phrases {
  private static final Row[] MESSAGES = {
    row(
        MessageKind.STATEMENT,
        "Dauer: ~ ms  Anweisung: *",
        "duración: ~ ms  sentencia: *",
        "durée : ~ ms, instruction : *",
        "durata: ~ ms  istruzione: *",
        "期間: ~ ミリ秒  文: *",
        "ხანგრძლივობა: ~ მწმ  გამოსახულება: *",
        "실행시간: ~ ms  명령 구문: *",
        "продолжительность: ~ мс, оператор: *",
        "varaktighet: ~ ms  sats: *",
        "тривалість: ~ мс, оператор: *",
        "耗时: ~ ms  语句: *",
        "执行时间: ~ ms  语句: *",
        "持續時間: ~ 毫秒  陳述式: *"),
    row(
        MessageKind.FETCH,
        "Dauer: ~ ms  Ausführen Fetch von @: *",
        "duración: ~ ms  ejecutar fetch desde @: *",
        "durée : ~ ms  exécute fetch à partir de @: *",
        "durata: ~ ms  esecuzione di fetch da @: *",
        "期間: ~ ミリ秒  取り出し実行 @: *",
        "ხანგრძლივობა: ~ მწმs  execute fetch from @: *",
        "수행시간: ~ ms  자료뽑기 @: *",
        "продолжительность: ~ мс  выборка из @: *",
        "varaktighet: ~ ms  kör hämtning från @: *",
        "тривалість: ~ мс виконати витягнення з @: *",
        "耗时: ~ ms  执行提取，来源为 @: *",
        "执行时间: ~ ms 执行FETCH操作@: *",
        "持續時間: ~ 毫秒  執行擷取，來源為 @: *"),
    row(
        MessageKind.EXECUTE,
        "Dauer: ~ ms  Ausführen @: *",
        "duración: ~ ms  ejecutar @: *",
        "durée : ~ ms  exécute @: *",
        "durata: ~ ms  esecuzione di @: *",
        "期間: ~ ミリ秒  実行 @: *",
        "ხანგრძლივობა: ~ მწმs  გაშვება @: *",
        "수행시간: ~ ms  쿼리실행 @: *",
        "продолжительность: ~ мс  выполнение @: *",
        "varaktighet: ~ ms  kör @: *",
        "тривалість: ~ мс виконувати @: *",
        "耗时: ~ ms  执行 @: *",
        "执行时间: ~ ms 执行@: *",
        "持續時間: ~ 毫秒  執行 @: *"),
    row(
        MessageKind.PARSE,
        "Dauer: ~ ms  Parsen @: *",
        "duración: ~ ms  parse: @: *",
        "durée : ~ ms, analyse @ : *",
        "durata: ~ ms  analisi di @: *",
        "期間: ~ ミリ秒  パース@ : *",
        "ხანგრძლივობა: ~ მწმ  @-ის დამუშავება: *",
        "실행시간: ~ ms  @ 구문분석: *",
        "продолжительность: ~ мс, разбор @: *",
        "varaktighet: ~ ms  parse @: *",
        "тривалість: ~ мс, аналізування @: *",
        "耗时: ~ ms  解析 @: *",
        "执行时间: ~ ms  解析 @: *",
        "持續時間: ~ 毫秒  解析 @: *"),
    row(
        MessageKind.BIND,
        "Dauer: ~ ms  Binden @: *",
        "duración: ~ ms  bind @: *",
        "durée : ~ ms, lien @ : *",
        "durata: ~ ms  bind @: *",
        "期間: ~ ミリ秒  バインド @: *",
        "ხანგრძლივობა: ~ მწმ  მიბმა @: *",
        "실행시간: ~ ms  @ 접속: *",
        "продолжительность: ~ мс, сообщение Bind @: *",
        "varaktighet: ~ ms  bind @: *",
        "тривалість: ~ мс, повідомлення bind @: *",
        "耗时: ~ ms  绑定 @: *",
        "执行时间: ~ ms 绑定@: *",
        "持續時間: ~ 毫秒  繫結 @: *"),
    row(
        MessageKind.FASTPATH,
        "Dauer: ~ ms  Fastpath-Funktionsaufruf: @",
        "duración: ~ ms  llamada a función fastpath: @",
        "durée : ~ ms, appel de fonction fastpath : @",
        "durata: ~ ms  chiamata funzione fastpath: @",
        "期間: ~ミリ秒 ファストパス関数呼び出し: @",
        "ხანგრძლივობა: ~ მწმ  fastpath function call: @",
        "작업시간: ~ ms  fastpath 함수 호출: @",
        "продолжительность ~ мс, вызов функции (через fastpath): @",
        "varaktighet: ~ ms  fastpath funktionsanrop: @",
        "тривалість: ~ мс, виклик функції fastpath: @",
        "耗时: ~ ms  fastpath 函数调用: @",
        "持续时间: ~ ms  快速路经的函数调用: @",
        "持續時間: ~ 毫秒  快速路徑函式呼叫: @"),
    row(
        MessageKind.DURATION,
        "Dauer: ~ ms",
        "duración: ~ ms",
        "durée : ~ ms",
        "durata: ~ ms",
        "期間: ~ ミリ秒",
        "ხანგრძლივობა: ~ მწმ",
        "실행시간: ~ ms",
        "продолжительность: ~ мс",
        "varaktighet ~ ms",
        "тривалість: ~ мс",
        "耗时: ~ ms",
        "执行时间: ~ ms",
        "持續時間: ~ 毫秒"),
    row(
        MessageKind.STATEMENT,
        "Anweisung: *",
        "sentencia: *",
        "instruction : *",
        "istruzione: *",
        "文: *",
        "ოპერატორი: *",
        "명령 구문: *",
        "оператор: *",
        "sats: *",
        "语句: *",
        "陳述式: *"),
    row(
        MessageKind.FETCH,
        "execute fetch from @: *",
        "Ausführen Fetch von @: *",
        "ejecutar fetch desde @: *",
        "exécute fetch à partir de @: *",
        "esecuzione di fetch da @: *",
        "取り出し実行 @: *",
        "자료뽑기 @: *",
        "выборка из @: *",
        "kör hämtning från @: *",
        "виконати витягнення з @: *",
        "执行提取，来源为 @: *",
        "执行FETCH操作 @: *",
        "執行擷取，來源為 @: *"),
    row(
        MessageKind.EXECUTE,
        "execute @: *",
        "Ausführen @: *",
        "ejecutar @: *",
        "exécute @: *",
        "esecuzione di @: *",
        "実行 @: *",
        "გაშვება @: *",
        "쿼리실행 @: *",
        "выполнение @: *",
        "kör @: *",
        "виконувати @: *",
        "执行 @: *",
        "執行 @: *"),
    row(
        MessageKind.FASTPATH,
        "fastpath function call: @",
        "Fastpath-Funktionsaufruf: @",
        "llamada a función fastpath: @",
        "appel de fonction fastpath : @",
        "chiamata funzione fastpath: @",
        "近道関数呼び出し: @",
        "fastpath 함수 호출: @",
        "вызов функции (через fastpath): @",
        "fastpath funktionsanrop: @",
        "виклик функції fastpath: @",
        "快捷路径函数调用: @"),
    row(
        MessageKind.CONNECTION,
        "connection received: @",
        "connection authorized: @",
        "disconnection: @",
        "Verbindung empfangen: @",
        "Verbindung autorisiert: @",
        "Verbindungsende: @",
        "conexión recibida: @",
        "conexión autorizada: @",
        "desconexión: @",
        "connexion reçue : @",
        "connexion autorisée : @",
        "déconnexion : @",
        "connessione ricevuta: @",
        "connessione autorizzata: @",
        "disconnessione: @",
        "接続を受け付けました: @",
        "接続の認証完了: @",
        "接続を切断: @",
        "შემოსული დაკავშირება: @",
        "შეერთება ავტორიზებულია: @",
        "접속 수락: @",
        "연결 인증: @",
        "연결종료: @",
        "принято подключение: @",
        "подключение авторизовано: @",
        "отключение: @",
        "ansluting mottagen: @",
        "anslutning auktoriserad: @",
        "nedkoppling: @",
        "з'єднання отримано: @",
        "підключення авторизовано: @",
        "відключення: @",
        "已接收到连接: @",
        "断开连接: @"),
    row(
        MessageKind.TEMPORARY_FILE,
        "temporary file: path \"@\", size #",
        "temporäre Datei: Pfad »@«, Größe #",
        "archivo temporal: ruta «@», tamaño #",
        "fichier temporaire : chemin « @ », taille #",
        "file temporaneo: percorso \"@\", dimensione #",
        "一時ファイル: パス \"@\"、サイズ #",
        "დროებითი ფაილი: ბილიკი \"@\", ზომა #",
        "임시 파일: 경로 \"@\", 크기 #",
        "временный файл: путь \"@\", размер #",
        "temporär fil: sökväg \"@\", storlek #",
        "тимчасовий файл: шлях \"@\", розмір #",
        "临时文件: 路径 \"@\", 大小 #",
        "临时文件: 路径 \"@\", 大小#",
        "暫存檔: 路徑 \"@\", 大小 #"),
    row(
        MessageKind.LOCK_WAITING,
        "process # still waiting for @ after ~ ms",
        "Prozess # wartet immer noch auf @ nach ~ ms",
        "el proceso # aún espera @ después de ~ ms",
        "le processus # est toujours en attente de @ après ~ ms",
        "il processo # è ancora un attesa di @ dopo ~ ms",
        "プロセス#は@で待機しています。~ミリ秒後",
        "# PID 프로세스에서 여전히 @ 작업을 기다리고 있음(~ms 후)",
        "процесс # продолжает ожидать в режиме @ в течение ~ мс",
        "process # väntar fortfarande på @ efter ~ ms",
        "процес # все ще чекає в режимі @ після ~ мс",
        "进程#在~ ms仍然等待在@"),
    row(
        MessageKind.LOCK_WAITED,
        "process # acquired @ after ~ ms",
        "process # failed to acquire @ after ~ ms",
        "process # detected deadlock while waiting for @ after ~ ms",
        "Prozess # erlangte @ nach ~ ms",
        "Prozess # konnte @ nach ~ ms nicht erlangen",
        "Prozess # hat Verklemmung festgestellt beim Warten auf @ nach ~ ms",
        "el proceso # adquirió @ después de ~ ms",
        "el proceso # no pudo adquirir @ después de ~ ms",
        "el proceso # detectó un deadlock mientras esperaba @ después de ~ ms",
        "le processus # a acquis @ après ~ ms",
        "le processus # a échoué pour l'acquisition de @ après ~ ms",
        "le processus # a détecté un verrou mortel alors qu'il était en attente de @ après ~ ms",
        "il processo # ha acquisito @ dopo ~ ms",
        "il processo # ha fallito l'acquisizione di @ dopo ~ ms",
        "il processo # ha individuato un deadlock mentre era in attesa di @ dopo ~ ms",
        "プロセス#は~ ms後に@獲得しました",
        "プロセス#は~ ms後に@獲得することに失敗しました",
        "プロセス#は、@に対し~ ms待機するデッドロックを検知しました",
        "# PID 프로세스가 @ 작업을 위해 잠금 취득함(~ms 후)",
        "프로세스 #에서 @ 취득하지 못함(~ms 후)",
        "# PID 프로세스에서 @ 대기중 ~ms 후에 교착 상태를 감지함",
        "процесс # получил в режиме @ через ~ мс",
        "процесс # не смог получить в режиме @ за ~ мс",
        "процесс # обнаружил взаимоблокировку, ожидая в режиме @ в течение ~ мс",
        "process # fick @ efter ~ ms",
        "process # misslyckades att ta @ efter ~ ms",
        "process # upptäckte deadlock medan den väntade på @ efter ~ ms",
        "процес # отримав в режимі @ після ~ мс",
        "процес # не зміг отримати в режимі @ після ~ мс",
        "процес # виявив взаємне блокування, чекаючи в режимі @ після ~ мс",
        "进程#在~ ms后获取在@",
        "进程#在~ ms等待在@同时监测到死锁"),
  };

  private static final Row[] FAILURES = {
    row(
        MessageKind.CANCELED,
        "57014: @",
        "canceling statement due to @",
        "storniere Anfrage wegen @",
        "cancelando la sentencia debido a @",
        "annulation de la requête à @",
        "annullamento dell'istruzione @",
        "ユーザーからの要求により文をキャンセルしています",
        "ステートメントのタイムアウトのためステートメントをキャンセルしています",
        "ロックのタイムアウトのためステートメントをキャンセルしています",
        "リカバリで競合が発生したためステートメントをキャンセルしています",
        "გამოსახულება გაუქმდება @",
        "გამოსახულების გაუქმება @",
        "사용자 요청에 의해 작업을 취소합니다.",
        "명령실행시간 초과로 작업을 취소합니다.",
        "잠금 대기 시간 초과로 작업을 취소합니다.",
        "복구 작업 중 충돌이 발생해 작업을 중지합니다.",
        "выполнение оператора отменено @",
        "avbryter sats på @",
        "виконання оператора скасовано @",
        "由于用户请求而正在取消查询",
        "由于语句执行超时，正在取消查询命令",
        "由于锁超时，取消语句操作",
        "由于与恢复操作冲突，正在取消语句命令"),
    row(
        MessageKind.DEADLOCK,
        "40P01: @",
        "deadlock detected",
        "Verklemmung (Deadlock) entdeckt",
        "se ha detectado un deadlock",
        "interblocage (deadlock) détecté",
        "rilevato deadlock",
        "デッドロックを検出しました",
        "ნაპოვნია ურთიერთბლოკირება",
        "deadlock 발생했음",
        "обнаружена взаимоблокировка",
        "deadlock upptäckt",
        "виявлено взаємне блокування",
        "检测到死锁"),
  };

  private static final Row[] PARAMETERS = {
    label(
        "parameters: *",
        "Parameters: *",
        "Parameter: *",
        "parámetros: *",
        "paramètres : *",
        "parametri: *",
        "パラメータ: *",
        "პარამეტრები: *",
        "매개 변수: *",
        "параметры: *",
        "parametrar: *",
        "параметри: *",
        "参数: *",
        "參數: *")
  };

  private static final Row[] PREPARED = {
    label(
        "prepare: *",
        "Vorbereiten: *",
        "préparation : *",
        "preparazione: *",
        "準備: *",
        "მომზადება: *",
        "подготовка: *",
        "підготовка: *",
        "预备语句: *",
        "准备: *",
        "預備敘述: *")
  };

  private static final Row[] RUNNING = {
    label(
        "Failed process was running: *",
        "Der fehlgeschlagene Prozess führte aus: *",
        "El proceso que falló estaba ejecutando: *",
        "Le processus qui a échoué exécutait : *",
        "Il processo fallito stava eseguendo: *",
        "失敗したプロセスが実行していました: *",
        "შეცდომის მქონე პროცესს გაშვებული ჰქონდა: *",
        "프로세스 실행 실패: *",
        "Завершившийся процесс выполнял действие: *",
        "Misslyckad process körde: *",
        "Процес що завершився виконував дію: *")
  };

  /** Messages at level LOG; most of the English ones are read without the table. */
  static final Phrases MESSAGE = new Phrases(MESSAGES);

  /** Messages at level ERROR and worse. */
  static final Phrases FAILURE = new Phrases(FAILURES);

  /** Beginning of a DETAIL part that lists parameters. */
  static final Phrases PARAMETER_LIST = new Phrases(PARAMETERS);

  /** Beginning of a DETAIL part with the text that an EXECUTE runs. */
  static final Phrases PREPARED_TEXT = new Phrases(PREPARED);

  /** Beginning of a DETAIL part with what a process ran when it died. */
  static final Phrases RUNNING_TEXT = new Phrases(RUNNING);

  private final Template[][] byFirstByte;

  private Phrases(Row[] rows) {
    List<List<Template>> sorted = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      sorted.add(new ArrayList<>());
    }
    for (Row row : rows) {
      for (String sentence : row.sentences) {
        Template template = new Template(row.kind, sentence);
        int first = template.firstByte();
        for (int b = first < 0 ? '0' : first; b <= (first < 0 ? '9' : first); b++) {
          sorted.get(b).add(template);
        }
      }
    }
    byFirstByte =
        sorted.stream().map(list -> list.toArray(new Template[0])).toArray(Template[][]::new);
  }

  /**
   * The sentence that the text is, with what varies in the match; null when it is none of these.
   */
  @Nullable Template find(Utf8 text, int from, Template.Match match) {
    if (from >= text.length()) {
      return null;
    }
    for (Template template : byFirstByte[text.at(from) & 0xff]) {
      if (template.mayFit(text, from) && template.fits(text, from, match)) {
        return template;
      }
    }
    return null;
  }

  /** What follows the label with which the text begins, as a view; null when it has none. */
  @Nullable Utf8 after(@Nullable Utf8 text) {
    if (text == null || text.isEmpty() || byFirstByte[text.at(0) & 0xff].length == 0) {
      return null;
    }
    Template.Match match = new Template.Match();
    return find(text, 0, match) == null ? null : text.part(match.restFrom());
  }

  private static Row row(MessageKind kind, String... sentences) {
    return new Row(kind, sentences);
  }

  private static Row label(String... sentences) {
    return new Row(MessageKind.OTHER, sentences);
  }

  private static final class Row {
    private final MessageKind kind;
    private final String[] sentences;

    Row(MessageKind kind, String[] sentences) {
      this.kind = kind;
      this.sentences = sentences;
    }
  }
}
