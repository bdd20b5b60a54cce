-- Tables: name, whether they have statistics, days since the last ANALYZE (null
-- when the server does not know), rows changed since per row, pages and those that are all visible,
-- updates. Without ANALYZE reltuples is -1, before Postgres 14 it is 0 as for an empty table.
SELECT n.nspname || '.' || c.relname,
       c.reltuples > 0
         OR c.reltuples = 0 AND coalesce(s.n_live_tup, 0) = 0
         OR EXISTS (SELECT
                      FROM pg_catalog.pg_stats p
                     WHERE p.schemaname = n.nspname AND p.tablename = c.relname),
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()
         - greatest(s.last_analyze, s.last_autoanalyze)) / 86400,
       s.n_mod_since_analyze / greatest(c.reltuples, 1),
       c.relpages::bigint,
       c.relallvisible::bigint,
       s.n_tup_upd
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = c.oid
 WHERE c.relkind IN ('r', 'm')
   AND c.relpersistence <> 't'
   AND n.nspname NOT LIKE 'pg\_%'
   AND n.nspname <> 'information_schema'
 ORDER BY 1
