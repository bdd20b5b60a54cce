-- The operators of every operator class of every access method, those that take the class's type on
-- their left. Whether an operator means equality or a range is what b-trees or hash indexes say.
-- A class of one b-tree support function 4 keeps equal values once, but for those of char(n): their
-- indexes are as large as if no value came twice, measured on version 15.
SELECT m.amname,
       CASE WHEN pg_catalog.pg_opclass_is_visible(c.oid)
            THEN pg_catalog.quote_ident(c.opcname)
            ELSE pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.opcname)
        END,
       c.opcintype::bigint,
       c.opcdefault,
       m.amname = 'btree' AND c.opcintype <> 'pg_catalog.bpchar'::pg_catalog.regtype AND EXISTS (
         SELECT
           FROM pg_catalog.pg_amproc p
          WHERE p.amprocfamily = c.opcfamily
            AND p.amproclefttype = c.opcintype
            AND p.amprocnum = 4),
       o.oprname,
       a.amoprighttype::bigint,
       a.amopstrategy,
       CASE WHEN a.amoppurpose = 'o' THEN 'ORDERING'
            WHEN EXISTS (SELECT
                           FROM pg_catalog.pg_amop e
                           JOIN pg_catalog.pg_am em ON em.oid = e.amopmethod
                          WHERE e.amopopr = a.amopopr
                            AND (em.amname, e.amopstrategy) IN (('btree', 3), ('hash', 1)))
            THEN 'EQUALITY'
            WHEN EXISTS (SELECT
                           FROM pg_catalog.pg_amop r
                           JOIN pg_catalog.pg_am rm ON rm.oid = r.amopmethod
                          WHERE r.amopopr = a.amopopr AND rm.amname = 'btree')
            THEN 'RANGE'
            ELSE 'OTHER'
        END
  FROM pg_catalog.pg_opclass c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace
  JOIN pg_catalog.pg_am m ON m.oid = c.opcmethod
  JOIN pg_catalog.pg_amop a ON a.amopfamily = c.opcfamily AND a.amoplefttype = c.opcintype
  JOIN pg_catalog.pg_operator o ON o.oid = a.amopopr
 ORDER BY m.amname, c.opcintype, c.opcname, a.amopstrategy, o.oprname, a.amoprighttype
