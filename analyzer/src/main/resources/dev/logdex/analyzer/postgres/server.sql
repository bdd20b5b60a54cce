-- What has to be known of the server before it is asked to plan. Columns: version, operator cost,
-- cost of a random page, the quoted schema of HypoPG (null when it is not installed in this
-- database).
SELECT pg_catalog.current_setting('server_version_num')::integer,
       pg_catalog.current_setting('cpu_operator_cost')::double precision,
       pg_catalog.current_setting('random_page_cost')::double precision,
       (SELECT pg_catalog.quote_ident(n.nspname)
          FROM pg_catalog.pg_extension e
          JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
         WHERE e.extname = 'hypopg')
