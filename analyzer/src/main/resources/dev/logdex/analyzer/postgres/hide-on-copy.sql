-- Makes the planner pass over indexes until the transaction is rolled back; only on a disposable copy
-- and as a superuser. Parameters: schema, names of indexes.
UPDATE pg_catalog.pg_index i
   SET indisvalid = false
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.oid = i.indexrelid AND n.nspname = ? AND c.relname = ANY (?)
RETURNING c.relname
