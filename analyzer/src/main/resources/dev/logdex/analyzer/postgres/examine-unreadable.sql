-- Tables that the role cannot read.
SELECT n.nspname || '.' || c.relname
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'm', 'v')
   AND c.relpersistence <> 't'
   AND n.nspname NOT LIKE 'pg\_%'
   AND n.nspname <> 'information_schema'
   AND NOT (pg_catalog.has_schema_privilege(n.oid, 'USAGE')
            AND pg_catalog.has_table_privilege(c.oid, 'SELECT'))
 ORDER BY 1
