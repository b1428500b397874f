"""Check-ins that arrive whether or not the server keeps up, as people at doors do. A process of its own.

``python -m bench.openloop PORT RATE SECONDS CODES``: so many new ones a second; whoever is sent away comes again after
the seconds the server names, with the same id, until everybody has a receipt. Prints what happened as JSON.
"""

import asyncio
import heapq
import json
import random
import re
import resource
import sys
import time
import uuid
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

CONNECTIONS, TICK, PATIENCE = 3500, 0.002, 600.0  # more of them than the queues of two processes hold
AGAIN = re.compile(rb"retry-after: (\d+)", re.IGNORECASE)
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Crowd:
    """Everybody who wants to check in: new, waiting for a connection, told to come back, done."""

    bodies: deque[tuple[bytes, float]] = field(default_factory=deque)  # what to send, and since when it waits
    later: list[tuple[float, int, bytes]] = field(default_factory=list)
    idle: list["Line"] = field(default_factory=list)
    arrived: int = 0
    done: int = 0
    sent_away: int = 0
    broken: int = 0
    took: list[float] = field(default_factory=list)

    def go(self) -> None:
        while self.idle and self.bodies:
            self.idle.pop().send(*self.bodies.popleft())

    def due(self, now: float) -> None:
        while self.later and self.later[0][0] <= now:
            self.bodies.append((heapq.heappop(self.later)[2], now))


class Line(asyncio.Protocol):
    """One keep-alive connection."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd, self.got, self.request, self.since = crowd, b"", b"", 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.crowd.idle.append(self)

    def send(self, request: bytes, since: float) -> None:
        self.request, self.since = request, since
        self.transport.write(request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.got += data
        head, found, body = self.got.partition(b"\r\n\r\n")
        length = LENGTH.search(head) if found else None
        if length is None or len(body) < int(length[1]):
            return
        self.got, now, crowd = b"", time.monotonic(), self.crowd
        if head[9:12] == b"200":
            crowd.done += 1
            crowd.took.append(now - self.since)
        elif again := AGAIN.search(head):
            crowd.sent_away += 1
            heapq.heappush(crowd.later, (now + int(again[1]), random.getrandbits(40), self.request))
        else:
            crowd.broken += 1
        self.request = b""
        crowd.idle.append(self)
        crowd.go()


def one(codes: list[str]) -> bytes:
    """Somebody new."""
    body = json.dumps(
        {"code": random.choice(codes), "phone": f"138{random.randrange(10**8):08d}", "id": str(uuid.uuid4())}
    ).encode()
    head = "POST /check-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
    return f"{head}{len(body)}\r\n\r\n".encode() + body


async def run(port: int, rate: float, seconds: float, codes: list[str]) -> dict[str, float]:
    """Arrive for so many seconds, then wait for everybody."""
    crowd, loop = Crowd(), asyncio.get_running_loop()
    for _ in range(CONNECTIONS):
        await loop.create_connection(lambda: Line(crowd), "127.0.0.1", port)
    begun, owed = time.monotonic(), 0
    while (now := time.monotonic()) < begun + seconds:
        owed = int((now - begun) * rate)
        for _ in range(owed - crowd.arrived):
            crowd.bodies.append((one(codes), now))
            crowd.arrived += 1
        crowd.due(now)
        crowd.go()
        await asyncio.sleep(TICK)
    at_once = crowd.done
    while crowd.done + crowd.broken < crowd.arrived and time.monotonic() < begun + seconds + PATIENCE:
        crowd.due(time.monotonic())
        crowd.go()
        await asyncio.sleep(TICK)
    took = sorted(crowd.took) or [0.0]
    return {
        "arrived": crowd.arrived, "done": crowd.done, "in_time": at_once, "sent_away": crowd.sent_away,
        "broken": crowd.broken, "p50": took[len(took) // 2] * 1000, "p99": took[int(len(took) * 0.99)] * 1000,
        "seconds": time.monotonic() - begun,
    }  # fmt: skip


def main() -> None:
    """Read the arguments, run, print."""
    port, rate, seconds, file = sys.argv[1:]
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    codes = Path(file).read_text().split()
    print(json.dumps(asyncio.run(run(int(port), float(rate), float(seconds), codes))))


if __name__ == "__main__":
    main()
