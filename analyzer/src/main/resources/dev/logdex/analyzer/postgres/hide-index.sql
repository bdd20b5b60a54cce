-- Makes the planner of this session pass over indexes; %s is HypoPG's schema, of version 1.4 or later.
-- Parameters: schema, names of indexes.
SELECT %s.hypopg_hide_index(c.oid)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = ? AND c.relname = ANY (?)
