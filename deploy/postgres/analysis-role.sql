-- The role that Logdex plans as: it may look at everything in the analysis database and do nothing
-- else. Run this once in each analysis database, as a superuser of it (or as its owner on a service
-- that gives you none), and set a password:
--
--   psql -d shop_copy -f deploy/postgres/analysis-role.sql
--   psql -d shop_copy -c '\password logdex_analysis'
--   ./logdex doctor -s databases=postgresql://logdex_analysis@localhost/shop_copy
--
-- It takes rights away from PUBLIC in this database, which is why it belongs on a copy and not on a
-- database that an application works on. It may be run again. Postgres 12 and later.

DO $role$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'logdex_analysis') THEN
    CREATE ROLE logdex_analysis LOGIN;
  END IF;
END
$role$;

ALTER ROLE logdex_analysis
  LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT CONNECTION LIMIT 8;

-- What Logdex asks for by itself, too; here for whoever logs in as this role by another way.
ALTER ROLE logdex_analysis SET default_transaction_read_only = 'on';
ALTER ROLE logdex_analysis SET statement_timeout = '60s';
ALTER ROLE logdex_analysis SET lock_timeout = '5s';
ALTER ROLE logdex_analysis SET idle_in_transaction_session_timeout = '5min';

-- Only a superuser may set these, and the role cannot change them: planning needs no temporary files,
-- and query identifiers tell which statements are the same to the server (14 and later).
DO $limits$
BEGIN
  ALTER ROLE logdex_analysis SET temp_file_limit = '64MB';
  IF pg_catalog.current_setting('server_version_num')::integer >= 140000 THEN
    ALTER ROLE logdex_analysis SET compute_query_id = 'on';
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE NOTICE 'temp_file_limit and compute_query_id stay: only a superuser may set them';
END
$limits$;

-- Reading: everything, but for foreign tables, which may run programs and call other servers. Where
-- there are some, and before Postgres 14, this covers what is there now; run it again after a refresh.
DO $read$
DECLARE
  one record;
BEGIN
  IF pg_catalog.current_setting('server_version_num')::integer >= 140000 THEN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_foreign_table) THEN
      GRANT pg_read_all_data TO logdex_analysis;
      RETURN;
    END IF;
    REVOKE pg_read_all_data FROM logdex_analysis;
  END IF;
  FOR one IN
    SELECT pg_catalog.format('GRANT USAGE ON SCHEMA %I TO logdex_analysis', n.nspname) AS command
      FROM pg_catalog.pg_namespace n
     WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT pg_catalog.format('GRANT SELECT ON %I.%I TO logdex_analysis', n.nspname, c.relname)
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm')
       AND c.relpersistence <> 't'
       AND n.nspname NOT LIKE 'pg\_%'
       AND n.nspname <> 'information_schema'
  LOOP
    EXECUTE one.command;
  END LOOP;
END
$read$;

-- Making things: nothing, not even temporary tables.
DO $create$
DECLARE
  schema_name text;
BEGIN
  EXECUTE pg_catalog.format(
    'REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', pg_catalog.current_database());
  EXECUTE pg_catalog.format(
    'GRANT CONNECT ON DATABASE %I TO logdex_analysis', pg_catalog.current_database());
  FOR schema_name IN
    SELECT n.nspname
      FROM pg_catalog.pg_namespace n
     WHERE pg_catalog.has_schema_privilege('logdex_analysis', n.oid, 'CREATE')
       AND n.nspname NOT LIKE 'pg\_%'
  LOOP
    EXECUTE pg_catalog.format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', schema_name);
  END LOOP;
END
$create$;

-- Running things: no anonymous code, no functions that lock, wait, write, signal or call elsewhere.
-- Functions are run when a statement is planned if they are marked IMMUTABLE, or STABLE where the
-- planner wants an estimate; what they call, they call with this role's rights.
DO $run$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT pg_catalog.format('REVOKE USAGE ON LANGUAGE %I FROM PUBLIC', l.lanname) AS command
      FROM pg_catalog.pg_language l
     WHERE l.lanpltrusted AND l.lanname <> 'sql'
    UNION ALL
    SELECT pg_catalog.format(
             'REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', p.oid::pg_catalog.regprocedure)
      FROM pg_catalog.pg_proc p
      LEFT JOIN pg_catalog.pg_depend d
        ON d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
       AND d.objid = p.oid
       AND d.deptype = 'e'
       AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
      LEFT JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
     WHERE p.prokind IN ('f', 'p')
       AND (e.extname IN ('dblink', 'postgres_fdw', 'file_fdw', 'adminpack', 'lo')
            OR p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
               AND (p.proname ~ '^pg_(try_)?advisory_(xact_)?lock'
                    OR p.proname ~ '^(lo_|lowrite|loread|pg_sleep)'
                    OR p.proname IN ('pg_notify', 'pg_logical_emit_message', 'pg_cancel_backend',
                                     'pg_terminate_backend', 'pg_export_snapshot')))
  LOOP
    BEGIN
      EXECUTE one.command;
    EXCEPTION
      WHEN insufficient_privilege OR undefined_function THEN
        RAISE NOTICE 'not allowed here: %', one.command;
    END;
  END LOOP;
END
$run$;

-- Trying indexes: they live in the memory of one connection and touch nothing.
DO $hypopg$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT n.nspname, p.oid::pg_catalog.regprocedure AS signature
      FROM pg_catalog.pg_extension e
      JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
      JOIN pg_catalog.pg_depend d ON d.refobjid = e.oid AND d.deptype = 'e'
       AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
       AND d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
      JOIN pg_catalog.pg_proc p ON p.oid = d.objid
     WHERE e.extname = 'hypopg'
  LOOP
    EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA %I TO logdex_analysis', one.nspname);
    EXECUTE pg_catalog.format(
      'GRANT EXECUTE ON FUNCTION %s TO logdex_analysis', one.signature);
  END LOOP;
  IF NOT FOUND THEN
    RAISE NOTICE 'HypoPG is not here yet: CREATE EXTENSION hypopg, then run this file again';
  END IF;
END
$hypopg$;
