-- Forgets all hypothetical indexes of the session; %s is HypoPG's schema.
SELECT %s.hypopg_reset()
