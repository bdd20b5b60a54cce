-- The planner's settings that are not as Postgres comes.
SELECT s.name, s.setting, s.boot_val, s.vartype = 'bool'
  FROM pg_catalog.pg_settings s
 WHERE (s.category LIKE 'Query Tuning%' OR s.name = 'work_mem')
   AND s.setting IS DISTINCT FROM s.boot_val
   AND s.name NOT IN ('jit')
 ORDER BY s.name
