#!/usr/bin/env python3
"""Turns recommendation events into ticket texts: each ticket is opened once, and closed when its reason has gone.

Reads the topic's records from standard input, one JSON event a line, as kcat and the console consumer print them:

    kcat -C -b localhost:9092 -t logdex.recommendations -o beginning -Z -f '%k\\t%s\\n' | ./ticket_consumer.py

With the key and a tab before the value (as above) a tombstone, printed as NULL, closes its ticket too. Without
them (`./logdex advise --json … | ./ticket_consumer.py`) the events alone are read.

Prints one JSON object a line, to be handed to the ticket system of your choice:

    {"do": "open", "key": …, "id": …, "title": …, "body": …}      a recommendation that has no ticket yet
    {"do": "comment", "key": …, "id": …, "body": …}               the evidence changed, or somebody accepted it
    {"do": "close", "key": …, "id": …, "body": …}                 applied, withdrawn, dismissed, superseded, or gone from the topic

What has been done is remembered in a file (--state), so the topic can be read from its beginning every time. When
this program is killed between telling and remembering, it tells the same again: with the same "key", by which the
ticket system is to know it.
"""

import argparse
import json
import os
import sys
import tempfile

# States of a recommendation that want no (more) work of a person. Unknown words are taken as news, not as an end.
ENDS = {
    "applied": "The index is in the catalog.",
    "confirmed": "The index is in the catalog, and the queries became faster.",
    "withdrawn": "The workload no longer asks for this index.",
    "superseded": "Another recommendation has taken the place of this one.",
    "dismissed": "The recommendation was dismissed.",
}
GONE = "The recommendation is no longer on the topic."


class Tickets:
    """What is known of each ticket: the events seen, and whether the ticket is open."""

    def __init__(self, known=None):
        self.known = known or {}

    def take(self, recommendation, event):
        """What is to be done for one record: a list of none or one."""
        if event is None:
            return self.close(recommendation, f"{self.last(recommendation)}/gone", GONE)
        ticket = self.known.setdefault(recommendation, {"open": False, "seen": []})
        # All of them and not only the last: until the topic is compacted, reading it again brings back old states.
        if event["id"] in ticket["seen"]:
            return []
        ticket["seen"].append(event["id"])
        data = event["data"]
        if data["state"] in ENDS:
            return self.close(recommendation, event["id"], end(data))
        if not ticket["open"]:
            ticket["open"] = True
            return [action("open", event["id"], recommendation, title=title(data), body=body(data))]
        if data["state"] == "accepted":
            return [action("comment", event["id"], recommendation, body=data.get("change") or "It was accepted.")]
        news = [data.get("change"), body(data)]
        return [action("comment", event["id"], recommendation, body="\n\n".join(filter(None, news)))]

    def close(self, recommendation, key, why):
        ticket = self.known.get(recommendation)
        if ticket is None or not ticket["open"]:
            return []
        ticket["open"] = False
        return [action("close", key, recommendation, body=why)]

    def last(self, recommendation):
        return (self.known.get(recommendation, {}).get("seen") or [recommendation])[-1]


def action(do, key, recommendation, **texts):
    return {"do": do, "key": key, "id": recommendation, **texts}


def end(data):
    """Why a ticket is closed: the words of whoever dismissed it, the other ticket's name."""
    why = data.get("change") or ENDS[data["state"]]
    reason = (data.get("decision") or {}).get("reason") or ""
    if data["state"] == "dismissed" and reason.strip(" .") not in why:
        why += f"\n\nReason: {reason}"
    if data.get("supersededBy"):
        why += f"\n\nSee {data['supersededBy']}."
    return why


def title(data):
    return data.get("title") or f"Index on {data['table']} in {data['database']}"


def body(data):
    return data.get("body") or own_body(data)


def own_body(data):
    """A body for events that come without one."""
    lines = [
        f"```sql\n{data['ddl']};\n```",
        f"About {size(data['sizeBytes'])}; each byte written to the table writes {data['writeOverhead']:.2f} more.",
    ]
    for query in data["queries"]:
        lines.append(
            f"- {query['callsPerMinute']:.1f} calls/min, cost {query['costBefore']:.0f} → {query['costAfter']:.0f}: "
            f"`{one_line(query['text'])}`"
        )
    return "\n".join(lines)


def size(count):
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1024:
            return f"{count:.0f} {unit}"
        count /= 1024
    return f"{count:.0f} TB"


def one_line(text):
    return " ".join(text.split()).replace("`", "'")


def read_record(line):
    """The recommendation's id and its event; the event is None for a tombstone."""
    key, tab, value = line.partition("\t")
    if not tab:
        key, value = None, line
    if value == "NULL":
        return key, None
    event = json.loads(value)
    return event["subject"], event


def records(lines):
    for number, line in enumerate(lines, start=1):
        line = line.rstrip("\r\n")
        if not line:
            continue
        try:
            yield read_record(line)
        except (ValueError, KeyError, TypeError) as error:
            # One line that is no event must not stop the tickets of the others.
            print(f"line {number} is no recommendation event: {error}", file=sys.stderr)


def load(path):
    try:
        with open(path, encoding="utf-8") as state:
            return Tickets(json.load(state))
    except FileNotFoundError:
        return Tickets()


def save(path, tickets):
    """All or nothing, also when the machine goes down: a crash leaves the old state or the new one."""
    folder = os.path.dirname(os.path.abspath(path))
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, prefix=".tickets-", delete=False) as state:
        try:
            json.dump(tickets.known, state, indent=1, sort_keys=True)
            state.flush()
            os.fsync(state.fileno())
            os.replace(state.name, path)
        except BaseException:
            os.unlink(state.name)
            raise
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--state", default="tickets.json", help="file to remember tickets in (default tickets.json)")
    path = parser.parse_args().state
    tickets = load(path)
    for recommendation, event in records(sys.stdin):
        for each in tickets.take(recommendation, event):
            print(json.dumps(each, ensure_ascii=False), flush=True)
        # After the ticket is told: a crash in between tells it twice rather than never.
        save(path, tickets)


if __name__ == "__main__":
    main()
