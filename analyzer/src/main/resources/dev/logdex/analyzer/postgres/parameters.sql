-- How many parameters the server found in the prepared statement. Parameter: its name.
SELECT pg_catalog.cardinality(p.parameter_types)
  FROM pg_catalog.pg_prepared_statements p
 WHERE p.name = ?
