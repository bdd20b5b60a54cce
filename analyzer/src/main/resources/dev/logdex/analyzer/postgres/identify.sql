-- Has the server compute identities of statements, from version 14, if the role may say so: the
-- setting belongs to superusers, and asking in vain would be an error in the server's log.
SELECT pg_catalog.set_config('compute_query_id', 'on', false)
  FROM pg_catalog.pg_settings s
 WHERE s.name = 'compute_query_id'
   AND pg_catalog.current_setting('is_superuser') = 'on'
