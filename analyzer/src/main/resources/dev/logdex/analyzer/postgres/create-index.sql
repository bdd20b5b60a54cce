-- A hypothetical index; %s is HypoPG's schema. Parameter: CREATE INDEX.
SELECT indexname FROM %s.hypopg_create_index(?)
