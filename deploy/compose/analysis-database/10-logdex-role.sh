#!/bin/sh
# Runs once, when the database's volume is empty: the role that the analyzer logs in as. It reads and plans; it owns
# nothing and writes nothing.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres --dbname "$POSTGRES_DB" \
  --set password="$LOGDEX_DB_PASSWORD" --set database="$POSTGRES_DB" <<'SQL'
CREATE EXTENSION IF NOT EXISTS hypopg;
CREATE ROLE logdex LOGIN PASSWORD :'password' IN ROLE pg_read_all_data;
ALTER ROLE logdex SET default_transaction_read_only = on;
GRANT CONNECT ON DATABASE :"database" TO logdex;
SQL
