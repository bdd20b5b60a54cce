CREATE EXTENSION hypopg;

CREATE TYPE mood AS ENUM ('good', 'bad', 'ugly');
CREATE DOMAIN amount_cents AS integer;

CREATE TABLE customers (
  id serial PRIMARY KEY,
  email varchar(80) NOT NULL,
  country text NOT NULL,
  active boolean NOT NULL,
  mood mood NOT NULL,
  referrer_id integer,
  created_at timestamptz NOT NULL
);
INSERT INTO customers (email, country, active, mood, referrer_id, created_at)
SELECT 'user' || n || '@example.org',
       'country ' || n % 200,
       n % 50 = 0,
       (ARRAY['good', 'bad', 'ugly'])[n % 3 + 1]::mood,
       CASE WHEN n % 100 = 0 THEN n / 2 END,
       timestamptz '2024-01-01 00:00+00' + n * interval '7 minutes'
  FROM generate_series(1, 20000) n;

CREATE TABLE orders (
  id serial PRIMARY KEY,
  customer_id integer NOT NULL,
  doc integer NOT NULL,
  status text NOT NULL,
  "Kind" smallint NOT NULL,
  cents amount_cents NOT NULL,
  placed_at timestamptz NOT NULL,
  shipped_at timestamptz,
  place point,
  tags text[],
  note text NOT NULL
);
INSERT INTO orders (customer_id, doc, status, "Kind", cents, placed_at, shipped_at, place, tags, note)
SELECT (n * 7919) % 20000 + 1,
       (n * 10007) % 1000,
       'status ' || n % 4,
       n % 3000,
       (n * 31) % 50000,
       timestamptz '2024-01-01 00:00+00' + ((n * 4827) % 100000) * interval '5 minutes',
       CASE WHEN n % 500 <> 0 THEN timestamptz '2024-02-01 00:00+00' + n * interval '1 minute' END,
       point(n, n),
       ARRAY['tag ' || n % 10],
       repeat('note ', 10)
  FROM generate_series(1, 100000) n;
CREATE INDEX orders_placed_at ON orders (placed_at);

CREATE TABLE line_items (
  order_id integer NOT NULL,
  product_id integer NOT NULL,
  quantity integer NOT NULL
);
INSERT INTO line_items
SELECT (n * 31) % 100000 + 1, (n * 17) % 2000, n % 9 + 1
  FROM generate_series(1, 150000) n;

CREATE TABLE products (
  id integer PRIMARY KEY,
  sku text NOT NULL,
  price numeric NOT NULL
);
INSERT INTO products SELECT n, 'sku ' || n, n FROM generate_series(1, 2000) n;

CREATE TABLE settings (name text, value text);
INSERT INTO settings SELECT 'name ' || n, 'value ' || n FROM generate_series(1, 50) n;

CREATE TABLE events (
  id bigint NOT NULL,
  customer_id integer NOT NULL,
  kind integer NOT NULL,
  at timestamptz NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO events
SELECT n, (n * 7919) % 20000, n % 7, timestamptz '2024-01-01 00:00+00' + n * interval '12 minutes'
  FROM generate_series(1, 80000) n;

CREATE VIEW open_orders AS SELECT * FROM orders WHERE status = 'status 1';

CREATE MATERIALIZED VIEW order_sums AS
  SELECT customer_id, count(*) AS orders, sum(cents) AS cents FROM orders GROUP BY customer_id;

ANALYZE;
