-- The number of this session's process.
SELECT pg_catalog.pg_backend_pid()
