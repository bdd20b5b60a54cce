-- The version of HypoPG and whether the access method bloom is there; no row without HypoPG.
SELECT e.extversion,
       EXISTS (SELECT FROM pg_catalog.pg_am m WHERE m.amname = 'bloom' AND m.amtype = 'i')
  FROM pg_catalog.pg_extension e
 WHERE e.extname = 'hypopg'
