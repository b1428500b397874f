"""Twice what the server can take, for a minute, open-loop: the surplus is told to come back, and all of it does.

Nothing may be lost: as many rows as people who came. The generator is a Python process on the same machine: where it
cannot keep up itself, the line says so ("behind").
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

from bench import venues
from bench.benchmarks.checkin import Line, not_measured, wrk
from bench.measure import Outcome
from bench.stand import Stand

TIMES = 2.0


def outcomes(stand: Stand) -> list[Outcome]:
    """The capacity first, by wrk, then twice as much."""
    if shutil.which("wrk") is None:
        return [not_measured(stand.vendor)]
    seconds, warm = (10, 3) if stand.quick else (60, 10)
    codes = venues.made(stand.folder)
    with venues.product() as port:
        capacity = Line()
        for _ in range(2):
            wrk(port, codes, 256, warm, capacity, counted=True)
        time.sleep(2)  # what wrk had sent when it stopped is stored too
        before, rate = venues.stored(stand), TIMES * capacity.rates[-1]
        line = [sys.executable, "-m", "bench.openloop", str(port), str(rate), str(seconds), str(codes)]
        said = json.loads(subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True).stdout)
    there = venues.stored(stand) - before
    print(f"{stand.vendor}: {TIMES * capacity.rates[-1]:,.0f}/s wanted, {said}, on the disk {there:,}", file=sys.stderr)
    return list(_outcomes(stand.vendor, seconds, rate, said, there))


def _outcomes(vendor: str, seconds: int, rate: float, said: dict[str, float], there: int) -> Iterator[Outcome]:
    arrived, whole = said["arrived"], said["arrived"] == said["done"] == there and not said["broken"]
    behind = "" if arrived > 0.95 * rate * seconds else " (generator behind)"
    yield Outcome(
        f"overload: arrived | on the disk{behind}", vendor, there, said["done"], arrived, arrived, "all", whole, "rows"
    )
    yield Outcome("overload: told to come back", vendor, said["sent_away"], 0, 0, None, "", True, "times")
    yield Outcome("overload: p99 of receipts", vendor, said["p99"], said["p50"], said["p99"], None, "", True)
