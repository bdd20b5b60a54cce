"""What a run really was, by the server's jsonlog and by pg_stat_statements; the product's code has no part in it."""

import collections
import re

import application

FIRST = "SELECT 'the first statement'"
LAST = "SELECT 'the last statement'"

EXECUTION = re.compile(r"(?:duration: ([\d.]+) ms  )?(statement|execute .*?): (.*)", re.DOTALL)
DURATION = re.compile(r"duration: ([\d.]+) ms")
NOTHING = re.compile(r"(?:\s|;|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.DOTALL)
PREPARED = re.compile(r"prepare: PREPARE \w+(?:\([^)]*\))? AS (.*)", re.DOTALL)
PARAMETER = re.compile(r"\$\d+ = (?:NULL|'((?:[^']|'')*)')(?:, |$)")
TRANSACTION = re.compile(r"(BEGIN|START|COMMIT|END|ROLLBACK)\b", re.IGNORECASE)

Run = collections.namedtuple("Run", "user database query_id logged statement parameters elapsed")


def message(entry):
    """What of an entry every form has; an absent part is None, an absent name empty."""
    return (
        re.sub(r"\d$", "", entry["error_severity"]),
        entry["message"],
        entry.get("detail"),
        entry.get("context"),
        entry.get("statement"),
        entry.get("user", ""),
        entry.get("dbname", ""),
        entry["timestamp"].replace(" UTC", "").replace(" ", "T"),
    )


def position(entry):
    """What stderr and syslog say behind the message, and csvlog and jsonlog in a column."""
    at = entry.get("cursor_position", entry.get("internal_position"))
    return f" at character {at}" if at else ""


def runs(jsonlog):
    """All executions, by the table of which messages count."""
    found, announced = [], {}
    for entry in jsonlog:
        pid, text = entry["pid"], entry["message"]
        if entry["error_severity"] == "ERROR":
            announced.pop(pid, None)
        elif entry["error_severity"] != "LOG" or "statement" in entry:
            continue
        elif duration := DURATION.fullmatch(text):
            before = announced.pop(pid, None)
            if before:
                # an announcement is logged before the server knows the query's id
                found.append(before._replace(elapsed=float(duration[1]), query_id=entry["query_id"]))
        elif execution := EXECUTION.fullmatch(text):
            announced.pop(pid, None)
            if NOTHING.fullmatch(execution[3]) or execution[2].startswith("execute fetch from "):
                continue
            run = one(entry, execution)
            if run.elapsed is None:
                announced[pid] = run
            else:
                found.append(run)
    return found + list(announced.values())


def one(entry, execution):
    logged, detail = execution[3], entry.get("detail", "")
    prepared = PREPARED.fullmatch(detail)
    parameters = ()
    if prepared:
        parameters = tuple(re.findall(r"\d+", logged)[1:])  # EXECUTE p1(n)
    elif detail.startswith("parameters: "):
        parameters = tuple(
            None if value[1] is None else value[1].replace("''", "'")
            for value in PARAMETER.finditer(detail, len("parameters: "))
        )
    return Run(
        entry.get("user", ""),
        entry.get("dbname", ""),
        entry["query_id"],
        logged,
        # what a PREPARE prepares does not run
        prepared[1] if prepared else "PREPARE" if logged.startswith("PREPARE ") else logged,
        parameters,
        float(execution[1]) if execution[1] else None,
    )


def compare_with_statistics(jsonlog, statistics):
    """Executions and calls by query id; gives both totals, what differs and is explained, and what is not."""
    every = runs(jsonlog)
    begin = next(at for at, run in enumerate(every) if run.logged == FIRST)
    end = next(at for at, run in enumerate(every) if run.logged == LAST)
    counted = every[begin : end + 1]
    explained, surplus, texts = collections.Counter(), collections.Counter(), {}
    for run in counted:
        key = (run.user, run.database, run.query_id)
        texts[key] = run.statement
        if re.match(r"(PREPARE|DEALLOCATE) ", run.logged):
            explained["PREPARE and DEALLOCATE, which pg_stat_statements leaves out"] += 1
        elif run.query_id == 0 and TRANSACTION.match(run.logged):
            explained["transaction commands prepared by name, without a query id when run again"] += 1
        else:
            surplus[key] += 1
    for row in statistics:
        key = (row["rolname"], row["datname"], row["queryid"])
        texts[key] = row["query"]
        surplus[key] -= row["calls"]
    for marks, reason in (
        (application.BEFORE_ANOTHER, "statements before the last one in their message"),
        (application.BEFORE_A_FAILURE, "statements before one in their message that failed, never logged"),
    ):
        for row in statistics:
            if any(re.search(rf"\b{mark}\b", row["query"]) for mark in marks):
                surplus[row["rolname"], row["datname"], row["queryid"]] += 1
                explained[reason] += 1
    left = {f"{texts[key]!r} ({key})": count for key, count in surplus.items() if count}
    return len(counted), sum(row["calls"] for row in statistics), explained, left
