-- For this transaction, no index is used, and rows and clauses are those of the whole instead of one
-- worker's share.
SELECT pg_catalog.set_config(s.name, s.value, true)
  FROM (VALUES ('enable_indexscan', 'off'),
               ('enable_indexonlyscan', 'off'),
               ('enable_bitmapscan', 'off'),
               ('max_parallel_workers_per_gather', '0')) s (name, value)
