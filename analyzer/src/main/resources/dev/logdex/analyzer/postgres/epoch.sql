-- A number that is another one as soon as tables, indexes, statistics, rights or the planner's
-- settings are. Sums do not depend on the order of rows.
SELECT pg_catalog.concat_ws(
         ' ',
         (SELECT pg_catalog.count(*) || '.' || coalesce(pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', c.oid, c.relname, c.relnamespace, c.relkind,
                                        c.relpages, c.reltuples, c.relallvisible, c.relfilenode,
                                        c.relnatts, c.relacl::text))), 0)
            FROM pg_catalog.pg_class c
           WHERE c.relnamespace NOT IN (
                   SELECT n.oid
                     FROM pg_catalog.pg_namespace n
                    WHERE n.nspname IN ('pg_catalog', 'information_schema', 'pg_toast')
                       OR n.nspname LIKE 'pg\_temp\_%'
                       OR n.nspname LIKE 'pg\_toast\_temp\_%')),
         (SELECT pg_catalog.count(*) || '.' || coalesce(pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', i.indexrelid, i.indisvalid, i.indisunique))), 0)
            FROM pg_catalog.pg_index i),
         (SELECT pg_catalog.count(*) || '.' || coalesce(pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', s.relid, s.last_analyze, s.last_autoanalyze))), 0)
            FROM pg_catalog.pg_stat_user_tables s),
         (SELECT pg_catalog.sum(pg_catalog.hashtext(
                   pg_catalog.concat_ws('/', s.name, s.setting)))
            FROM pg_catalog.pg_settings s
           WHERE s.category LIKE 'Query Tuning%'
              OR s.name IN ('work_mem', 'search_path')))
