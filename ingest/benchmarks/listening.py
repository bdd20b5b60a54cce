"""A real `logdex ingest --listen` in a process of its own, for the benchmarks in the folders beside this file."""

import os
import pathlib
import re
import socket
import sys
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "deploy/testbed"))
sys.dont_write_bytecode = True

import parts  # noqa: E402
from parts import Process, wait_until  # noqa: E402

FIGURE = re.compile(r"^logdex_ingest_(\S+) (\S+)$", re.MULTILINE)


class Ingest:
    """Keeps its ports and its settings, so that it can be killed and started again. Of little memory, unless
    LOGDEX_JAVA_OPTS says otherwise."""

    def __init__(self, folder, broker, settings=None):
        self.log = folder / "ingest.out"
        self.syslog, self.udp, self.http, self.metrics = (parts.free_port() for _ in range(4))
        self.environment = {
            "LOGDEX_JAVA_OPTS": "-Xmx128m",
            **os.environ,
            "LOGDEX_BOOTSTRAP_SERVERS": broker.address,
            "LOGDEX_SYSLOG_TCP_PORT": str(self.syslog),
            "LOGDEX_SYSLOG_UDP_PORT": str(self.udp),
            "LOGDEX_HTTP_PORT": str(self.http),
            "LOGDEX_METRICS_PORT": str(self.metrics),
            **(settings or {}),
        }

    def start(self):
        words = [str(ROOT / "logdex"), "ingest", "--listen"]
        self.process = Process(words, self.log, env=self.environment)
        wait_until(lambda: self.is_up() or not self.runs(), f"ingest, see {self.log}")
        return self

    def is_up(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.http)) == 0

    def runs(self):
        return self.process.child.poll() is None

    def figures(self):
        """All its metrics that have no labels, by their names without `logdex_ingest_`."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=20) as answer:
            return {name: float(value) for name, value in FIGURE.findall(answer.read().decode())}

    def figure(self, name):
        return int(self.figures().get(name, 0))

    def memory(self, name):
        """VmRSS or VmHWM in megabytes."""
        status = pathlib.Path(f"/proc/{self.process.child.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+)", status)[1]) // 1024

    def overflown(self):
        """Datagrams that the kernel dropped before ingest could read them."""
        table = [line.split() for line in pathlib.Path("/proc/net/udp").read_text().splitlines()[1:]]
        return sum(int(row[-1]) for row in table if int(row[1].split(":")[1], 16) == self.udp)


class Watch(threading.Thread):
    """Scrapes an ingest four times a second, through all its lives: what grows is added up over them."""

    def __init__(self, ingest):
        super().__init__(daemon=True)
        self.ingest = ingest
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.now, self.before, self.highest = {}, {}, {}

    def run(self):
        while not self.over.wait(0.25):
            self.look()

    def look(self):
        """False when nobody answers."""
        with self.lock:
            try:
                self.now = self.ingest.figures()
            except OSError:
                return False
            for name, value in self.now.items():
                self.highest[name] = max(self.highest.get(name, 0), value)
            return True

    def died(self):
        """What is seen from now on is another process."""
        with self.lock:
            for name, value in self.now.items():
                self.before[name] = self.before.get(name, 0) + value
            self.now = {}

    def total(self, name):
        """Of a counter."""
        return self.before.get(name + "_total", 0) + self.now.get(name + "_total", 0)

    def until(self, condition, what, seconds):
        """Waits until the figures are as they should be."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.look() and condition(self.now):
                return
            time.sleep(0.2)
        sys.exit(f"gave up after {seconds} s waiting for {what}; {self.now}")

    def end(self):
        self.over.set()
        self.join()
