"""The phones of ``bench.benchmarks.phones``, in a process of their own: all come back in the same second, say contact,
send what they have and come back when they are told to. Beside them somebody at a desk opens a page again and again.

Reads the order as JSON on its input; writes what was said as JSON.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from typing import Any

LOST = 0.1  # of the answers never arrive
CONNECTIONS = 200  # at a time: a city's phones do not share one machine's sockets, these do
Said = Counter[str]


class Line:
    """HTTP/1.1 over one connection, a request at a time."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port, self.cookie = port, "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.csrf = cookies.get("csrftoken", "")

    async def ask(self, method: str, path: str, content: Any = None) -> tuple[int, bytes]:
        """The status and body of an answer, over a connection of its own: phones come and go."""
        body = json.dumps(content).encode() if content is not None else b""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\nX-Wangge-App: 0.1\r\n"
            f"X-CSRFToken: {self.csrf}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            "Connection: close\r\n\r\n"
        )
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(head.encode() + body)
        raw = await reader.read()
        writer.close()
        top, _sep, rest = raw.partition(b"\r\n\r\n")
        return int(top.split(b" ", 2)[1]), rest


async def phone(port: int, told: dict[str, Any], said: Said, room: asyncio.Semaphore) -> None:
    """Until every command has its final answer."""
    line, left = Line(port, told["cookies"]), list(told["commands"])
    while (again := await _contact(line, len(left), room)) is not None:
        said["contact later"] += 1
        await asyncio.sleep(again)
    while left:
        async with room:
            status, body = await line.ask("POST", "/sync/commands", {"commands": left[:50]})
        if status != 200 or random.random() < LOST:
            said["lost" if status == 200 else f"status {status}"] += 1
            await asyncio.sleep(random.uniform(1, 5) if status == 200 else random.uniform(5, 15))
            continue
        answers = json.loads(body)["answers"]
        final = {one["id"] for one in answers if one["verdict"] != "later"}
        said.update(one["verdict"] for one in answers)
        said["final"] += len(final)
        left = [one for one in left if one["id"] not in final]
        if left:
            await asyncio.sleep(max(one.get("retry_after", 0) for one in answers))


async def _contact(line: Line, unsent: int, room: asyncio.Semaphore) -> float | None:
    """Seconds after which to try again; None when the server has heard."""
    async with room:
        status, body = await line.ask("POST", "/sync/contact", {"unsent": unsent, "persisted": True, "keys": []})
    return None if status == 200 else float(json.loads(body)["retry_after"])


async def desk(port: int, session: str, page: str, times: list[float], over: asyncio.Event) -> None:
    """A page every second."""
    line = Line(port, {"sessionid": session})
    while not over.is_set():
        begun = time.perf_counter()
        status, _body = await line.ask("GET", page)
        times.append((time.perf_counter() - begun) * 1000)
        if status != 200:
            raise AssertionError(f"the desk's page answered {status}")
        await asyncio.sleep(0.5)


async def main(order: dict[str, Any]) -> dict[str, Any]:
    said, times, over, room = Said(), list[float](), asyncio.Event(), asyncio.Semaphore(CONNECTIONS)
    begun = time.perf_counter()
    sitting = asyncio.create_task(desk(order["port"], order["desk"], order["page"], times, over))
    await asyncio.gather(*(phone(order["port"], one, said, room) for one in order["phones"]))
    seconds = time.perf_counter() - begun
    over.set()
    await sitting
    counts = {"final": said.pop("final"), "lost": said.pop("lost", 0), "refused": said.get("refused", 0)}
    return counts | {"verdicts": dict(said), "desk": times, "seconds": seconds}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(json.loads(sys.stdin.read())))))
