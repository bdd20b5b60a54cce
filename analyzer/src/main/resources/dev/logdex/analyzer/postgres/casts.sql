-- Casts that leave the value's bytes as they are.
SELECT c.castsource::bigint, c.casttarget::bigint
  FROM pg_catalog.pg_cast c
 WHERE c.castmethod = 'b' AND c.castcontext = 'i'
