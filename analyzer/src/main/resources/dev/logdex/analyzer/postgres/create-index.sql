-- A hypothetical index; %s is HypoPG's schema. Parameter: CREATE INDEX. Columns: its name, the pages
-- that the planner takes it to have.
SELECT i.indexname,
       %s.hypopg_relation_size(i.indexrelid)::double precision
         / pg_catalog.current_setting('block_size')::integer
  FROM %s.hypopg_create_index(?) i
