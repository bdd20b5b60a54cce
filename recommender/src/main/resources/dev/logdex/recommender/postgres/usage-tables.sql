-- What VACUUM and ANALYZE have made of each table. The largest first. Parameter: how many.
SELECT s.schemaname,
       s.relname,
       CASE WHEN c.relpages > 0
            THEN least(c.relallvisible::double precision / c.relpages, 1)
       END,
       greatest(s.last_analyze, s.last_autoanalyze)
  FROM pg_catalog.pg_stat_user_tables s
  JOIN pg_catalog.pg_class c ON c.oid = s.relid
 ORDER BY c.relpages DESC, s.relid
 LIMIT ?
