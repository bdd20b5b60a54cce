-- Bounds of this transaction, which only reads. Parameters: milliseconds, three times.
SELECT pg_catalog.set_config('statement_timeout', ?, true),
       pg_catalog.set_config('lock_timeout', ?, true),
       pg_catalog.set_config('idle_in_transaction_session_timeout', ?, true)
