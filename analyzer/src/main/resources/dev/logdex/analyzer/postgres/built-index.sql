-- The files of an index that was just built: its own, and those of its partitions. Parameters: the
-- table's schema, the index's name.
WITH RECURSIVE member (index) AS (
  SELECT c.oid
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = ?::name AND c.relname = ?::name
  UNION
  SELECT i.inhrelid
    FROM pg_catalog.pg_inherits i
    JOIN member m ON m.index = i.inhparent
)
SELECT c.relname,
       CASE c.relkind WHEN 'I' THEN 0 ELSE pg_catalog.pg_relation_size(c.oid) END
  FROM member m
  JOIN pg_catalog.pg_class c ON c.oid = m.index
 ORDER BY c.relname
