-- What operators become when their operands change sides. By name alone, the commonest answer.
SELECT DISTINCT ON (o.oprname) o.oprname, k.oprname
  FROM pg_catalog.pg_operator o
  JOIN pg_catalog.pg_operator k ON k.oid = o.oprcom
 GROUP BY o.oprname, k.oprname
 ORDER BY o.oprname, pg_catalog.count(*) DESC, k.oprname
