CREATE COLLATION swedish (provider = icu, locale = 'sv-SE');

CREATE DOMAIN slug AS text CHECK (VALUE <> '');

CREATE TABLE tickets (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id integer NOT NULL,
  state text NOT NULL,
  urgent boolean NOT NULL,
  mood mood NOT NULL,
  slug slug NOT NULL,
  title text COLLATE swedish NOT NULL,
  code text COLLATE "C" NOT NULL,
  assignee_id integer,
  opened_at timestamp NOT NULL,
  closed_at timestamptz,
  due date NOT NULL,
  data jsonb NOT NULL,
  points integer NOT NULL
);
INSERT INTO tickets
  (account_id, state, urgent, mood, slug, title, code, assignee_id, opened_at, closed_at, due, data, points)
SELECT (n * 7919) % 5000,
       CASE WHEN n % 100 = 0 THEN 'open' WHEN n % 400 = 1 THEN 'stuck' ELSE 'done' END,
       n % 200 = 0,
       (CASE WHEN n % 300 = 0 THEN 'ugly' ELSE 'good' END)::mood,
       'slug-' || n,
       'Title ' || n,
       'code-' || n,
       CASE WHEN n % 50 = 0 THEN n % 700 END,
       timestamp '2024-01-01' + n * interval '10 minutes',
       CASE WHEN n % 100 <> 0 THEN timestamptz '2024-01-01 00:00+00' + n * interval '11 minutes' END,
       date '2024-01-01' + (n * 31) % 700,
       jsonb_build_object('customer', n % 20000, 'kind', 'kind ' || n % 7),
       (n * 37) % 10000
  FROM generate_series(1, 60000) n;
CREATE INDEX tickets_account_id ON tickets (account_id);

CREATE TABLE places (id integer PRIMARY KEY, name text NOT NULL, zip text NOT NULL);
CREATE TABLE cities (population integer NOT NULL) INHERITS (places);
INSERT INTO places SELECT n, 'place ' || n, 'zip ' || n FROM generate_series(1, 10000) n;
INSERT INTO cities SELECT n, 'city ' || n, 'zip ' || n, n FROM generate_series(10001, 20000) n;

CREATE TABLE notes (id integer PRIMARY KEY, tenant integer NOT NULL, author integer NOT NULL);
INSERT INTO notes SELECT n, n % 4000, n % 900 FROM generate_series(1, 40000) n;
ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_tenant ON notes
  USING (tenant = nullif(current_setting('shop.tenant', true), '')::integer);

CREATE VIEW open_tickets AS
  SELECT id, account_id, title, opened_at FROM tickets WHERE state = 'open';

CREATE STATISTICS ticket_days ON (due - date '2000-01-01') FROM tickets;

ANALYZE;
