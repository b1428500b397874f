"""A small gateway in a thread: it verifies our signature and keeps what it took, each id once."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Listener:
    """What the gateway knows. ``answers``: statuses for the next requests, 200 when there are none left."""

    secret: str = "between us"
    port: int = 0
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    requests: int = 0
    answers: list[int] = field(default_factory=list)
    always: int = 200
    slow: float = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/send"

    @property
    def texts(self) -> list[str]:
        return [str(one["text"]) for one in self.taken.values()]

    def status(self, body: bytes, at: str, signed: str) -> int:
        self.requests += 1
        right = hmac.new(self.secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right, signed):
            return 401
        status = self.answers.pop(0) if self.answers else self.always
        said = json.loads(body)
        if status in (200, 409):
            self.taken.setdefault(said.get("id") or said["msgid"], said)
        return status


@contextmanager
def listening() -> Iterator[Listener]:
    one = Listener()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(one.slow)
            status = one.status(body, self.headers["X-Wangge-Time"], self.headers["X-Wangge-Signature"])
            self.send_response(status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *args: object) -> None:
            """The test reads ``taken``."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    one.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield one
    finally:
        server.shutdown()
        server.server_close()
