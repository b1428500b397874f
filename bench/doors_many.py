"""Ten thousand devices in one process: ``python -m bench.doors_many SECRETS PORT SECONDS EVERY``.

Says ``ready`` when all are connected, then, after the time, one line of JSON: how many were said, how many have no
receipt, and how long receipts took. With EVERY seconds between two readings of each; none is sent again meanwhile.
"""

import asyncio
import json
import random
import statistics
import sys
import time
from pathlib import Path

from bench.doors import PING, Door

ALIVE = 60.0  # seconds


class Timed(Door):
    """Knows how long its receipts took."""

    waits: list[float] = []

    def said(self, kind: str) -> None:
        at[self.name, self.say(kind)] = time.monotonic()

    def _receipt(self, head: int, body: bytes) -> None:
        before = set(self.kept)
        super()._receipt(head, body)
        now = time.monotonic()
        Timed.waits += [now - at.pop((self.name, number)) for number in before - set(self.kept)]


at: dict[tuple[str, int], float] = {}


async def main(doors: list[Timed], seconds: float, every: float) -> None:
    gate = asyncio.Semaphore(100)
    reading = set[asyncio.Task[None]]()

    async def one(door: Timed) -> None:
        async with gate:
            reader = await door.open()
        reading.add(asyncio.create_task(door.read(reader)))

    await asyncio.gather(*(one(door) for door in doors))
    print("ready", flush=True)
    end, total = time.monotonic() + seconds, 0
    step = every / len(doors)
    order = random.sample(doors, len(doors))
    begun, alive = time.monotonic(), time.monotonic()
    while time.monotonic() < end:
        while total * step <= time.monotonic() - begun:
            door = order[total % len(order)]
            door.said("closed" if total // len(order) % 2 else "opened")
            total += 1
        if time.monotonic() - alive > ALIVE:
            alive = time.monotonic()
            for door in doors:
                if door.writer:
                    door.writer.write(PING)
        await asyncio.sleep(0.01)
    await asyncio.sleep(2)
    waits = sorted(Timed.waits) or [0.0]
    print(
        json.dumps({
            "said": total, "without": sum(len(door.kept) for door in doors), "median": statistics.median(waits),
            "p99": waits[int(len(waits) * 0.99)], "slowest": waits[-1],
        }),
        flush=True,
    )  # fmt: skip
    for task in reading:
        task.cancel()


if __name__ == "__main__":
    secrets = json.loads(Path(sys.argv[1]).read_text())
    asyncio.run(
        main(
            [Timed(name, one, int(sys.argv[2])) for name, one in secrets.items()],
            float(sys.argv[3]),
            float(sys.argv[4]),
        )
    )
