-- What kind of server this is, since when it has counted, and how many servers follow it.
-- From version 15 on stats_reset is null until somebody resets the counters of the database. Then
-- they are as old as those of the background writer, which begin anew with all others after a crash,
-- and are kept like them when the server is stopped cleanly (pgstat_discard_stats).
-- Of followers a role without rights sees no more than that they are there. Those that are known to
-- take a backup or changes of rows are no servers that could read an index.
SELECT pg_catalog.clock_timestamp(),
       coalesce(d.stats_reset, b.stats_reset),
       pg_catalog.pg_is_in_recovery(),
       (SELECT pg_catalog.count(*)
          FROM pg_catalog.pg_stat_replication r
         WHERE coalesce(r.state, '') <> 'backup'
           AND coalesce(r.application_name, '') NOT IN ('pg_receivewal', 'pg_basebackup')
           AND NOT EXISTS (SELECT
                             FROM pg_catalog.pg_replication_slots s
                            WHERE s.active_pid = r.pid AND s.slot_type = 'logical'))::integer,
       pg_catalog.current_setting('server_version_num')::integer
  FROM pg_catalog.pg_stat_bgwriter b
  LEFT JOIN pg_catalog.pg_stat_database d ON d.datname = pg_catalog.current_database()
