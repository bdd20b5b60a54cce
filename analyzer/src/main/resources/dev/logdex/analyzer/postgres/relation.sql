-- The table that a relation belongs to: itself, or the topmost parent that it is a partition or
-- heir of. No row for what cannot have an index or is the system's. Parameters: schema, name.
WITH RECURSIVE ancestry (relation, level) AS (
  SELECT c.oid, 0
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = ?::name AND c.relname = ?::name
  UNION ALL
  SELECT (SELECT pg_catalog.min(i.inhparent::bigint)::oid
            FROM pg_catalog.pg_inherits i
           WHERE i.inhrelid = a.relation),
         a.level + 1
    FROM ancestry a
   WHERE EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = a.relation)
)
SELECT n.nspname, c.relname
  FROM ancestry a
  JOIN pg_catalog.pg_class c ON c.oid = a.relation
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'm')
   AND c.relpersistence <> 't'
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
 ORDER BY a.level DESC
 LIMIT 1
