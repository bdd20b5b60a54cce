package dev.logdex.normalizer.structured;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logdex.normalizer.structured.CsvLog.Fed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLogTest {
  private static final String HEAD =
      "2026-11-20 23:54:44.071 UTC,\"postgres\",\"shop\",15070,\"[local]\",6b00ddc4.3ade,22,\"BIND\","
          + "2026-11-20 23:54:44 UTC,3/24,0,LOG,00000,";
  private static final String TAIL_OF_26 =
      ",,,,,,,,,\"samples\",\"client backend\",,-7551236425306139412";

  private CsvLog log = new CsvLog(4096);

  @Test
  void aRecordOnOneLineIsComplete() {
    assertThat(feed(HEAD + "\"duration: 0.030 ms  statement: SELECT \"\"a\"\", 1\"" + TAIL_OF_26))
        .isEqualTo(Fed.ENTRY);

    assertThat(get(LogField.MESSAGE)).isEqualTo("duration: 0.030 ms  statement: SELECT \"a\", 1");
    assertThat(get(LogField.DATABASE)).isEqualTo("shop");
    assertThat(get(LogField.DETAIL)).isNull();
    assertThat(get(LogField.QUERY_ID)).isEqualTo("-7551236425306139412");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",,,,,,,,,\"samples\"",
        ",,,,,,,,,\"samples\",\"client backend\"",
        ",,,,,,,,,\"samples\",\"client backend\",,0",
        ",,,,,,,,,\"samples\",\"client backend\",,0,\"of a later version\"",
        ",,,,,,,,,\"samples\"\r",
      })
  void everyVersionsColumnsAreRead(String tail) {
    assertThat(feed(HEAD + "\"x\"" + tail)).isEqualTo(Fed.ENTRY);

    assertThat(get(LogField.APPLICATION)).isEqualTo("samples");
  }

  @Test
  void anEmptyTextIsNotNoText() {
    assertThat(feed(HEAD + "\"\",\"\",,,,,,,,\"\",\"client backend\",,0")).isEqualTo(Fed.ENTRY);

    assertThat(get(LogField.MESSAGE)).isEmpty();
    assertThat(get(LogField.DETAIL)).isEmpty();
    assertThat(get(LogField.HINT)).isNull();
    assertThat(get(LogField.APPLICATION)).isEmpty();
  }

  @Test
  void furtherLinesAreTakenAsTheyAre() {
    assertThat(feed(HEAD + "\"statement: SELECT id,")).isEqualTo(Fed.MORE);
    assertThat(feed("\tname, '\"\"'")).isEqualTo(Fed.MORE);
    assertThat(feed("")).isEqualTo(Fed.MORE);
    assertThat(feed("<134>1 2026-11-20T23:54:44Z vm postgres 1 - - x")).isEqualTo(Fed.MORE);
    assertThat(feed("FROM t\",\"parameters: $1 = 'a")).isEqualTo(Fed.MORE);
    assertThat(feed("b'\",,,,,,,,\"samples\",\"client backend\",,0")).isEqualTo(Fed.ENTRY);

    assertThat(get(LogField.MESSAGE))
        .isEqualTo(
            "statement: SELECT id,\n\tname, '\"'\n\n<134>1 2026-11-20T23:54:44Z vm postgres 1 - - x"
                + "\nFROM t");
    assertThat(get(LogField.DETAIL)).isEqualTo("parameters: $1 = 'a\nb'");
  }

  @Test
  void aRecordThatAStatementHoldsIsText() {
    String held = HEAD.replace("\"", "\"\"") + "\"\"x\"\"" + TAIL_OF_26.replace("\"", "\"\"");
    assertThat(feed(HEAD + "\"INSERT INTO log VALUES ('")).isEqualTo(Fed.MORE);
    assertThat(feed(held)).isEqualTo(Fed.MORE);
    assertThat(feed("')\"" + TAIL_OF_26)).isEqualTo(Fed.ENTRY);

    assertThat(get(LogField.MESSAGE))
        .isEqualTo("INSERT INTO log VALUES ('\n" + HEAD + "\"x\"" + TAIL_OF_26 + "\n')");
  }

  @Test
  void aRecordOfABackgroundProcessThatAStatementHoldsAtItsEndIsText() {
    String background =
        "2026-11-20 23:54:44.071 UTC,,,7,,6b00ddc4.7,2,,2026-11-20 23:54:44 UTC,,0,LOG,00000,";
    assertThat(feed(HEAD + "\"SELECT '")).isEqualTo(Fed.MORE);
    assertThat(feed(background + "\"\"a\"\",,,,,,,,,\"\"\"\"')\"" + TAIL_OF_26))
        .isEqualTo(Fed.ENTRY);

    assertThat(get(LogField.MESSAGE)).endsWith(",LOG,00000,\"a\",,,,,,,,,\"\"')");
  }

  @Test
  void aLostLineCostsOneRecordAndNotTheRestOfTheFile() {
    assertThat(feed(HEAD + "\"SELECT 1,")).isEqualTo(Fed.MORE);
    assertThat(feed(HEAD + "\"SELECT 2\"" + TAIL_OF_26)).isEqualTo(Fed.ENTRY);
    assertThat(log.isCutShort()).isTrue();
    assertThat(log.excerpt().toString()).endsWith("SELECT 1,");
    assertThat(get(LogField.MESSAGE)).isEqualTo("SELECT 2");

    assertThat(feed(HEAD + "\"SELECT 3,")).isEqualTo(Fed.MORE);
    assertThat(log.isCutShort()).isFalse();
    assertThat(feed(HEAD + "\"SELECT 4,")).isEqualTo(Fed.MORE);
    assertThat(log.isCutShort()).isTrue();
    assertThat(feed("4\"" + TAIL_OF_26)).isEqualTo(Fed.ENTRY);
    assertThat(get(LogField.MESSAGE)).isEqualTo("SELECT 4,\n4");
  }

  @Test
  void whatIsTooLongIsSwallowedToItsEnd() {
    assertThat(feed(HEAD + "\"SELECT")).isEqualTo(Fed.MORE);
    assertThat(feed("x".repeat(5000))).isEqualTo(Fed.TOO_LONG);
    assertThat(log.excerpt().toString()).startsWith("2026-11-20 23:54:44.071 UTC");
    assertThat(log.keptBytes()).isZero();
    assertThat(feed("y \"\"z\"\"")).isEqualTo(Fed.SWALLOWED);
    assertThat(feed("\"" + TAIL_OF_26)).isEqualTo(Fed.SWALLOWED);
    assertThat(feed(HEAD + "\"SELECT 2\"" + TAIL_OF_26)).isEqualTo(Fed.ENTRY);
    assertThat(log.isCutShort()).isFalse();
  }

  @Test
  void afterWhatIsTooLongTheNextRecordIsFoundThoughQuotesAreLost() {
    assertThat(feed(HEAD + "\"" + "x".repeat(5000))).isEqualTo(Fed.TOO_LONG);
    assertThat(feed(HEAD + "\"SELECT 2\"" + TAIL_OF_26)).isEqualTo(Fed.ENTRY);
    assertThat(log.isCutShort()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pg_ctl: could not start server",
        "2026-11-20 23:54:44.071 UTC [15070] LOG:  a,b,c,d,e,f,g,h,i,j,k,l,m,n",
        "2026-11-20 23:54:44.071 UTC,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q",
        "2026-11-20 23:54:44.071 UTC,\"postgres\",\"shop\",15070",
        "\tname\"" + TAIL_OF_26,
      })
  void otherLinesAreNotTaken(String line) {
    assertThat(feed(line)).isEqualTo(Fed.NOT_TAKEN);
    assertThat(log.isOpen()).isFalse();
  }

  @Test
  void balancedQuotesAloneMakeNoRecord() {
    assertThat(feed(HEAD + "\"cut off\"")).isEqualTo(Fed.DAMAGED);
    assertThat(feed(HEAD + "\"a\"b\",,\"" + TAIL_OF_26)).isEqualTo(Fed.DAMAGED);
    assertThat(feed(HEAD + "\"SELECT 2\"" + TAIL_OF_26)).isEqualTo(Fed.ENTRY);
  }

  @Test
  void anExportersHeaderAndQuotesDoNoHarm() {
    assertThat(feed("log_time,user_name,database_name,process_id")).isEqualTo(Fed.HEADER);
    assertThat(
            feed(
                "\"2026-11-20 23:54:44.071 UTC\",\"u\",\"d\",\"7\",\"::1:61349\",\"6b00ddc4.7\",\"2\",\"\","
                    + "\"2026-11-20 23:54:44 UTC\",\"\",\"0\",\"LOG\",\"00000\",\"x\""
                    + ",\"\"".repeat(9)))
        .isEqualTo(Fed.ENTRY);
    assertThat(get(LogField.TIME)).isEqualTo("2026-11-20 23:54:44.071 UTC");
    assertThat(FieldReader.host(log.entry())).isEqualTo("::1");
  }

  @Test
  void whatIsOpenGoesOnAfterARestart() throws IOException {
    assertThat(feed(HEAD + "\"SELECT 1,")).isEqualTo(Fed.MORE);
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    log.write(new DataOutputStream(state));
    log = new CsvLog(4096);
    log.read(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));

    assertThat(feed("2\"" + TAIL_OF_26)).isEqualTo(Fed.ENTRY);
    assertThat(get(LogField.MESSAGE)).isEqualTo("SELECT 1,\n2");
  }

  private Fed feed(String line) {
    byte[] bytes = ("#" + line + "#").getBytes(UTF_8);
    return log.feed(bytes, 1, bytes.length - 1);
  }

  private @Nullable String get(LogField field) {
    var value = log.entry().get(field);
    return value == null ? null : value.toString();
  }
}
