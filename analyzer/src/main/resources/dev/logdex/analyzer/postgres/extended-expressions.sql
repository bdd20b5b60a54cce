-- What ANALYZE has found in expressions that CREATE STATISTICS names; from Postgres 14. Parameter:
-- oids of the tables.
SELECT s.expr,
       s.n_distinct,
       s.null_frac,
       s.avg_width,
       s.correlation,
       s.most_common_vals::text::text[],
       s.most_common_freqs,
       c.oid::bigint
  FROM pg_catalog.pg_stats_ext_exprs s
  JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
 WHERE c.oid = ANY (?::bigint[]::oid[]) AND s.n_distinct IS NOT NULL
 ORDER BY c.oid, s.statistics_schemaname, s.statistics_name, s.expr
