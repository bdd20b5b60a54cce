-- How indexes can be hidden: whether HypoPG can, and whether the role is a superuser.
SELECT EXISTS (SELECT
                 FROM pg_catalog.pg_proc p
                 JOIN pg_catalog.pg_extension e ON e.extnamespace = p.pronamespace
                WHERE e.extname = 'hypopg' AND p.proname = 'hypopg_hide_index'),
       pg_catalog.current_setting('is_superuser') = 'on'
