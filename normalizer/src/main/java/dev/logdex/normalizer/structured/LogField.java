package dev.logdex.normalizer.structured;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a log entry that comes in fields, in the order of csvlog's columns (manual, "Using
 * CSV-Format Log Output"), with what jsonlog and what CloudNativePG call them.
 */
public enum LogField {
  TIME("timestamp", "log_time"),
  USER("user", "user_name"),
  DATABASE("dbname", "database_name"),
  PROCESS("pid", "process_id"),
  /** Host and port together; jsonlog gives them apart. */
  CONNECTION_FROM(null, "connection_from"),
  SESSION("session_id", "session_id"),
  LINE_NUMBER("line_num", "session_line_num"),
  COMMAND_TAG("ps", "command_tag"),
  SESSION_START("session_start", "session_start_time"),
  VIRTUAL_TRANSACTION("vxid", "virtual_transaction_id"),
  TRANSACTION("txid", "transaction_id"),
  SEVERITY("error_severity", "error_severity"),
  SQLSTATE("state_code", "sql_state_code"),
  MESSAGE("message", "message"),
  DETAIL("detail", "detail"),
  HINT("hint", "hint"),
  INTERNAL_QUERY("internal_query", "internal_query"),
  INTERNAL_POSITION("internal_position", "internal_query_pos"),
  CONTEXT("context", "context"),
  STATEMENT("statement", "query"),
  POSITION("cursor_position", "query_pos"),
  LOCATION(null, "location"),
  APPLICATION("application_name", "application_name"),
  /** Since 13. */
  BACKEND_TYPE("backend_type", "backend_type"),
  /** Since 14. */
  LEADER("leader_pid", "leader_pid"),
  /** Since 14. */
  QUERY_ID("query_id", "query_id");

  private final @Nullable String jsonName;
  private final String cnpgName;

  LogField(@Nullable String jsonName, String cnpgName) {
    this.jsonName = jsonName;
    this.cnpgName = cnpgName;
  }

  /** The key in jsonlog; null where jsonlog has none for it. */
  public @Nullable String jsonName() {
    return jsonName;
  }

  /** The key in CloudNativePG's records. */
  public String cnpgName() {
    return cnpgName;
  }
}
