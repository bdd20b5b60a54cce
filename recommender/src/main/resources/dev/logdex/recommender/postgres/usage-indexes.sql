-- How often each index was read, and how large it was when VACUUM, ANALYZE or its making last looked,
-- which needs no lock; its entries were counted then, too. The largest first. Parameter: how many.
SELECT s.schemaname,
       s.indexrelname,
       s.idx_scan,
       NULL::timestamptz,
       c.relpages::bigint * pg_catalog.current_setting('block_size')::bigint,
       CASE WHEN c.relpages > 0 AND c.reltuples >= 0 THEN c.reltuples::double precision END
  FROM pg_catalog.pg_stat_user_indexes s
  JOIN pg_catalog.pg_class c ON c.oid = s.indexrelid
 ORDER BY c.relpages DESC, s.indexrelid
 LIMIT ?
