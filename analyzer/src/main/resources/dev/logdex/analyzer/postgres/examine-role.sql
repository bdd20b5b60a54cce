-- What the role may do beyond looking, in one row: name, superuser, other powers, whether it may
-- create, and its tables that it may write and its foreign tables that it may read, counted.
SELECT r.rolname,
       r.rolsuper,
       pg_catalog.concat_ws(', ',
         CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
         CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
         CASE WHEN r.rolreplication THEN 'REPLICATION' END,
         CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END,
         CASE WHEN pg_catalog.has_database_privilege(
                     pg_catalog.current_database(), 'CREATE') THEN 'CREATE in the database' END,
         CASE WHEN pg_catalog.has_database_privilege(
                     pg_catalog.current_database(), 'TEMPORARY') THEN 'temporary tables' END,
         (SELECT 'CREATE in schema ' || pg_catalog.string_agg(n.nspname, ', ' ORDER BY n.nspname)
            FROM pg_catalog.pg_namespace n
           WHERE n.nspname NOT LIKE 'pg\_%'
             AND pg_catalog.has_schema_privilege(n.oid, 'CREATE'))),
       r.rolconnlimit,
       (SELECT pg_catalog.count(*)
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p')
           AND n.nspname NOT LIKE 'pg\_%'
           AND n.nspname <> 'information_schema'
           AND pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')),
       (SELECT pg_catalog.count(*)
          FROM pg_catalog.pg_foreign_table f
         WHERE pg_catalog.has_table_privilege(f.ftrelid, 'SELECT'))
  FROM pg_catalog.pg_roles r
 WHERE r.rolname = current_user
