"""What came of the senders' lines: on the logs topic, and in the windows of a real normalizer."""

import collections
import json
import os
import re
import subprocess

import parts
from listening import ROOT
from parts import TOPIC, Process, kcat_consume, wait_until, wait_until_settled

NUMBER = re.compile(rb"where n = (\d+)\n")


class Found:
    """The lines of one source on the topic."""

    def __init__(self):
        self.deliveries = set()
        self.known_again = 0  # lines in records whose delivery came before, as the normalizer knows them
        self.times = collections.Counter()  # by the line's number, records that came before left out

    def add(self, delivery, numbers):
        if delivery and delivery in self.deliveries:
            self.known_again += len(numbers)
            return
        self.deliveries.add(delivery)
        self.times.update(numbers)

    def missing(self, sent):
        return [number for number in range(sent) if number not in self.times]

    def doubled(self):
        """Lines that came again in a record that nothing tells to be a repetition."""
        return sum(self.times.values()) - len(self.times)


def read(broker):
    """What is found by source."""
    found = collections.defaultdict(Found)
    words = ["kcat", "-C", "-e", "-q", "-o", "beginning", "-b", broker.address, "-t", TOPIC, "-f", "%k|%h|%S\n%s"]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as kcat:
        while head := kcat.stdout.readline():
            source, headers, length = head.decode().rsplit("|", 2)
            delivery = dict(part.split("=", 1) for part in headers.split(",") if part).get("logdex.delivery")
            found[source].add(delivery, [int(number) for number in NUMBER.findall(kcat.stdout.read(int(length)))])
    if kcat.returncode:
        raise subprocess.CalledProcessError(kcat.returncode, words)
    return found


def counted(folder, broker, wanted):
    """The calls by database, which is the source, that a real normalizer makes of the topic."""
    environment = {
        **os.environ,
        "LOGDEX_BOOTSTRAP_SERVERS": broker.address,
        "LOGDEX_STATE_DIR": str(folder / "normalizer"),
    }
    normalizer = Process([str(ROOT / "logdex"), "normalizer"], folder / "normalizer.out", env=environment)
    try:
        wait_until(lambda: windows(broker).total() >= wanted, "all calls in windows", 240, needed=False)
        wait_until_settled(lambda: windows(broker))
        return windows(broker)
    finally:
        normalizer.end()


def windows(broker):
    newest = {}
    for line in kcat_consume(broker.address, "logdex.query-windows", "%k\t%s\n").decode("utf-8").splitlines():
        key, tab, value = line.partition("\t")
        if tab:
            newest[key] = json.loads(value)
    calls = collections.Counter()
    for window in newest.values():
        calls[window["database"]] += window["calls"]
    return calls


def dead_letters(broker):
    return len(kcat_consume(broker.address, parts.TOPIC.replace("logs", "dead-letters"), "%s\n").splitlines())
