-- The indexes of tables. Arrays have one element for each key. Parameter: oids of the tables.
SELECT c.relname,
       m.amname,
       i.indisunique,
       i.indisprimary,
       i.indisvalid,
       pg_catalog.pg_get_indexdef(i.indexrelid),
       (SELECT coalesce(pg_catalog.sum(pg_catalog.pg_relation_size(t.relid)), 0)::bigint
          FROM pg_catalog.pg_partition_tree(i.indexrelid) t
         WHERE t.isleaf),
       pg_catalog.pg_relation_size(i.indexrelid),
       pg_catalog.pg_get_expr(i.indpred, i.indrelid),
       ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, k, false)
                    || coalesce((SELECT ' COLLATE ' || pg_catalog.quote_ident(l.collname)
                                   FROM pg_catalog.pg_attribute a
                                   JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[k - 1]
                                  WHERE a.attrelid = i.indrelid
                                    AND a.attnum = i.indkey[k - 1]
                                    AND a.attcollation <> l.oid), '')
               FROM pg_catalog.generate_series(1, i.indnkeyatts) k
              ORDER BY k),
       ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, k, false)
               FROM pg_catalog.generate_series(i.indnkeyatts + 1, i.indnatts) k
              ORDER BY k),
       ARRAY(SELECT (i.indoption[k - 1] & 1) = 1
               FROM pg_catalog.generate_series(1, i.indnkeyatts) k
              ORDER BY k),
       ARRAY(SELECT (i.indoption[k - 1] & 2) = 2
               FROM pg_catalog.generate_series(1, i.indnkeyatts) k
              ORDER BY k),
       ARRAY(SELECT CASE WHEN o.opcdefault THEN '' ELSE pg_catalog.quote_ident(o.opcname) END
               FROM pg_catalog.generate_series(1, i.indnkeyatts) k
               JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[k - 1]
              ORDER BY k),
       i.indrelid::bigint,
       EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid),
       i.indisreplident,
       i.indisclustered,
       c.relispartition,
       EXISTS (SELECT
                 FROM pg_catalog.pg_constraint k
                WHERE k.conrelid = i.indrelid
                  AND k.contype = 'f'
                  AND pg_catalog.cardinality(k.conkey) <= i.indnkeyatts
                  AND k.conkey <@ (i.indkey::smallint[])[0:pg_catalog.cardinality(k.conkey) - 1])
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_am m ON m.oid = c.relam
 WHERE i.indrelid = ANY (?::bigint[]::oid[])
 ORDER BY i.indrelid, c.relname
