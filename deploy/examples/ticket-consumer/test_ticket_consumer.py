import io
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest

import ticket_consumer
from ticket_consumer import Tickets, records

HERE = os.path.dirname(os.path.abspath(__file__))


def event(number=1, state="proposed", recommendation="a1b2", **more):
    data = {
        "id": recommendation,
        "state": state,
        "kind": "create-index",
        "database": "shop",
        "table": "public.orders",
        "ddl": "CREATE INDEX CONCURRENTLY orders_customer_id_idx ON public.orders USING btree (customer_id)",
        "sizeBytes": 2252800,
        "writeOverhead": 0.25,
        "queries": [
            {
                "fingerprint": "00ff00ff00ff00ff",
                "text": "SELECT *\n  FROM orders WHERE customer_id = $1",
                "callsPerMinute": 12.5,
                "costBefore": 2041.0,
                "costAfter": 8.3,
            }
        ],
        "title": "Add an index on public.orders (customer_id)",
        "body": "**shop**: 1 query gains.",
    }
    data.update(more)
    return {
        "specversion": "1.0",
        "id": f"{recommendation}/{number}",
        "type": f"dev.logdex.recommendation.{state}",
        "subject": recommendation,
        "data": data,
    }


def doings(*events, tickets=None):
    tickets = tickets or Tickets()
    return [action["do"] for one in events for action in tickets.take(one["subject"], one)]


class TicketsTest(unittest.TestCase):
    def test_a_proposal_opens_a_ticket_with_the_events_own_text(self):
        actions = Tickets().take("a1b2", event())
        self.assertEqual(
            actions,
            [
                {
                    "do": "open",
                    "key": "a1b2/1",
                    "id": "a1b2",
                    "title": "Add an index on public.orders (customer_id)",
                    "body": "**shop**: 1 query gains.",
                }
            ],
        )

    def test_the_same_event_again_does_nothing(self):
        self.assertEqual(doings(event(), event()), ["open"])

    def test_reading_all_of_the_topic_again_does_nothing(self):
        history = [event(1), event(2, "updated"), event(3, "withdrawn"), event(4)]
        tickets = Tickets()
        self.assertEqual(doings(*history, tickets=tickets), ["open", "comment", "close", "open"])
        self.assertEqual(doings(*history, tickets=tickets), [])

    def test_new_evidence_comments_on_the_open_ticket(self):
        self.assertEqual(doings(event(1), event(2, "updated")), ["open", "comment"])

    def test_a_comment_says_first_what_changed(self):
        tickets = Tickets()
        tickets.take("a1b2", event())
        actions = tickets.take("a1b2", event(2, "updated", change="It saves twice as much.", body="All of it."))
        self.assertEqual(actions, [{"do": "comment", "key": "a1b2/2", "id": "a1b2", "body": "It saves twice as much.\n\nAll of it."}])

    def test_a_ticket_is_closed_with_the_events_reason(self):
        tickets = Tickets()
        tickets.take("a1b2", event())
        actions = tickets.take("a1b2", event(2, "applied", change="The index is there as orders_idx."))
        self.assertEqual(actions, [{"do": "close", "key": "a1b2/2", "id": "a1b2", "body": "The index is there as orders_idx."}])

    def test_an_update_whose_proposal_was_compacted_away_opens_the_ticket(self):
        self.assertEqual(doings(event(2, "updated")), ["open"])

    def test_the_end_of_the_reason_closes_the_ticket(self):
        for state in ticket_consumer.ENDS:
            with self.subTest(state):
                self.assertEqual(doings(event(1), event(2, state)), ["open", "close"])

    def test_an_acceptance_is_a_comment_without_the_evidence_again(self):
        tickets = Tickets()
        tickets.take("a1b2", event())
        actions = tickets.take("a1b2", event(2, "accepted", change="Accepted by ann."))
        self.assertEqual(actions, [{"do": "comment", "key": "a1b2/2", "id": "a1b2", "body": "Accepted by ann."}])

    def test_a_dismissal_closes_with_its_reason(self):
        tickets = Tickets()
        tickets.take("a1b2", event())
        gone = event(2, "dismissed", change="Dismissed.", decision={"reason": "The report goes away", "by": "ann"})
        self.assertEqual(tickets.take("a1b2", gone)[0]["body"], "Dismissed.\n\nReason: The report goes away")

    def test_a_reason_is_not_said_twice(self):
        tickets = Tickets()
        tickets.take("a1b2", event())
        gone = event(2, "dismissed", change="Dismissed: too large.", decision={"reason": "too large", "by": ""})
        self.assertEqual(tickets.take("a1b2", gone)[0]["body"], "Dismissed: too large.")

    def test_a_superseded_ticket_names_the_other(self):
        tickets = Tickets()
        tickets.take("a1b2", event())
        action = tickets.take("a1b2", event(2, "superseded", change="It is covered.", supersededBy="c3d4"))[0]
        self.assertEqual((action["do"], action["body"]), ("close", "It is covered.\n\nSee c3d4."))

    def test_a_reopened_recommendation_opens_its_ticket_again(self):
        self.assertEqual(doings(event(1), event(2, "dismissed"), event(3)), ["open", "close", "open"])

    def test_a_repeated_action_has_the_same_key(self):
        for records_of_one in ([event()], [event(), event(2, "updated")], [event(), None]):
            told = []
            for _ in range(2):
                tickets = Tickets()
                told.append([tickets.take("a1b2", each) for each in records_of_one][-1][0]["key"])
            self.assertEqual(told[0], told[1])

    def test_an_end_without_a_ticket_does_nothing(self):
        self.assertEqual(doings(event(2, "applied")), [])

    def test_a_recommendation_that_comes_back_opens_its_ticket_again(self):
        self.assertEqual(doings(event(1), event(2, "withdrawn"), event(3)), ["open", "close", "open"])

    def test_recommendations_do_not_mix(self):
        self.assertEqual(doings(event(), event(recommendation="c3d4")), ["open", "open"])

    def test_a_tombstone_closes_the_ticket_once(self):
        tickets = Tickets()
        tickets.take("a1b2", event())
        self.assertEqual([action["do"] for action in tickets.take("a1b2", None)], ["close"])
        self.assertEqual(tickets.take("a1b2", None), [])

    def test_a_tombstone_of_something_unknown_does_nothing(self):
        self.assertEqual(Tickets().take("never-seen", None), [])

    def test_an_event_without_texts_gets_its_own(self):
        action = Tickets().take("a1b2", event(title="", body=""))[0]
        self.assertEqual(action["title"], "Index on public.orders in shop")
        self.assertIn("CREATE INDEX CONCURRENTLY orders_customer_id_idx", action["body"])
        self.assertIn("12.5 calls/min, cost 2041 → 8: `SELECT * FROM orders WHERE customer_id = $1`", action["body"])
        self.assertIn("About 2 MB", action["body"])


class RecordsTest(unittest.TestCase):
    def test_reads_events_with_and_without_their_key(self):
        text = json.dumps(event())
        self.assertEqual(list(records([text + "\n"])), [("a1b2", event())])
        self.assertEqual(list(records(["a1b2\t" + text + "\n"])), [("a1b2", event())])

    def test_reads_a_tombstone(self):
        self.assertEqual(list(records(["a1b2\tNULL\n"])), [("a1b2", None)])

    def test_goes_on_after_a_line_that_is_no_event(self):
        said, sys.stderr = sys.stderr, io.StringIO()
        try:
            found = list(records(["garbage\n", "[]\n", "{}\n", "\n", json.dumps(event()) + "\n"]))
            self.assertIn("line 1", sys.stderr.getvalue())
        finally:
            sys.stderr = said
        self.assertEqual(found, [("a1b2", event())])


class CommandTest(unittest.TestCase):
    def run_command(self, folder, *events):
        done = subprocess.run(
            [sys.executable, os.path.join(HERE, "ticket_consumer.py"), "--state", os.path.join(folder, "state.json")],
            input="".join(json.dumps(one) + "\n" for one in events),
            capture_output=True,
            text=True,
            check=True,
        )
        return [json.loads(line)["do"] for line in done.stdout.splitlines()]

    def test_remembers_between_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(self.run_command(folder, event()), ["open"])
            self.assertEqual(self.run_command(folder, event()), [])
            self.assertEqual(self.run_command(folder, event(), event(2, "applied")), ["close"])
            self.assertEqual(self.run_command(folder, event(), event(2, "applied")), [])
            self.assertEqual(self.run_command(folder, event(3)), ["open"])


class FakeTicketSystem:
    """Does what each line says, once for each key, as a ticket system behind an idempotency key does."""

    def __init__(self):
        self.keys = set()
        self.doings = []

    def take(self, lines):
        repeats = 0
        for line in lines:
            action = json.loads(line)
            repeats += action["key"] in self.keys
            if action["key"] not in self.keys:
                self.keys.add(action["key"])
                self.doings.append((action["id"], action["do"]))
        return repeats


class KilledConsumerTest(unittest.TestCase):
    """Killed with SIGKILL at random instants, the consumer repeats itself, but each ticket is opened once."""

    IDS = [f"id{number}" for number in range(12)]
    LIFE = ["proposed", "updated", "accepted", "applied"]

    def test_restarted_at_random_each_ticket_is_opened_once(self):
        history = [event(number, state, one) for number, state in enumerate(self.LIFE, 1) for one in self.IDS]
        text = "".join(json.dumps(each) + "\n" for each in history)
        chance = random.Random(7)
        system = FakeTicketSystem()
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(8):
                system.take(self.lines(self.killed(folder, text, after=chance.randrange(1, 9))))
                self.assertTrue(os.listdir(folder))
            system.take(self.lines(self.killed(folder, text, after=None)))
            self.assertEqual(self.lines(self.killed(folder, text, after=None)), [])
            with open(os.path.join(folder, "state.json"), encoding="utf-8") as state:
                self.assertEqual(len(json.load(state)), len(self.IDS))
        for one in self.IDS:
            mine = [do for recommendation, do in system.doings if recommendation == one]
            self.assertEqual(mine, ["open", "comment", "comment", "close"])

    def test_what_was_told_but_not_remembered_is_told_again_with_its_key(self):
        system = FakeTicketSystem()
        with tempfile.TemporaryDirectory() as folder:
            text = json.dumps(event()) + "\n"
            system.take(self.lines(self.killed(folder, text, after=None)))
            os.unlink(os.path.join(folder, "state.json"))
            self.assertEqual(system.take(self.lines(self.killed(folder, text, after=None))), 1)
        self.assertEqual(system.doings, [("a1b2", "open")])

    @staticmethod
    def lines(output):
        # a line that the kill cut off was not taken by anybody
        return [line for line in output.splitlines(keepends=True) if line.endswith("\n")]

    @staticmethod
    def killed(folder, text, after):
        """Runs the consumer; kills it when it has told that many lines (never when None)."""
        script = os.path.join(HERE, "ticket_consumer.py")
        with tempfile.TemporaryFile("w+", encoding="utf-8") as events:
            events.write(text)
            events.seek(0)
            with subprocess.Popen(
                [sys.executable, script, "--state", os.path.join(folder, "state.json")],
                stdin=events,
                stdout=subprocess.PIPE,
                text=True,
            ) as consumer:
                told = list(itertools.islice(consumer.stdout, after))
                if after is not None:
                    consumer.kill()
                return "".join(told) + consumer.stdout.read()


if __name__ == "__main__":
    unittest.main()
