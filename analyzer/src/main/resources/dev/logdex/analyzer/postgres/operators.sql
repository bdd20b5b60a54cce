-- The operators of every default b-tree operator class, and whether equal values have equal bytes.
SELECT c.opcintype::bigint,
       o.oprname,
       a.amopstrategy,
       EXISTS (SELECT
                 FROM pg_catalog.pg_amproc p
                WHERE p.amprocfamily = c.opcfamily
                  AND p.amproclefttype = c.opcintype
                  AND p.amprocnum = 4)
  FROM pg_catalog.pg_opclass c
  JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod
  JOIN pg_catalog.pg_amop a ON a.amopfamily = c.opcfamily AND a.amoplefttype = c.opcintype
  JOIN pg_catalog.pg_operator o ON o.oid = a.amopopr
 WHERE m.amname = 'btree' AND c.opcdefault
 ORDER BY c.opcintype, a.amopstrategy, o.oprname
