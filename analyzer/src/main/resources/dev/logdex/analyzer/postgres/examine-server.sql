-- The server and the database for the doctor, in one row.
SELECT pg_catalog.current_setting('server_version_num')::integer,
       pg_catalog.current_setting('server_version'),
       pg_catalog.pg_is_in_recovery(),
       pg_catalog.pg_database_size(pg_catalog.current_database()),
       pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()),
       pg_catalog.current_setting('max_connections')::integer,
       (SELECT pg_catalog.sum(d.numbackends)::integer FROM pg_catalog.pg_stat_database d),
       pg_catalog.current_setting('track_counts')::boolean,
       pg_catalog.pg_backend_pid()
