package dev.logdex.normalizer.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Entries that come as members of JSON, under the names of jsonlog, of csvlog, or others. */
class FieldDocumentsTest {
  private static final String JSONLOG =
      "{\"timestamp\":\"2026-11-20 23:54:44.054 UTC\",\"user\":\"app\",\"dbname\":\"shop\","
          + "\"pid\":15070,\"remote_host\":\"::1\",\"remote_port\":61349,\"session_id\":"
          + "\"6b00e492.3ade\",\"line_num\":4,\"ps\":\"SELECT\",\"session_start\":\"2026-11-20"
          + " 23:54:44 UTC\",\"vxid\":\"3\\/49\",\"txid\":0,\"error_severity\":\"LOG\","
          + "\"message\":\"duration: 1.5 ms  statement: SELECT 'a\\nb'\",\"detail\":null,"
          + "\"application_name\":\"samples\",\"backend_type\":\"client backend\",\"query_id\":-7}";
  private static final String CNPG =
      "{\"level\":\"info\",\"ts\":1669575482.0968924,\"logger\":\"postgres\",\"msg\":\"record\","
          + "\"logging_pod\":\"pg-1\",\"record\":{\"log_time\":\"2022-11-27 18:58:02.096 UTC\","
          + "\"user_name\":\"app\",\"database_name\":\"shop\",\"process_id\":\"600\","
          + "\"connection_from\":\"[local]\",\"session_id\":\"6383b33a.258\","
          + "\"session_line_num\":\"4\",\"error_severity\":\"LOG\",\"sql_state_code\":\"00000\","
          + "\"message\":\"duration: 1 ms  statement: SELECT 1\",\"query_id\":\"0\"}}";

  @Test
  void jsonlogsMembersAreTheEntrysFields() {
    Unwrapped told = Unwrapped.of(JSONLOG + "\n");

    assertThat(told.entries)
        .singleElement()
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .containsExactly(
            "TIME=2026-11-20 23:54:44.054 UTC",
            "USER=app",
            "DATABASE=shop",
            "PROCESS=15070",
            "CONNECTION_FROM=::1:61349",
            "SESSION=6b00e492.3ade",
            "LINE_NUMBER=4",
            "COMMAND_TAG=SELECT",
            "SESSION_START=2026-11-20 23:54:44 UTC",
            "VIRTUAL_TRANSACTION=3/49",
            "TRANSACTION=0",
            "SEVERITY=LOG",
            "MESSAGE=duration: 1.5 ms  statement: SELECT 'a\nb'",
            "APPLICATION=samples",
            "BACKEND_TYPE=client backend",
            "QUERY_ID=-7");
    assertThat(told.around).containsExactly("jsonlog|");
  }

  @Test
  void theOlderExtensionsDetailIsADetail() {
    assertThat(
            Unwrapped.of(
                    "{\"timestamp\":\"t\",\"error_severity\":\"LOG\",\"detail_log\":\"parameters: $1"
                        + " = '1'\",\"message\":\"execute a: SELECT $1\"}")
                .entries
                .get(0))
        .contains("DETAIL=parameters: $1 = '1'");
  }

  @Test
  void cloudNativePgsRecordsAreEntriesAlsoBehindAShipper() {
    Unwrapped told =
        Unwrapped.of(
            CNPG,
            CNPG.replace(
                "{\"level\"", "{\"kubernetes\":{\"pod_name\":\"pg-2\",\"labels\":{}},\"level\""),
            "{\"@timestamp\":1.5,\"kubernetes\":{\"pod_name\":\"pg-3\"},\"log\":"
                + quoted(CNPG + "\n")
                + "}",
            "{\"message\":" + quoted(CNPG) + ",\"source_type\":\"kubernetes_logs\"}",
            "2026-11-21T00:25:13.031Z stdout F " + CNPG);

    assertThat(told.entries).hasSize(5);
    assertThat(told.entries)
        .allSatisfy(
            fields ->
                assertThat(fields)
                    .contains(
                        "DATABASE=shop",
                        "PROCESS=600",
                        "SQLSTATE=00000",
                        "MESSAGE=duration: 1 ms  statement: SELECT 1"));
    assertThat(told.around)
        .containsExactly(
            "cnpg|pg-1",
            "cnpg|pg-2",
            "cnpg in fluent-bit|pg-1",
            "cnpg in vector|pg-1",
            "cnpg in cri|pg-1  stdout");
  }

  @Test
  void jsonlogInsideOfShippersIsFound() {
    Unwrapped told =
        Unwrapped.of(
            "{\"message\":" + quoted(JSONLOG) + ",\"source_type\":\"file\",\"host\":\"db1\"}",
            "{\"@timestamp\":\"2026-11-21T00:00:00Z\",\"host\":\"vm\",\"program\":\"postgresql\","
                + "\"procid\":\"-\",\"message\":"
                + quoted(JSONLOG)
                + "}",
            "2026-11-21T00:25:13.013853+00:00 vm postgresql " + JSONLOG,
            "{\"host\":{\"name\":\"db1\"},\"@metadata\":{}," + JSONLOG.substring(1));

    assertThat(told.entries).hasSize(4);
    assertThat(told.entries).allSatisfy(fields -> assertThat(fields).contains("PROCESS=15070"));
    assertThat(told.around)
        .containsExactly(
            "jsonlog in vector|db1",
            "jsonlog in rsyslog|vm",
            "jsonlog in syslog|vm",
            "jsonlog|db1");
  }

  @Test
  void csvlogsNamesUnderOtherKeysAreFields() {
    Unwrapped told =
        Unwrapped.of(
            "{\"log_time\":\"t\",\"user_name\":\"app\",\"process_id\":7,\"error_severity\":\"LOG\","
                + "\"message\":\"m\",\"query\":\"SELECT 1\"}",
            "{\"record_log_time_s\":\"t\",\"record_user_name_s\":\"app\",\"record_process_id_s\":"
                + "\"7\",\"record_error_severity_s\":\"LOG\",\"record_message_s\":\"m\","
                + "\"record_query_s\":\"SELECT 1\"}",
            "{\"event_message\":\"m\",\"metadata\":[{\"parsed\":[{\"timestamp\":\"t\",\"user_name\":"
                + "\"app\",\"process_id\":7,\"error_severity\":\"LOG\",\"query\":\"SELECT 1\"}]}]}",
            "{\"values\":[[\"1795220713031000000\",\"{\\\"record\\\":{\\\"log_time\\\":\\\"t\\\","
                + "\\\"user_name\\\":\\\"app\\\",\\\"process_id\\\":\\\"7\\\","
                + "\\\"error_severity\\\":\\\"LOG\\\",\\\"message\\\":\\\"m\\\",\\\"query\\\":"
                + "\\\"SELECT 1\\\"}}\"]]}");

    assertThat(told.entries).hasSize(4);
    assertThat(told.entries)
        .allSatisfy(
            fields ->
                assertThat(fields)
                    .containsExactly(
                        "TIME=t",
                        "USER=app",
                        "PROCESS=7",
                        "SEVERITY=LOG",
                        "MESSAGE=m",
                        "STATEMENT=SELECT 1"));
  }

  static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
