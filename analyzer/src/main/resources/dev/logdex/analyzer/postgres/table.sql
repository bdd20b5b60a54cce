-- A table's figures, those of its partitions added up. Rows are estimated as the planner does
-- (estimate_rel_size in plancat.c): the density at the last ANALYZE times the pages of now, or, when
-- there was none, as many rows as fit. Parameters: schema, name.
WITH RECURSIVE member (relation) AS (
  SELECT c.oid
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = ?::name AND c.relname = ?::name
  UNION
  SELECT i.inhrelid
    FROM pg_catalog.pg_inherits i
    JOIN member m ON m.relation = i.inhparent
),
heap AS (
  SELECT c.reltuples::double precision AS tuples,
         c.relpages::double precision AS pages_then,
         c.relallvisible::double precision AS visible,
         c.oid AS relation,
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
SELECT (SELECT c.oid
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = ?::name AND c.relname = ?::name),
       coalesce(pg_catalog.sum(
         CASE WHEN tuples >= 0 AND pages_then > 0 THEN tuples / pages_then * (bytes / page)
              WHEN tuples > 0 THEN tuples
              ELSE (bytes / page) * pg_catalog.floor((page - 24) / (28 + width))
         END), 0)::bigint,
       coalesce(pg_catalog.sum(bytes), 0)::bigint,
       greatest(pg_catalog.count(*) FILTER (WHERE bytes > 0), 1)::integer,
       pg_catalog.quote_ident(?) || '.' || pg_catalog.quote_ident(?),
       coalesce(pg_catalog.sum(greatest(pages_then, 0)), 0)::bigint,
       coalesce(pg_catalog.sum(visible), 0)::bigint,
       coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_tuples_inserted(relation)), 0)::bigint,
       coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_tuples_updated(relation)), 0)::bigint,
       coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_tuples_hot_updated(relation)), 0)::bigint,
       coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_tuples_deleted(relation)), 0)::bigint
  FROM heap
