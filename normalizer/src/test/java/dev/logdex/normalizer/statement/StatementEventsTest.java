package dev.logdex.normalizer.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementEventsTest {
  private final Conversation log = new Conversation();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "duration: 0.123 ms  parse <unnamed>: SELECT $1 | PARSE SELECT $1 0.123",
        "duration: 0.123 ms  bind S_1/C_1: SELECT $1 | BIND SELECT $1 0.123",
        "duration: 0.123 ms  bind py:0x7fde12d61b80: SELECT $1 | BIND SELECT $1 0.123",
        "duration: 0.123 ms  execute fetch from S_1/C_1: SELECT 1 | FETCH SELECT 1 0.123",
      })
  void phasesOfTheExtendedProtocolAreEventsWithTheirTime(String message, String event) {
    log.say(message);

    assertThat(log.executions).isEmpty();
    assertThat(log.events).containsExactly(event);
  }

  @Test
  void anAnnouncedFetchTakesItsDuration() {
    log.say("execute fetch from S_1/C_1: SELECT 1", "duration: 2.5 ms");
    log.say("execute fetch from S_1/C_1: SELECT 1", "execute fetch from S_1/C_1: SELECT 1");
    log.log.settleAll();

    assertThat(log.executions).isEmpty();
    assertThat(log.events)
        .containsExactly("FETCH SELECT 1 2.5", "FETCH SELECT 1", "FETCH SELECT 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "division by zero | ERROR",
        "22012: division by zero | ERROR",
        "canceling statement due to user request | CANCELED",
        "canceling statement due to statement timeout | CANCELED",
        "57014: canceling statement due to user request | CANCELED",
        "55P03: canceling statement due to lock timeout | CANCELED",
        "[postgres.cc:12]  canceling statement due to user request | CANCELED",
        "57014: Abfrage abgebrochen | CANCELED",
        "storniere Anfrage wegen Benutzeraufforderung | CANCELED",
        "cancelando la sentencia debido a una petición del usuario | CANCELED",
        "annulation de la requête à la demande de l'utilisateur | CANCELED",
        "annullamento dell'istruzione su richiesta dell'utente | CANCELED",
        "ユーザーからの要求により文をキャンセルしています | CANCELED",
        "사용자 요청에 의해 작업을 취소합니다. | CANCELED",
        "выполнение оператора отменено по запросу пользователя | CANCELED",
        "avbryter sats på användares begäran | CANCELED",
        "виконання оператора скасовано по запиту користувача | CANCELED",
        "由于用户请求而正在取消查询 | CANCELED",
      })
  void anErrorIsAnEventOfItsStatement(String message, String kind) {
    log.error(message, "SELECT 1/0");

    assertThat(log.executions).isEmpty();
    assertThat(log.events).containsExactly(kind + " SELECT 1/0");
  }

  @Test
  void anErrorWithoutItsStatementIsAboutTheAnnouncedOne() {
    log.say("statement: SELECT 1/0");
    log.error("division by zero", null);
    log.error("nothing runs", null);

    assertThat(log.executions).isEmpty();
    assertThat(log.events).containsExactly("ERROR SELECT 1/0");
  }

  @Test
  void anErrorAboutAnotherStatementIsBoth() {
    log.say("statement: SELECT 1");
    log.error("syntax error", "SELEC 2");

    assertThat(log.statements()).containsExactly("SELECT 1");
    assertThat(log.events).containsExactly("ERROR SELEC 2");
  }

  @Test
  void parametersInTheContextOfAnErrorGoNowhere() {
    log.context = "unnamed portal with parameters: $1 = 'secret'";
    log.error("division by zero", "SELECT 1 / $1");

    assertThat(log.events).containsExactly("ERROR SELECT 1 / $1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ";", "-- comment"})
  void anErrorAboutNothingIsNone(String statement) {
    log.error("syntax error", statement);

    assertThat(log.events).isEmpty();
  }

  @Test
  void aCutStatementLosesTheMark() {
    log.error("syntax error", "SELECT 1, [Your log message was truncated]");

    assertThat(log.events).containsExactly("ERROR SELECT 1, ");
  }

  @Test
  void aWaitForALockIsToldOnceWithItsWholeTime() {
    String waiting = "process 14049 still waiting for ShareLock on transaction 726 after ";
    log.about(waiting + "200.573 ms", "update t set name='b' where id=1");
    log.about(waiting + "400.001 ms", "update t set name='b' where id=1");
    log.about(
        "process 14049 acquired ShareLock on transaction 726 after 1104.615 ms",
        "update t set name='b' where id=1");
    log.say("duration: 1105.036 ms  statement: update t set name='b' where id=1");

    assertThat(log.events).containsExactly("LOCK_WAIT update t set name='b' where id=1 1104.615");
    assertThat(log.executions).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "process 1 failed to acquire ShareLock on transaction 726 after 1104.615 ms",
        "process 1 detected deadlock while waiting for ShareLock on transaction 7 after 1104.615 ms",
        "Prozess 1 erlangte ShareLock-Sperre auf Transaktion 7 nach 1104,615 ms",
        "el proceso 1 adquirió ShareLock en transacción 7 después de 1104.615 ms",
        "le processus 1 a acquis ShareLock sur transaction 7 après 1104.615 ms",
        "il processo 1 ha acquisito ShareLock su transazione 7 dopo 1104.615 ms",
        "プロセス1は1104.615 ms後にトランザクション 7上のShareLockを獲得しました",
        "1 PID 프로세스가 ShareLock(7) 작업을 위해 잠금 취득함(1104.615ms 후)",
        "процесс 1 получил в режиме ShareLock блокировку \"транзакция 7\" через 1104.615 мс",
        "process 1 fick ShareLock på transaktion 7 efter 1104.615 ms",
        "процес 1 отримав в режимі ShareLock блокування транзакція 7 після 1104.615 мс",
        "进程1在1104.615 ms后获取在事务7上的ShareLock",
      })
  void aWaitEndsInSeveralWaysAndLanguages(String message) {
    log.about("process 1 still waiting for ShareLock on transaction 7 after 200.1 ms", "UPDATE t");
    log.about(message, "UPDATE t");

    assertThat(log.events).containsExactly("LOCK_WAIT UPDATE t 1104.615");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "process 1 still waiting for ShareLock on transaction 726 after 200.5 ms",
        "Prozess 1 wartet immer noch auf ShareLock-Sperre auf Transaktion 726 nach 200,5 ms",
        "プロセス1はShareLockをトランザクション 7で待機しています。200.5ミリ秒後",
        "进程1在200.5 ms仍然等待在事务7上的ShareLock",
      })
  void aWaitThatEndsInAnErrorIsToldWithWhatIsKnown(String message) {
    log.say("statement: UPDATE t");
    log.say(message);
    log.error("canceling statement due to lock timeout", "UPDATE t");

    assertThat(log.events).containsExactly("LOCK_WAIT UPDATE t 200.5", "CANCELED UPDATE t");
    assertThat(log.executions).isEmpty();
  }

  @Test
  void aWaitOutlivesARestart() throws IOException {
    log.about("process 1 still waiting for ShareLock on transaction 7 after 200.5 ms", "UPDATE t");
    log.restart();
    log.log.settleAll();

    assertThat(log.events).containsExactly("LOCK_WAIT UPDATE t 200.5");
  }

  @Test
  void aWaitWithoutItsStatementIsNothing() {
    log.say("process 1 still waiting for ShareLock on transaction 7 after 200.5 ms");
    log.say("recovery still waiting after 200.5 ms: recovery conflict on lock");
    log.log.settleAll();

    assertThat(log.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deadlock detected|Process # waits for ShareLock on transaction 727; blocked by process",
        "40P01: whatever|Process # waits for ShareLock on transaction 727; blocked by process",
        "Verklemmung (Deadlock) entdeckt|Prozess # wartet auf ShareLock auf 727; blockiert von",
        "デッドロックを検出しました|プロセス #は ShareLock を 727 で待機しています",
        "检测到死锁|进程# 等待在 727",
      })
  void aDeadlockTellsWhatEachProcessRan(String texts) {
    String[] text = texts.split("\\|", -1);
    String word = text[1].substring(0, text[1].indexOf('#'));
    String detail =
        (text[1].replace("#", "14047") + " 14049.\n" + text[1].replace("#", "14049") + " 14047.\n")
            + (word + "14047: update t set name='a\nProcess 1: fake' where id=2\n")
            + (word + "14049: update t set name='b' where id=1");
    log.say("ERROR", text[0], detail, "update t set name='a\nProcess 1: fake' where id=2");

    assertThat(log.events)
        .containsExactly(
            "ERROR update t set name='a\nProcess 1: fake' where id=2",
            "DEADLOCK update t set name='a\nProcess 1: fake' where id=2",
            "DEADLOCK update t set name='b' where id=1");
    assertThat(log.users).containsExactly("app", "app", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Process", "Process 1", "Process 1: x", "Process 1 waits\nProcess 2"})
  void aDeadlockThatTellsNothingIsAnErrorOnly(String detail) {
    log.say("ERROR", "deadlock detected", detail, "UPDATE t");

    assertThat(log.events).containsExactly("ERROR UPDATE t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "temporary file: path \"base/pgsql_tmp/pgsql_tmp14045.0\", size 1433600",
        "temporäre Datei: Pfad »base/pgsql_tmp/pgsql_tmp14045.0«, Größe 1433600",
        "archivo temporal: ruta «base/pgsql_tmp/pgsql_tmp14045.0», tamaño 1433600",
        "fichier temporaire\u00a0: chemin «\u00a0base/x\u00a0», taille 1433600",
        "file temporaneo: percorso \"base/pgsql_tmp/pgsql_tmp14045.0\", dimensione 1433600",
        "一時ファイル: パス \"base/pgsql_tmp/pgsql_tmp14045.0\"、サイズ 1433600",
        "დროებითი ფაილი: ბილიკი \"base/pgsql_tmp/pgsql_tmp14045.0\", ზომა 1433600",
        "임시 파일: 경로 \"base/pgsql_tmp/pgsql_tmp14045.0\", 크기 1433600",
        "временный файл: путь \"base/pgsql_tmp/pgsql_tmp14045.0\", размер 1433600",
        "temporär fil: sökväg \"base/pgsql_tmp/pgsql_tmp14045.0\", storlek 1433600",
        "тимчасовий файл: шлях \"base/pgsql_tmp/pgsql_tmp14045.0\", розмір 1433600",
        "临时文件: 路径 \"base/pgsql_tmp/pgsql_tmp14045.0\", 大小 1433600",
        "暫存檔: 路徑 \"base/pgsql_tmp/pgsql_tmp14045.0\", 大小 1433600",
      })
  void aTemporaryFileIsAnEventWithItsSize(String message) {
    log.about(message, "select count(*) from x");

    assertThat(log.events).containsExactly("TEMPORARY_FILE select count(*) from x 1433600");
  }

  @Test
  void whatADeadProcessRanIsAnErrorAndNoExecution() {
    log.backend = "db1/14067";
    log.say("statement: select pg_sleep(5), 'crash'");
    log.backend = "db1/14014";
    log.withDetail(
        "server process (PID 14067) was terminated by signal 9: Killed",
        "Failed process was running: select pg_sleep(5)");
    log.log.settleAll();

    assertThat(log.events).containsExactly("ERROR select pg_sleep(5), 'crash'");
    assertThat(log.executions).isEmpty();
  }

  @Test
  void whatAnUnknownDeadProcessRanIsAnErrorToo() {
    log.withDetail(
        "Serverprozess (PID 1) wurde von Signal 9 beendet",
        "Der fehlgeschlagene Prozess führte aus: SELECT 1");

    assertThat(log.events).containsExactly("ERROR SELECT 1");
  }

  @ParameterizedTest
  @CsvSource({"LOG", "WARNING", "NOTICE", "INFO", "DEBUG"})
  void whatAStatementRaisesIsNothing(String level) {
    log.say(level, "duration: 1 ms  statement: SELECT fake", null, "DO $$ x $$");
    log.say(level, "statement: SELECT fake", null, "DO $$ x $$");
    log.context = "PL/pgSQL function inline_code_block line 1 at RAISE";
    log.say(level, "duration: 1 ms  statement: SELECT fake", null, null);
    log.log.settleAll();

    assertThat(log.events).isEmpty();
    assertThat(log.executions).isEmpty();
  }
}
