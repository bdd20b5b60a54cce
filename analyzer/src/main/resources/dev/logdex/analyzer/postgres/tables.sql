-- Figures of tables, those of their partitions added up. Rows are estimated as the planner does
-- (estimate_rel_size in plancat.c): the density at the last ANALYZE times the pages of now, or, when
-- there was none, as many rows as fit. Counters tell since when they were last reset; a copy of a
-- database starts without. Parameters: schemas and names, two arrays of equal length.
WITH RECURSIVE target (relation, schema, name) AS (
  SELECT c.oid, n.nspname, c.relname
    FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[])) w (schema, name)
    JOIN pg_catalog.pg_namespace n ON n.nspname = w.schema::name
    JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.name::name
),
member (root, relation) AS (
  SELECT t.relation, t.relation FROM target t
  UNION
  SELECT m.root, i.inhrelid
    FROM pg_catalog.pg_inherits i
    JOIN member m ON m.relation = i.inhparent
),
heap AS (
  SELECT m.root,
         c.oid AS relation,
         c.relallvisible::double precision AS visible,
         greatest(pg_catalog.pg_stat_get_last_analyze_time(c.oid),
                  pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid)) AS analysed,
         pg_catalog.pg_stat_get_tuples_updated(c.oid)::double precision AS updated,
         pg_catalog.pg_stat_get_tuples_hot_updated(c.oid)::double precision AS updated_hot,
         pg_catalog.pg_stat_get_tuples_inserted(c.oid)::double precision AS inserted,
         pg_catalog.pg_stat_get_tuples_deleted(c.oid)::double precision AS deleted,
         c.reltuples::double precision AS tuples,
         c.relpages::double precision AS pages_then,
         pg_catalog.pg_relation_size(c.oid)::double precision AS bytes,
         pg_catalog.current_setting('block_size')::double precision AS page,
         (SELECT coalesce(pg_catalog.sum(coalesce(s.width, 32)), 0)
            FROM (SELECT CASE WHEN a.attlen > 0 THEN a.attlen END AS width
                    FROM pg_catalog.pg_attribute a
                   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) s) AS width
    FROM member m
    JOIN pg_catalog.pg_class c ON c.oid = m.relation
   WHERE c.relkind IN ('r', 'm')
)
SELECT t.relation::bigint,
       coalesce(pg_catalog.sum(
         CASE WHEN tuples >= 0 AND pages_then > 0 THEN tuples / pages_then * (bytes / page)
              WHEN tuples > 0 THEN tuples
              ELSE (bytes / page) * pg_catalog.floor((page - 24) / (28 + width))
         END), 0)::bigint,
       coalesce(pg_catalog.sum(bytes), 0)::bigint,
       greatest(pg_catalog.count(*) FILTER (WHERE h.bytes > 0), 1)::integer,
       pg_catalog.quote_ident(t.schema) || '.' || pg_catalog.quote_ident(t.name),
       (SELECT c.relkind = 'p' FROM pg_catalog.pg_class c WHERE c.oid = t.relation),
       pg_catalog.count(*) FILTER (WHERE h.relation <> t.relation)::integer,
       pg_catalog.sum(h.visible) / nullif(pg_catalog.sum(h.pages_then), 0),
       CASE WHEN pg_catalog.count(*) FILTER (WHERE h.bytes > 0 AND h.analysed IS NULL) = 0
            THEN pg_catalog.min(h.analysed)
       END,
       pg_catalog.sum(h.updated_hot) / nullif(pg_catalog.sum(h.updated), 0),
       pg_catalog.sum(h.updated - h.updated_hot + h.deleted)
         / nullif(pg_catalog.sum(h.inserted), 0),
       t.schema,
       t.name
  FROM target t LEFT JOIN heap h ON h.root = t.relation
 GROUP BY t.relation, t.schema, t.name
