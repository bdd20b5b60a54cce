-- The partitions of tables at every depth, parents first, bounded; how many there are in all.
-- Parameters: oids of the tables, how many partitions of each.
SELECT p.root, n.nspname, c.relname, c.relkind::text, p.relation, p.parent, p.partitions
  FROM (SELECT r.root,
               t.relid::oid::bigint AS relation,
               t.parentrelid::oid::bigint AS parent,
               t.relid,
               t.level,
               pg_catalog.row_number() OVER (PARTITION BY r.root ORDER BY t.level, t.relid::oid)
                 AS place,
               pg_catalog.count(*) OVER (PARTITION BY r.root) AS partitions
          FROM pg_catalog.unnest(?::bigint[]) r (root)
         CROSS JOIN LATERAL pg_catalog.pg_partition_tree(r.root::oid::regclass) t
         WHERE t.level > 0) p
  JOIN pg_catalog.pg_class c ON c.oid = p.relid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE p.place <= ?
 ORDER BY p.root, p.place
