-- Forgets all hypothetical indexes of the session, and lets go of locks that functions took when they
-- were run to plan a statement: both outlive a rollback. %s is HypoPG's schema.
SELECT %s.hypopg_reset(), pg_catalog.pg_advisory_unlock_all()
