-- A number for every relation that a statement may name, which changes with whatever plans depend on:
-- definition, size at the last ANALYZE, indexes, statistics, constraints, policies and rights. Those
-- of a family of partitions or heirs are one, and a view's has in it those of all it reads.
WITH RECURSIVE relation AS (
  SELECT c.*, n.nspname
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f')
     AND c.relpersistence <> 't'
     AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
     AND n.nspname NOT LIKE 'pg\_temp\_%'
     AND n.nspname NOT LIKE 'pg\_toast\_temp\_%'
),
part (relation, state) AS (
  SELECT c.oid,
         pg_catalog.concat_ws('/', 'c', c.relname, c.nspname, c.relkind, c.relpages, c.reltuples,
                              c.relallvisible, c.relfilenode, c.relnatts, c.relacl::text,
                              c.relrowsecurity, c.relforcerowsecurity)
    FROM relation c
  UNION ALL
  SELECT i.indrelid,
         pg_catalog.concat_ws('/', 'i', i.indexrelid, i.indisvalid, i.indisunique, c.relpages,
                              c.reltuples, c.relfilenode)
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  UNION ALL
  SELECT s.relid, pg_catalog.concat_ws('/', 's', s.last_analyze, s.last_autoanalyze)
    FROM pg_catalog.pg_stat_user_tables s
   WHERE s.last_analyze IS NOT NULL OR s.last_autoanalyze IS NOT NULL
  UNION ALL
  SELECT k.conrelid, pg_catalog.concat_ws('/', 'k', k.oid, k.convalidated)
    FROM pg_catalog.pg_constraint k
   WHERE k.conrelid <> 0
  UNION ALL
  SELECT p.polrelid, pg_catalog.concat_ws('/', 'p', p.oid, p.xmin::text)
    FROM pg_catalog.pg_policy p
  UNION ALL
  SELECT e.stxrelid, pg_catalog.concat_ws('/', 'e', e.oid, e.xmin::text)
    FROM pg_catalog.pg_statistic_ext e
  UNION ALL
  SELECT r.ev_class, pg_catalog.concat_ws('/', 'r', r.oid, r.xmin::text)
    FROM pg_catalog.pg_rewrite r
  UNION ALL
  SELECT h.inhrelid, pg_catalog.concat_ws('/', 'h', h.inhparent, h.inhseqno)
    FROM pg_catalog.pg_inherits h
),
own (relation, state) AS (
  SELECT p.relation, pg_catalog.sum(pg_catalog.hashtext(p.state))
    FROM part p
   GROUP BY p.relation
),
family (root, relation) AS (
  SELECT c.oid, c.oid
    FROM relation c
   WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = c.oid)
  UNION
  SELECT f.root, h.inhrelid
    FROM family f
    JOIN pg_catalog.pg_inherits h ON h.inhparent = f.relation
),
of_family (root, state) AS (
  SELECT f.root, pg_catalog.sum(o.state)
    FROM family f
    JOIN own o ON o.relation = f.relation
   GROUP BY f.root
),
reads (relation, reads) AS (
  SELECT c.oid, c.oid
    FROM relation c
  UNION
  SELECT r.relation, d.refobjid
    FROM reads r
    JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.reads
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass
     AND d.objid = w.oid
     AND d.refclassid = 'pg_catalog.pg_class'::regclass
),
state (relation, state) AS (
  SELECT r.relation, pg_catalog.sum(DISTINCT o.state)
    FROM reads r
    JOIN family f ON f.relation = r.reads
    JOIN of_family o ON o.root = f.root
   GROUP BY r.relation
)
SELECT c.nspname, c.relname, s.state::text
  FROM relation c
  JOIN state s ON s.relation = c.oid
