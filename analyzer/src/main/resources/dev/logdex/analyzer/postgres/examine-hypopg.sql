-- HypoPG: the version that is in this database and the one that the server has; null where there is
-- none. The schema is quoted.
SELECT (SELECT e.extversion FROM pg_catalog.pg_extension e WHERE e.extname = 'hypopg'),
       (SELECT pg_catalog.quote_ident(n.nspname)
          FROM pg_catalog.pg_extension e
          JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
         WHERE e.extname = 'hypopg'),
       (SELECT a.default_version
          FROM pg_catalog.pg_available_extensions a
         WHERE a.name = 'hypopg')
