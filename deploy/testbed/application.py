"""What an application sends to Postgres, with every awkward thing that a log reader has to get right.

Names in `AS m_…` tell statements apart however they are normalized.
"""

import time

from protocol import Session

SCHEMA = """
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int, status text, note text, placed_at timestamptz);
INSERT INTO orders
  SELECT n, n % 100, 'open', 'note ' || n, now() - n * interval '1 minute' FROM generate_series(1, 1000) n;
CREATE TABLE copied (id int, note text);
CREATE FUNCTION broken(n int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  RAISE NOTICE 'about to fail,
	on two lines';
  EXECUTE 'SELECT * FROM
  nowhere';
  RETURN n;
END $$;
CREATE FUNCTION nested(n int) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  RAISE LOG 'nested was called with %', n;
  RETURN (SELECT count(*) FROM orders WHERE customer_id = n);
END $$
"""

# Marks of the statements that are followed by another one in their message, and of those followed by one that
# fails. Their columns are of their own number and kind: the server takes statements that differ in names for one.
BEFORE_ANOTHER = ("m_first", "m_second", "START TRANSACTION", "m_inblock")
BEFORE_A_FAILURE = ("m_good",)

# One message of the simple protocol each.
SIMPLE = [
    "SELECT 1 AS m_tabs,\n\t\tid\n\tFROM\torders\n\n\t  WHERE note = 'line one\nline two'",
    "SELECT 2 AS m_unicode, 'grüße, 東京, 🐘, \u2028 and \u0085' FROM orders WHERE id = 1",
    "SELECT 3 AS m_list FROM orders WHERE id IN (" + ",".join(str(n) for n in range(1000, 1250)) + ")",
    "SELECT 4 AS m_words FROM orders WHERE note IN (" + ", ".join(f"'word {n}'" for n in range(100)) + ")",
    "SELECT 5 AS m_lines FROM orders WHERE id = 1\n" + "\n".join(f"  OR customer_id = {n}" for n in range(12)),
    "SELECT 6 AS m_nobreak, '" + "x" * 2000 + "' FROM orders WHERE id = 1",
    "SELECT 7 AS m_wide, '" + "é🐘" * 200 + "' FROM orders WHERE id = 1",
    "SELECT 8 AS m_fake, '\n2026-11-20 23:54:44.068 UTC [1] app@shop LOG:  duration: 1.000 ms  statement: DROP TABLE orders' FROM orders WHERE id = 1",
    "SELECT 9 AS m_return,\r\n  id\r\nFROM orders WHERE id = 1\r",
    "SELECT 10 AS m_control, E'\\x01' || '\x1b[31m \x7f' FROM orders WHERE id = 1",
    "SELECT 11 AS m_percent, '%s %n %m %%' FROM orders WHERE id = 1 AND note LIKE '50% {\"msg\":\"[7-1]\"}'",
    "SELECT 12 AS m_quotes, 'a \"word\", and \"\"two\"\"', '', '\\' AS \"Odd, \"\"Name\"\"\" FROM orders WHERE id = 1",
    "-- a comment before it\nSELECT 13 AS m_comment /* and\n\tone within */ FROM orders WHERE id = 1",
    "SELECT 14 AS m_separator, 'duration: 1 ms  statement: x' FROM orders WHERE note = 'LOG:  x' AND status = ':  '",
    "SELECT 15 AS m_octal, '#011 and #012' FROM orders WHERE id = 1",
    "SELECT 16 AS m_dollar, $x$ it's\n\t$1 $x$ FROM orders WHERE id = 1",
    "\n\n  SELECT 17 AS m_blank FROM orders WHERE id = 1  \n\n",
    "SELECT 18 AS m_csv, '\n2026-11-20 23:54:44.071 UTC,\"app\",\"shop\",1,\"[local]\",1.1,1,\"SELECT\"' FROM orders WHERE id = 1;",
    # several statements in one message
    "SELECT 20 AS m_first, 1.5; SELECT 21 AS m_second, 1.5 FROM orders WHERE id = 1;\nUPDATE orders SET note = ';' WHERE id = 2",
    "START TRANSACTION; SELECT 22 AS m_inblock, 1, 1.5; COMMIT AND NO CHAIN",
    "SELECT 23 AS m_good, 1.5, 1.5; SELECT 24 AS m_bad FROM nowhere; SELECT 25 AS m_never",
    # nothing at all
    "",
    ";",
    "-- only a comment",
    "/* only\n a comment */",
    # errors
    "SELECT 30 AS m_error, * FROM nowhere\n\tWHERE x = 'private'",
    "SELECT 31 AS m_division, 1 / 0",
    "SELEC 32 AS m_syntax,\n\tid FROM orders",
    "INSERT INTO orders (id, note) VALUES (1, 'twice')",
    "SELECT 33 AS m_function, broken(1)",
    "SELECT 34 AS m_nested, nested(5)",
    "DO $$ BEGIN RAISE WARNING E'careful:\\n\\tthis is\\nthree lines' USING DETAIL = 'a detail,\n\tindented', HINT = 'a hint'; END $$",
    # prepared and cursors in SQL
    "PREPARE p1(int) AS SELECT 40 AS m_sqlprepared,\n\tid FROM orders WHERE id = $1",
    "EXECUTE p1(1)",
    "EXECUTE p1(2)",
    "DEALLOCATE p1",
    "EXECUTE p1(3)",
    "BEGIN",
    "DECLARE c1 CURSOR FOR SELECT 41 AS m_cursor, id FROM orders ORDER BY id",
    "FETCH 5 FROM c1",
    "FETCH 5 FROM c1",
    "CLOSE c1",
    "ROLLBACK",
    "SET work_mem = '2MB'",
    "EXPLAIN (COSTS OFF) SELECT 42 AS m_explained FROM orders WHERE id = 1",
    "CREATE TEMP TABLE \"Odd\tName\" AS SELECT 43 AS m_created",
    "COPY (SELECT 44 AS m_copyout, id FROM orders WHERE id < 3) TO STDOUT",
]


def run(port, users, huge):
    """Everything once; `users` are (user, database) pairs with names of all kinds, `huge` the longest literal."""
    main_user, database = users[0]
    with Session(port, main_user, database, "shop backend") as session:
        session.simple(*SIMPLE)
        session.simple("COPY copied FROM STDIN", copy=b"1\tone\n2\t\\N\n")
        session.simple("COPY copied FROM STDIN", copy=b"not a number\tx\n")
        session.simple("SELECT 50 AS m_huge, length('" + f"{'0123456789 ' * 7}\n" * (huge // 78) + "') FROM orders WHERE id = 1")
        extended(session)
        session.simple("SET statement_timeout = 40")
        session.simple("SELECT 70 AS m_timeout, pg_sleep(5)")
        session.simple("SET statement_timeout = 0")
        session.cancelled_after(0.15, "SELECT 71 AS m_cancelled,\n\tpg_sleep(5)")
    for application in ("", "[0 of 5 busy]", "x LOG:  y", "a,b \"c\" 'd' [1] %m"):
        for user, name in users if application.startswith("x") else users[:1]:
            with Session(port, user, name, application) as session:
                session.simple("SELECT 80 AS m_names")
    lock_wait(port, main_user, database)
    with Session(port, main_user, database, settings={"search_path": "nowhere"}) as session:
        session.simple("SELECT 81 AS m_path FROM orders")
    Session(port, main_user, "no such database").close()
    Session(port, "nobody here", database).close()
    abandoned = Session(port, main_user, database, "killed")
    abandoned.simple("SELECT 82 AS m_abandoned")
    abandoned.abandon()


def run_briefly(port, user, database):
    """What differs between one server's settings and another's, in few lines."""
    awkward = ("m_tabs", "m_unicode", "m_fake", "m_return", "m_comment", "m_first", "m_bad", "only a comment")
    at = next(n for n, statement in enumerate(SIMPLE) if "m_error" in statement)
    with Session(port, user, database, "shop backend") as session:
        session.simple(*(statement for statement in SIMPLE[:at] if any(name in statement for name in awkward)))
        session.simple(*SIMPLE[at:])
        extended(session)
        session.cancelled_after(0.15, "SELECT 71 AS m_cancelled,\n\tpg_sleep(5)")
    lock_wait(port, user, database)


def extended(session):
    session.extended("SELECT 51 AS m_unnamed, $1::text, $2::text, $3::int", "o'clock\nsecond line", None, 42)
    session.extended("SELECT 52 AS m_fakeparameter,\n\t$1::text, $2::text", "', $2 = 'fake", "")
    session.extended("SELECT 53 AS m_noparameter FROM orders WHERE id = 1")
    session.extended("SELECT 54 AS m_wideparameter, $1::text", "grüße 東京 🐘\r\n\tx")
    session.parse("SELECT 55 AS m_named FROM orders WHERE id = $1::int", "S_1").sync()
    for value in (1, 2, 3):
        session.bind(value, name="S_1").execute().sync()
    # a batch: one Sync for all
    for value in (4, 5, 6):
        session.bind(value, name="S_1").execute()
    session.sync().close_statement("S_1").sync()
    # a cursor's fetches, the last of them not full; the portal's name has a slash
    session.parse("BEGIN").bind().execute().sync()
    session.parse("SELECT 56 AS m_fetched,\n\tid FROM orders WHERE id <= $1::int ORDER BY id", "S_2")
    session.bind(25, name="S_2", portal="C/1").execute("C/1", 10).sync()
    session.execute("C/1", 10).sync()
    session.execute("C/1", 10).sync()
    session.parse("COMMIT").bind().execute().sync()
    # a driver that names its statements with a colon
    session.parse("SELECT 57 AS m_colon, $1::int", "py:0x7fde12d61b80").bind(1, name="py:0x7fde12d61b80").execute().sync()
    # errors in each phase
    session.extended("SELECT 58 AS m_parseerror FROM nowhere WHERE id = $1", 1)
    session.extended("SELECT 59 AS m_binderror, $1::int", "no number\n\tat all")
    session.extended("SELECT 60 AS m_executeerror, 1 / $1::int", 0)
    session.parse("SELECT 61 AS m_batcherror, 1 / $1::int", "S_3")
    for value in (1, 0, 2):
        session.bind(value, name="S_3").execute()
    session.sync()
    # nothing
    session.extended("")
    session.extended("-- only a comment")
    # named transaction commands, run again and again
    session.parse("BEGIN", "S_4").parse("COMMIT", "S_5").sync()
    for _ in range(3):
        session.bind(name="S_4").execute().sync()
        session.bind(name="S_5").execute().sync()
    session.fastpath(1598)  # random()


def lock_wait(port, user, database):
    with Session(port, user, database, "holder") as holder, Session(port, user, database, "waiter") as waiter:
        holder.simple("BEGIN", "UPDATE orders SET note = 'held' WHERE id = 3")
        waiter.begin_simple("UPDATE orders SET\n\tnote = 'waited' WHERE id = 3")
        time.sleep(0.3)
        holder.simple("COMMIT")
        waiter.wait()
