package dev.logdex.normalizer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.event.DeadLetterReason;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {
  private final Conversation log = new Conversation();

  /**
   * Statement; execute; fetch; parse; bind; duration; announced statement and execute; call by
   * fastpath; labels of parameters and of a prepared text.
   */
  static List<Arguments> languages() {
    return List.of(
        language(
            "duration: 0.018 ms  statement: ",
            "duration: 0.018 ms  execute S_1/C_1: ",
            "duration: 0.018 ms  execute fetch from S_1/C_1: ",
            "duration: 0.018 ms  parse S_1: ",
            "duration: 0.018 ms  bind S_1/C_1: ",
            "duration: 0.018 ms",
            "statement: ",
            "execute S_1: ",
            "duration: 0.018 ms  fastpath function call: \"lo_open\" (OID 952)",
            "parameters: ",
            "prepare: "),
        language(
            "Dauer: 0.018 ms  Anweisung: ",
            "Dauer: 0.018 ms  Ausführen S_1/C_1: ",
            "Dauer: 0.018 ms  Ausführen Fetch von S_1/C_1: ",
            "Dauer: 0.018 ms  Parsen S_1: ",
            "Dauer: 0.018 ms  Binden S_1/C_1: ",
            "Dauer: 0.018 ms",
            "Anweisung: ",
            "Ausführen S_1: ",
            "Dauer: 0.018 ms  Fastpath-Funktionsaufruf: »lo_open« (OID 952)",
            "Parameter: ",
            "Vorbereiten: "),
        language(
            "duración: 0.018 ms  sentencia: ",
            "duración: 0.018 ms  ejecutar S_1/C_1: ",
            "duración: 0.018 ms  ejecutar fetch desde S_1/C_1: ",
            "duración: 0.018 ms  parse: S_1: ",
            "duración: 0.018 ms  bind S_1/C_1: ",
            "duración: 0.018 ms",
            "sentencia: ",
            "ejecutar S_1: ",
            "duración: 0.018 ms  llamada a función fastpath: «lo_open» (OID 952)",
            "parámetros: ",
            "prepare: "),
        language(
            "durée\u00a0: 0.018 ms, instruction\u00a0: ",
            "durée\u00a0: 0.018 ms  exécute S_1/C_1: ",
            "durée\u00a0: 0.018 ms  exécute fetch à partir de S_1/C_1: ",
            "durée : 0.018 ms, analyse S_1 : ",
            "durée\u00a0: 0.018 ms, lien S_1/C_1\u00a0: ",
            "durée\u00a0: 0.018 ms",
            "instruction\u00a0: ",
            "exécute S_1: ",
            "durée : 0.018 ms, appel de fonction fastpath : « lo_open » (OID 952)",
            "paramètres\u00a0: ",
            "préparation : "),
        language(
            "durata: 0.018 ms  istruzione: ",
            "durata: 0.018 ms  esecuzione di S_1/C_1: ",
            "durata: 0.018 ms  esecuzione di fetch da S_1/C_1: ",
            "durata: 0.018 ms  analisi di S_1: ",
            "durata: 0.018 ms  bind S_1/C_1: ",
            "durata: 0.018 ms",
            "istruzione: ",
            "esecuzione di S_1: ",
            "durata: 0.018 ms  chiamata funzione fastpath: \"lo_open\" (OID 952)",
            "parametri: ",
            "preparazione: "),
        language(
            "期間: 0.018 ミリ秒  文: ",
            "期間: 0.018 ミリ秒  実行 S_1/C_1: ",
            "期間: 0.018 ミリ秒  取り出し実行 S_1/C_1: ",
            "期間: 0.018 ミリ秒  パースS_1 : ",
            "期間: 0.018 ミリ秒  バインド S_1/C_1: ",
            "期間: 0.018 ミリ秒",
            "文: ",
            "実行 S_1: ",
            "期間: 0.018ミリ秒 ファストパス関数呼び出し: \"lo_open\" (OID 952)",
            "パラメータ: ",
            "準備: "),
        language(
            "ხანგრძლივობა: 0.018 მწმ  გამოსახულება: ",
            "ხანგრძლივობა: 0.018 მწმs  გაშვება S_1/C_1: ",
            "ხანგრძლივობა: 0.018 მწმs  execute fetch from S_1/C_1: ",
            "ხანგრძლივობა: 0.018 მწმ  S_1-ის დამუშავება: ",
            "ხანგრძლივობა: 0.018 მწმ  მიბმა S_1/C_1: ",
            "ხანგრძლივობა: 0.018 მწმ",
            "ოპერატორი: ",
            "გაშვება S_1: ",
            "duration: 0.018 ms  fastpath function call: \"lo_open\" (OID 952)",
            "პარამეტრები: ",
            "მომზადება: "),
        language(
            "실행시간: 0.018 ms  명령 구문: ",
            "수행시간: 0.018 ms  쿼리실행 S_1/C_1: ",
            "수행시간: 0.018 ms  자료뽑기 S_1/C_1: ",
            "실행시간: 0.018 ms  S_1 구문분석: ",
            "실행시간: 0.018 ms  S_1/C_1 접속: ",
            "실행시간: 0.018 ms",
            "명령 구문: ",
            "쿼리실행 S_1: ",
            "작업시간: 0.018 ms  fastpath 함수 호출: \"lo_open\" (OID 952)",
            "매개 변수: ",
            "prepare: "),
        language(
            "продолжительность: 0.018 мс, оператор: ",
            "продолжительность: 0.018 мс  выполнение S_1/C_1: ",
            "продолжительность: 0.018 мс  выборка из S_1/C_1: ",
            "продолжительность: 0.018 мс, разбор S_1: ",
            "продолжительность: 0.018 мс, сообщение Bind S_1/C_1: ",
            "продолжительность: 0.018 мс",
            "оператор: ",
            "выполнение S_1: ",
            "продолжительность 0.018 мс, вызов функции (через fastpath): \"lo_open\" (OID 952)",
            "параметры: ",
            "подготовка: "),
        language(
            "varaktighet: 0.018 ms  sats: ",
            "varaktighet: 0.018 ms  kör S_1/C_1: ",
            "varaktighet: 0.018 ms  kör hämtning från S_1/C_1: ",
            "varaktighet: 0.018 ms  parse S_1: ",
            "varaktighet: 0.018 ms  bind S_1/C_1: ",
            "varaktighet 0.018 ms",
            "sats: ",
            "kör S_1: ",
            "varaktighet: 0.018 ms  fastpath funktionsanrop: \"lo_open\" (OID 952)",
            "parametrar: ",
            "prepare: "),
        language(
            "тривалість: 0.018 мс, оператор: ",
            "тривалість: 0.018 мс виконувати S_1/C_1: ",
            "тривалість: 0.018 мс виконати витягнення з S_1/C_1: ",
            "тривалість: 0.018 мс, аналізування S_1: ",
            "тривалість: 0.018 мс, повідомлення bind S_1/C_1: ",
            "тривалість: 0.018 мс",
            "оператор: ",
            "виконувати S_1: ",
            "тривалість: 0.018 мс, виклик функції fastpath: \"lo_open\" (OID 952)",
            "параметри: ",
            "підготовка: "),
        language(
            "耗时: 0.018 ms  语句: ",
            "耗时: 0.018 ms  执行 S_1/C_1: ",
            "耗时: 0.018 ms  执行提取，来源为 S_1/C_1: ",
            "耗时: 0.018 ms  解析 S_1: ",
            "耗时: 0.018 ms  绑定 S_1/C_1: ",
            "耗时: 0.018 ms",
            "语句: ",
            "执行 S_1: ",
            "耗时: 0.018 ms  fastpath 函数调用: \"lo_open\"（OID 952）",
            "参数: ",
            "预备语句: "),
        language(
            "执行时间: 0.018 ms 语句: ",
            "执行时间: 0.018 ms 执行S_1/C_1: ",
            "执行时间: 0.018 ms 执行FETCH操作S_1/C_1: ",
            "执行时间: 0.018 ms  解析 S_1: ",
            "执行时间: 0.018 ms 绑定S_1/C_1: ",
            "执行时间: 0.018 ms",
            "语句: ",
            "执行 S_1: ",
            "持续时间: 0.018 ms  快速路经的函数调用: \"lo_open\" (OID 952)",
            "参数: ",
            "准备: "),
        language(
            "持續時間: 0.018 毫秒  陳述式: ",
            "持續時間: 0.018 毫秒  執行 S_1/C_1: ",
            "持續時間: 0.018 毫秒  執行擷取，來源為 S_1/C_1: ",
            "持續時間: 0.018 毫秒  解析 S_1: ",
            "持續時間: 0.018 毫秒  繫結 S_1/C_1: ",
            "持續時間: 0.018 毫秒",
            "陳述式: ",
            "執行 S_1: ",
            "持續時間: 0.018 毫秒  快速路徑函式呼叫: \"lo_open\" (OID 952)",
            "參數: ",
            "預備敘述: "));
  }

  private static Arguments language(String... phrases) {
    return Arguments.of(List.of(phrases));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyLanguageIsRead(List<String> says) {
    String sql = "SELECT 'duration: 1 ms  statement: x', ':  ',\n $1";
    log.say(says.get(0) + sql);
    log.withDetail(says.get(1) + sql, says.get(9) + "$1 = 'o''clock'");
    log.say(says.get(2) + sql);
    log.say(says.get(3) + sql);
    log.say(says.get(4) + sql);
    log.say(says.get(6) + sql);
    log.say(says.get(5));
    log.say(says.get(7) + sql);
    log.say(says.get(5));
    log.say(says.get(5));
    log.say(says.get(8));
    log.withDetail(says.get(0) + "EXECUTE p(7)", says.get(10) + "PREPARE p AS " + sql);
    log.log.settleAll();

    assertThat(log.statements()).containsExactly(sql, sql, sql, sql, sql);
    assertThat(log.executions).extracting(SeenExecution::elapsedMs).containsOnly(0.018);
    assertThat(log.executions.get(1).parameters()).containsExactly("o'clock");
    assertThat(log.executions.get(4).parameters()).containsExactly("7");
    assertThat(log.events)
        .containsExactly(
            "FETCH " + sql + " 0.018", "PARSE " + sql + " 0.018", "BIND " + sql + " 0.018");
    assertThat(log.log.counts().durationsAlone()).isOne();
    assertThat(log.log.counts().durationsAloneMs()).isEqualTo(0.018);
    assertThat(log.log.counts().fastpathCalls()).isOne();
    assertThat(log.reasons).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "czas trwania: 0.032 ms  wyrażenie: SELECT 1",
        "czas trwania: 0.032 ms",
        "duração: 0.032 ms  comando: SELECT 1",
        "süre: 0.032 milisaniye  ifade: SELECT 1",
        "durée: 0.032 msec, requête: SELECT 1",
      })
  void anUnknownLanguageIsToldOnceAndCounted(String message) {
    log.say(message, message, message);

    assertThat(log.executions).isEmpty();
    assertThat(log.reasons).containsExactly(DeadLetterReason.UNSUPPORTED_LANGUAGE);
    assertThat(log.log.counts().messagesInUnknownLanguage()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "checkpoint complete: wrote 78 buffers (0.5%); 0 WAL file(s) added",
        "elapsed: 0.00 s",
        "autovacuum: 1.234",
        "a: 1.2345 ms",
        "key=a: 1.234 ms",
        "the 3rd word: 1.234 ms",
        "x: 1.234 ms of it",
        "执行计划变更: 完成",
        "执行完毕: 0.1",
        ": 1.234 ms",
        "''",
      })
  void otherMessagesAreInNoUnknownLanguage(String message) {
    log.say(message);
    log.log.settleAll();

    assertThat(log.executions).isEmpty();
    assertThat(log.reasons).isEmpty();
  }
}
