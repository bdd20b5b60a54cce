-- Lets go of locks that functions took when they were run to plan a statement; they outlive a
-- rollback.
SELECT pg_catalog.pg_advisory_unlock_all()
