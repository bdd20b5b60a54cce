CREATE EXTENSION hypopg;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;

CREATE TABLE articles (
  id integer PRIMARY KEY,
  title text NOT NULL,
  author varchar(60) NOT NULL,
  body text NOT NULL,
  doc jsonb NOT NULL,
  tags text[] NOT NULL,
  numbers integer[] NOT NULL,
  words tsvector NOT NULL,
  url text NOT NULL
);
INSERT INTO articles
SELECT n,
       'title ' || md5(n::text),
       'author ' || md5((n % 20000)::text),
       'word' || n % 5000 || ' stands beside other' || n % 3000 || ' in ' || md5((n * 7)::text),
       jsonb_build_object('k', n % 3000, 'tag', 'x' || n % 2000) ||
         CASE WHEN n % 1000 = 0 THEN jsonb_build_object('rare' || n % 7, true) ELSE '{}' END,
       ARRAY['tag' || n % 1000, 'more' || n % 700],
       ARRAY[n % 5000, n % 333],
       to_tsvector('english', 'word' || n % 5000 || ' beside other' || n % 3000),
       'https://example.org/some/where/very/deep/' || md5(n::text) || '/' || n
  FROM generate_series(1, 50000) n;

CREATE TABLE bookings (
  room integer NOT NULL,
  during int4range NOT NULL,
  days daterange NOT NULL,
  kind integer NOT NULL,
  few int4range NOT NULL
);
INSERT INTO bookings
SELECT (n * 7919) % 1000,
       int4range(n, n + 5),
       daterange(date '1900-01-01' + n % 40000, date '1900-01-01' + n % 40000 + 3),
       n % 5,
       int4range(n % 3, n % 3 + 1)
  FROM generate_series(1, 60000) n;

CREATE TABLE places (
  id integer NOT NULL,
  at point NOT NULL,
  area box NOT NULL,
  addr inet NOT NULL,
  name text NOT NULL
);
INSERT INTO places
SELECT n,
       point((n * 7919) % 10007, (n * 104729::bigint) % 10009),
       box(point(n % 5000, n % 7000), point(n % 5000 + 2, n % 7000 + 2)),
       ('10.' || n % 200 || '.' || n % 250 || '.' || n % 9)::inet,
       'place ' || md5(n::text)
  FROM generate_series(1, 50000) n;

CREATE TABLE readings (
  id bigint NOT NULL,
  at timestamptz NOT NULL,
  sensor integer NOT NULL,
  value double precision NOT NULL
);
INSERT INTO readings
SELECT n, timestamptz '2024-01-01 00:00+00' + n * interval '10 seconds', (n * 7919::bigint) % 5000, n % 1000
  FROM generate_series(1, 900000) n;

ANALYZE;
