"""Senders of numbered lines, so many a second each, whatever the listener does: what could not be sent waits with the sender.

A line is what Postgres logs of a statement; its database is the sender's name and its statement holds its number.
None bears a number of Postgres's own, by which the normalizer would know a repeated line: only deliveries are known again.
"""

import bisect
import collections
import datetime
import http.client
import select
import socket
import threading
import time

TURN = 0.02  # seconds between batches
MOST = 500  # lines of a batch
IMPATIENT, PATIENT = 3, 60  # seconds until a sender of requests gives one up


class Sender(threading.Thread):
    def __init__(self, name, rate):
        super().__init__(name=name, daemon=True)
        self.rate = rate
        self.sent = 0
        self.batches = []  # number of the first line and when it was sent
        self.began = time.monotonic()
        self.ends = None

    def due(self):
        """How many lines there are to send now."""
        now = time.monotonic() if self.ends is None else self.ends
        return min(MOST, int((now - self.began) * self.rate) - self.sent)

    def run(self):
        while self.ends is None or self.due() > 0:
            count = self.due()
            if count > 0 and self.is_ready():
                self.batches.append((self.sent, time.monotonic()))
                self.sent += count
                self.send(range(self.sent - count, self.sent))
            if count < MOST:
                time.sleep(TURN)

    def is_ready(self):
        return True

    def stop(self):
        """No more lines come; those that wait are still sent."""
        self.ends = time.monotonic()

    def sent_at(self, number):
        return self.batches[bisect.bisect(self.batches, (number, float("inf"))) - 1][1]

    def lines(self, numbers, before=""):
        now = datetime.datetime.now(datetime.timezone.utc)
        stamp = now.strftime("%Y-%m-%d %H:%M:%S.") + f"{now.microsecond // 1000:03d} UTC"
        line = f"{before}{stamp} [7] app@{self.name} LOG:  duration: 0.250 ms  statement: select * from sent where n = %d\n"
        return [line % number for number in numbers]

    def header(self):
        return f"<134>1 {datetime.datetime.now(datetime.timezone.utc).isoformat()} {self.name} postgres 7 - - "


class Tcp(Sender):
    """Syslog over one connection, which it looks at before each batch; a batch whose sending fails is not sent again."""

    def __init__(self, name, rate, port):
        super().__init__(name, rate)
        self.port = port
        self.socket = None
        self.breaks = []  # how many lines had been sent when the connection was found broken

    def is_ready(self):
        if self.socket and not self.is_open():
            self.broken()
        if not self.socket:
            try:
                self.socket = socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                time.sleep(0.1)
        return self.socket is not None

    def is_open(self):
        readable, _, _ = select.select([self.socket], [], [], 0)
        return not readable  # a listener of syslog says nothing: it is the end

    def send(self, numbers):
        try:
            self.socket.sendall("".join(self.lines(numbers, self.header())).encode())
        except OSError:
            self.broken()

    def broken(self):
        self.breaks.append(self.sent)
        self.socket.close()
        self.socket = None


class Udp(Sender):
    """A datagram a line."""

    def __init__(self, name, rate, port):
        super().__init__(name, rate)
        self.to = ("127.0.0.1", port)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def send(self, numbers):
        for line in self.lines(numbers, self.header()):
            self.socket.sendto(line.encode(), self.to)


class Http(Sender):
    """One request after the other, each sent again under its id until it is answered with 2xx; waits as it is told to."""

    def __init__(self, name, rate, port, patience):
        super().__init__(name, rate)
        self.port = port
        self.patience = patience
        self.connection = None
        self.answers = collections.Counter()
        self.without_retry_after = 0

    def send(self, numbers):
        body, head = self.request(numbers)
        while True:
            pause = self.post(body, head)
            if pause is None:
                return
            time.sleep(pause)

    def request(self, numbers):
        """To /lines."""
        head = {"Content-Type": "text/plain", "Idempotency-Key": f"{self.name}-{numbers[0]}"}
        return "".join(self.lines(numbers)).encode(), head

    def path(self):
        return f"/lines?source={self.name}"

    def post(self, body, head):
        """None when it was taken, else after how many seconds to send it again."""
        try:
            if not self.connection:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
            self.connection.request("POST", self.path(), body, head)
            answer = self.connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            self.connection = None
            self.answers["no answer in time" if isinstance(error, TimeoutError) else "connection failed"] += 1
            return 0.3
        self.answers[answer.status] += 1
        if answer.status // 100 == 2:
            return None
        self.without_retry_after += answer.status == 503 and "Retry-After" not in answer.headers
        return float(answer.headers.get("Retry-After", 1))


class Drain(Http):
    """Requests as Heroku's Logplex sends them."""

    def request(self, numbers):
        lines = self.lines(numbers, "")
        stamp = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        frames = "".join(self.frame(stamp, number, line) for number, line in zip(numbers, lines))
        head = {
            "Content-Type": "application/logplex-1",
            "Logplex-Msg-Count": str(len(lines)),
            "Logplex-Frame-Id": f"{self.name}-{numbers[0]}",
            "Logplex-Drain-Token": f"d.{self.name}",
        }
        return frames.encode(), head

    def frame(self, stamp, number, line):
        time_ms, zone_and_rest = line[:23], line[line.index("LOG:") :]
        text = (
            f"<134>1 {stamp} host app postgres.7 - [DATABASE] [{number + 1}-1]  sql_error_code = 00000 "
            f'time_ms = "{time_ms} UTC" pid="7" proc_start_time="{time_ms[:19]} UTC" session_id="6b01132a.7" vtid="" tid="0" '
            f'log_line="{number + 1}" database="{self.name}" connection_source="10.0.0.1(1)" user="app" application_name="app" '
            + zone_and_rest
        )
        return f"{len(text)} {text}"

    def path(self):
        return "/logplex"
