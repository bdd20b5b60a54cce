package dev.logdex.normalizer.logline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names with blanks and separators in them. */
class NamesTest {
  private final KnownNames names = new KnownNames();
  private final PrefixMatch match = new PrefixMatch();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "`%m [%p] %q%u@%d `; `we ird@ro[le]`; `my db-1`; psql",
        "`%p-%s-%c-%l-%h-%u-%d-%m `; svc-report; shop; psql",
        "`%m [%p] %d %a %u %h %c `; app; shop; PostgreSQL JDBC Driver",
        "`%m [%p] %d %a %u %h %c `; app; shop; `x LOG:  y`",
        "`<%t %r %a %d %u %p %c %i>`; app; shop; `x LOG:  y`",
        "`%m [%p] %q[user=%u,db=%d,app=%a] `; app; shop; `a, b] c`",
        "`%m [%p] %q[user=%u,db=%d,app=%a] `; `a,db=b`; shop; `[0 of 5 busy]`",
        "%t:%r:%u@%d:[%p]:; `a:b`; `c d`; psql",
        "`%m [%p] %a %u@%d `; app; shop; my application",
      })
  void whatCanBeToldWithoutKnowledgeIsTold(
      String prefix, String user, String database, String application) {
    assertRead(prefix, user, database, application);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "`%p-%s-%c-%l-%h-%u-%d-%m `; svc-report; my-db; psql",
        "%p-%u-%d-; svc; report-shop; psql",
        "`%m [%p] %d %a %u %h %c `; `we ird`; `my db`; my application",
        "`%m [%p] %q%u@%d `; a; `b@c`; psql",
        "`%m [%p] %u@%d %a `; `we ird@ro[le]`; `my db-1`; `x LOG:  y`",
        "`%m [%p] %q[user=%u,db=%d,app=%a] `; `a,db=b`; `c,app=d`; e",
      })
  void whatWasAuthorizedIsPreferred(
      String prefix, String user, String database, String application) {
    assertThat(
            names.learn(
                "connection authorized: user="
                    + user
                    + " database="
                    + database
                    + " application_name="
                    + application
                    + " SSL enabled (protocol=TLSv1.3, cipher=TLS_AES_256_GCM_SHA384, bits=256)"))
        .isTrue();

    assertRead(prefix, user, database, application);
  }

  @Test
  void whatIsLearntOutlivesARestart() {
    names.learn("connection authorized: user=svc database=report-shop application_name=a-b");
    KnownNames restored = new KnownNames();
    restored.restore(names.toList());

    assertThat(restored.toList()).isEqualTo(names.toList());
    byte[] line = "7-svc-report-shop-a-b-LOG:  x".getBytes(UTF_8);
    LinePrefix.compile("%p-%u-%d-%a-").match(line, 0, line.length, match, restored);
    assertThat(List.of(match.user(), match.database(), match.application()))
        .containsExactly("svc", "report-shop", "a-b");
  }

  @Test
  void knownNamesAreBounded() {
    for (int i = 0; i < 5000; i++) {
      names.learn("connection authorized: user=u" + i + " database=d application_name=a" + i);
    }

    assertThat(names.toList()).hasSize(2 * 512 + 1 + 512);
    assertThat(names.learn("connection authorized: user=new database=d")).isFalse();
  }

  @Test
  void aLineMadeToBeReadInAMillionWaysIsReadOrGivenUp() {
    byte[] line =
        ("2026-11-21 00:23:45.389 UTC [1] " + "a ".repeat(2000) + "LOG:  x").getBytes(UTF_8);

    assertThat(
            LinePrefix.compile("%m [%p] %d %a %u %i %b ").match(line, 0, line.length, match, names))
        .isFalse();
  }

  private void assertRead(String prefix, String user, String database, String application) {
    Map<Character, String> values = new HashMap<>(PrintedLine.SESSION);
    values.put('u', user);
    values.put('d', database);
    values.put('a', application);
    byte[] line = PrintedLine.session(prefix, values, "LOG:  duration: 1 ms  statement: SELECT 1");

    assertThat(LinePrefix.compile(prefix).match(line, 0, line.length, match, names)).isTrue();

    assertThat(match.user()).isEqualTo(user);
    assertThat(match.database()).isEqualTo(database);
    assertThat(match.application()).isEqualTo(prefix.contains("%a") ? application : "");
    assertThat(new String(line, match.textFrom(), line.length - match.textFrom(), UTF_8))
        .isEqualTo("duration: 1 ms  statement: SELECT 1");
  }
}
