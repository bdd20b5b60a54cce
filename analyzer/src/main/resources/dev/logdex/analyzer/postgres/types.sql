-- Types with the domain's base type and the pseudo-type of their kind, by oid.
SELECT t.oid::bigint,
       pg_catalog.format_type(t.oid, NULL),
       t.typbasetype::bigint,
       CASE WHEN t.typtype = 'e' THEN 'anyenum'
             WHEN t.typtype = 'r' THEN 'anyrange'
             WHEN t.typtype = 'm' THEN 'anymultirange'
             WHEN t.typtype = 'c' THEN 'record'
             WHEN t.typelem <> 0 AND t.typlen = -1 THEN 'anyarray'
        END
  FROM pg_catalog.pg_type t
