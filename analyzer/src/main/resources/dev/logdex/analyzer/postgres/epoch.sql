-- What any plan may depend on: a text that is another one as soon as the planner's settings, the
-- rights of the role, functions, operators, types or extensions are, or a relation's name has come to
-- mean another relation. Sums do not depend on the order of rows.
WITH own (oid) AS (
  SELECT n.oid
    FROM pg_catalog.pg_namespace n
   WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
     AND n.nspname NOT LIKE 'pg\_temp\_%'
     AND n.nspname NOT LIKE 'pg\_toast\_temp\_%'
)
SELECT pg_catalog.concat_ws(
         ' ',
         current_user,
         pg_catalog.current_setting('server_version_num'),
         (SELECT pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', s.name, s.setting)))
            FROM pg_catalog.pg_settings s
           WHERE s.category LIKE 'Query Tuning%'
              OR s.name IN ('work_mem', 'search_path', 'TimeZone', 'DateStyle', 'IntervalStyle')),
         (SELECT pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', n.nspname, n.nspacl::text)))
            FROM pg_catalog.pg_namespace n
            JOIN own o ON o.oid = n.oid),
         (SELECT pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', p.oid, p.xmin::text)))
            FROM pg_catalog.pg_proc p
            JOIN own o ON o.oid = p.pronamespace),
         (SELECT pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', p.oid, p.xmin::text)))
            FROM pg_catalog.pg_operator p
            JOIN own o ON o.oid = p.oprnamespace),
         (SELECT pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', c.oid, c.xmin::text)))
            FROM pg_catalog.pg_opclass c
            JOIN own o ON o.oid = c.opcnamespace),
         (SELECT pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', e.extname, e.extversion)))
            FROM pg_catalog.pg_extension e),
         (SELECT pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', t.oid, t.typname, t.xmin::text)))
            FROM pg_catalog.pg_type t
            JOIN own o ON o.oid = t.typnamespace
           -- the row types of tables come and go with these
           WHERE t.typrelid = 0
             AND NOT EXISTS (SELECT
                               FROM pg_catalog.pg_type e
                              WHERE e.oid = t.typelem AND e.typrelid <> 0)),
         (SELECT pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', m.roleid, m.member)))
            FROM pg_catalog.pg_auth_members m),
         -- a name in one schema only means that relation, whatever the search path
         (SELECT pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', c.relname, c.relnamespace)))
            FROM pg_catalog.pg_class c
           WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f')
             AND EXISTS (SELECT
                           FROM pg_catalog.pg_class d
                          WHERE d.relname = c.relname
                            AND d.relkind IN ('r', 'p', 'm', 'v', 'f')
                            AND d.oid <> c.oid)))
