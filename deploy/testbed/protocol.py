"""Postgres's frontend protocol, just enough of it that every message a client can send is sent on purpose."""

import socket
import struct
import threading
import time


class Session:
    """One connection with trust authentication. What the server answers with an error is kept, not raised."""

    def __init__(self, port, user, database, application="", settings=None):
        self.address = ("127.0.0.1", port)
        self.socket = socket.create_connection(self.address)
        self.errors = []
        self.pid = self.secret = None
        self.pending = b""
        self.received = b""
        startup = {"user": user, "database": database, "client_encoding": "UTF8", **(settings or {})}
        if application:
            startup["application_name"] = application
        body = b"".join(_text(word) for pair in startup.items() for word in pair) + b"\0"
        self.socket.sendall(struct.pack("!ii", 8 + len(body), 196608) + body)
        self.open = self._until_ready()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()

    def close(self):
        if self.socket:
            if self.open:
                self.socket.sendall(b"X\0\0\0\4")
                self.socket.recv(1)  # until the server has ended the session and logged it
            self.socket.close()
            self.socket = None

    def abandon(self):
        """Ends the connection without a word, as a killed client does."""
        self.socket.close()
        self.socket = None

    # simple protocol

    def simple(self, *statements, copy=b""):
        """Each text as one message, which may hold several statements."""
        for statement in statements:
            self._send(b"Q", _text(statement))
            self._flush()
            self._until_ready(copy)
        return self

    def begin_simple(self, statement):
        """Sends and does not wait; `wait` does."""
        self._send(b"Q", _text(statement))
        self._flush()

    def wait(self):
        self._until_ready()

    # extended protocol; the messages go out with `sync`

    def parse(self, sql, name="", types=()):
        self._send(b"P", _text(name) + _text(sql) + struct.pack(f"!h{len(types)}i", len(types), *types))
        return self

    def bind(self, *values, name="", portal=""):
        body = _text(portal) + _text(name) + struct.pack("!hh", 0, len(values))
        for value in values:
            raw = None if value is None else str(value).encode()
            body += struct.pack("!i", -1) if raw is None else struct.pack("!i", len(raw)) + raw
        self._send(b"B", body + struct.pack("!h", 0))
        return self

    def execute(self, portal="", rows=0):
        self._send(b"E", _text(portal) + struct.pack("!i", rows))
        return self

    def close_statement(self, name):
        self._send(b"C", b"S" + _text(name))
        return self

    def sync(self):
        self._send(b"S", b"")
        self._flush()
        self._until_ready()
        return self

    def extended(self, sql, *values, types=()):
        return self.parse(sql, types=types).bind(*values).execute().sync()

    def fastpath(self, function, *values):
        body = struct.pack("!ihh", function, 0, len(values))
        for value in values:
            body += struct.pack("!i", len(str(value))) + str(value).encode()
        self._send(b"F", body + struct.pack("!h", 0))
        self._flush()
        self._until_ready()
        return self

    # cancelling

    def cancel(self):
        with socket.create_connection(self.address) as other:
            other.sendall(struct.pack("!iiii", 16, 80877102, self.pid, self.secret))
            other.recv(1)

    def cancelled_after(self, seconds, statement):
        """Sends a statement and takes it back."""
        self.begin_simple(statement)
        timer = threading.Thread(target=lambda: (time.sleep(seconds), self.cancel()))
        timer.start()
        self.wait()
        timer.join()
        return self

    def _send(self, kind, body):
        self.pending += kind + struct.pack("!i", len(body) + 4) + body

    def _flush(self):
        data, self.pending = self.pending, b""
        self.socket.sendall(data)

    def _until_ready(self, copy=b""):
        """True when the server waits for more, False when it has ended the session."""
        while True:
            message = self._message()
            if message is None:
                self.open = False
                return False
            kind, body = message
            if kind == b"Z":
                return True
            if kind == b"K":
                self.pid, self.secret = struct.unpack("!ii", body)
            elif kind == b"E":
                fields = {part[:1]: part[1:].decode("utf-8", "replace") for part in body.split(b"\0") if part}
                self.errors.append(fields[b"M"])
            elif kind == b"G":
                self._send(b"d", copy) if copy else None
                self._send(b"c", b"")
                self._flush()

    def _message(self):
        head = self._exactly(5)
        return head and (head[:1], self._exactly(struct.unpack("!i", head[1:])[0] - 4))

    def _exactly(self, size):
        while len(self.received) < size:
            more = self.socket.recv(1 << 16)
            if not more:
                return None
            self.received += more
        data, self.received = self.received[:size], self.received[size:]
        return data


def _text(word):
    return word.encode() + b"\0"
