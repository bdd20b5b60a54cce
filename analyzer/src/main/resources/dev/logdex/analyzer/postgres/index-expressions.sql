-- What ANALYZE has found in the expressions of tables' indexes. Parameter: oids of the tables.
SELECT pg_catalog.pg_get_indexdef(i.indexrelid, a.attnum, false),
       s.n_distinct,
       s.null_frac,
       s.avg_width,
       s.correlation,
       s.most_common_vals::text::text[],
       s.most_common_freqs,
       i.indrelid::bigint
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indexrelid
  JOIN pg_catalog.pg_stats s
    ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname
 WHERE i.indrelid = ANY (?::bigint[]::oid[])
   AND i.indexprs IS NOT NULL AND i.indpred IS NULL
   AND i.indkey[a.attnum - 1] = 0
 ORDER BY i.indrelid, c.relname, a.attnum
