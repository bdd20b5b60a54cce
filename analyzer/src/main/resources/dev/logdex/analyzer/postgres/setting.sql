-- Sets a setting for the session, or for the transaction. Parameters: name, value, whether local.
SELECT pg_catalog.set_config(?, ?, ?)
