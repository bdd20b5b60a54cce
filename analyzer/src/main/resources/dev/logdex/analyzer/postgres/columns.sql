-- The columns of tables with their statistics; of a parent those over all its partitions.
-- Statistics of char(n) have values padded with blanks, which conditions in plans have not; the cast
-- to text takes them away.
-- Parameter: oids of the tables.
SELECT a.attname,
       pg_catalog.quote_ident(a.attname),
       a.atttypid::bigint,
       a.attlen,
       CASE a.attalign WHEN 'c' THEN 1 WHEN 's' THEN 2 WHEN 'i' THEN 4 ELSE 8 END,
       coalesce(l.collisdeterministic, true),
       coalesce(
         CASE WHEN l.collprovider = 'd'
              THEN (SELECT d.datcollate IN ('C', 'POSIX')
                      FROM pg_catalog.pg_database d
                     WHERE d.datname = pg_catalog.current_database())
              ELSE l.collcollate IN ('C', 'POSIX') OR l.collname = 'C'
          END, l.oid IS NULL),
       s.n_distinct,
       s.null_frac,
       s.avg_width,
       s.correlation,
       CASE WHEN a.atttypid = 'pg_catalog.bpchar'::pg_catalog.regtype
            THEN s.most_common_vals::text::pg_catalog.bpchar[]::text[]
            ELSE s.most_common_vals::text::text[]
        END,
       s.most_common_freqs,
       coalesce(pg_catalog.quote_ident(l.collname), ''),
       a.attrelid::bigint
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
  LEFT JOIN LATERAL (
         SELECT p.n_distinct, p.null_frac, p.avg_width, p.correlation,
                p.most_common_vals, p.most_common_freqs
           FROM pg_catalog.pg_stats p
          WHERE p.schemaname = n.nspname AND p.tablename = c.relname AND p.attname = a.attname
          ORDER BY p.inherited DESC
          LIMIT 1) s ON true
 WHERE a.attrelid = ANY (?::bigint[]::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attrelid, a.attnum
