-- Names that an index of ours on a table or on one of its partitions might clash with. Such a name
-- is index_ or tmp_index_ and then what the table's name begins with, made legible: of that the
-- leading ASCII letters and digits are compared, which stay as they are. Parameters: oids of the
-- tables, how many names of each.
SELECT t.root, t.name
  FROM (SELECT r.root,
               c.relname AS name,
               pg_catalog.row_number() OVER (PARTITION BY r.root ORDER BY c.relname COLLATE "C")
                 AS place
          FROM pg_catalog.unnest(?::bigint[]) r (root)
         CROSS JOIN LATERAL (
               SELECT DISTINCT k.relname
                 FROM (SELECT DISTINCT
                              s.relnamespace,
                              'index_' || coalesce(pg_catalog.substring(
                                pg_catalog.ltrim(s.relname::text, '_'), '^[A-Za-z0-9]{1,8}'), '')
                                AS beginning
                         FROM (SELECT r.root::oid AS relation
                               UNION
                               SELECT p.relid::oid
                                 FROM pg_catalog.pg_partition_tree(r.root::oid::regclass) p) m
                         JOIN pg_catalog.pg_class s ON s.oid = m.relation) b
                 JOIN pg_catalog.pg_class k ON k.relnamespace = b.relnamespace
                WHERE pg_catalog.starts_with(k.relname::text, b.beginning)
                   OR pg_catalog.starts_with(k.relname::text, 'tmp_' || b.beginning)) c) t
 WHERE t.place <= ?
 ORDER BY t.root, t.place
