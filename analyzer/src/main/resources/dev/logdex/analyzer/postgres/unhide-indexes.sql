-- Lets the planner of this session see all indexes again; %s is HypoPG's schema.
SELECT %s.hypopg_unhide_all_indexes()
