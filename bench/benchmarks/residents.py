"""A city's residents from one file: read, checked, sealed and indexed, beside a bare script's same work."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from bench import residents
from bench.limits import residents as bare
from bench.measure import Pair
from bench.stand import Stand
from wangge.base.access.by import SYSTEM
from wangge.domains.people.filling.actions import Filled, fill
from wangge.domains.people.filling.pool import processes_for
from wangge.domains.people.filling.source import Source

ROWS = int(os.environ.get("BENCH_RESIDENTS", "300000"))  # a whole city: 5300000
PROCESSES = os.cpu_count() or 1  # of the limit, and of ours where the file is worth it
MEGABYTE = 2**20


def pairs(stand: Stand) -> Iterator[Pair]:
    """The target is the issue's: within 3 times the bare script. Memory is printed: its peak early and overall."""
    count = ROWS // 20 if stand.quick else ROWS
    path = stand.folder / f"residents-{count}.csv"
    residents.build(count, path)
    source = residents.source(path)
    limit = bare.postgres(stand.uri) if stand.vendor == "postgresql" else bare.sqlite(stand.uri)
    once = count > 1_000_000
    yield Pair(
        f"residents {count:,}", lambda: ours(source, count), lambda: _same(limit(str(path), PROCESSES), count),
        most_ratio=3, rounds=1 if once else 3, warm=0, before=residents.clear,
    )  # fmt: skip
    if not once:
        residents.clear()
        first = ours(source, count)
        begun = time.perf_counter()
        again = _fill(source, Watch())
        print(f"the same file again: {time.perf_counter() - begun:.1f} s, {again}", file=sys.stderr)
        if again.known != first.new or again.new:
            raise AssertionError("the same file twice is not once")
    residents.clear()
    path.unlink()


def ours(source: Source, count: int) -> Filled:
    """The whole file, with every one of its rows a new person. Says what memory it took."""
    watch = Watch()
    with watch:
        done = _fill(source, watch)
    if (done.new, done.refused) != (count, 0):
        raise AssertionError(f"not all are in: {done}")
    print(f"{connection.vendor}: {watch}", file=sys.stderr, flush=True)
    return done


def _fill(source: Source, watch: "Watch") -> Filled:
    def progress(rows: int, _: int) -> None:
        watch.rows = rows

    return fill(
        source=source,
        by=SYSTEM,
        make_doors=False,
        processes=processes_for(source),
        refused=lambda _: None,
        progress=progress,
    )


def _same(count: int, wanted: int) -> None:
    if count != wanted:
        raise AssertionError(f"the limit took {count} rows of {wanted}")


@dataclass
class Watch:
    """The memory of this process and those it starts, looked at five times a second."""

    rows: int = 0
    seen: list[tuple[int, int, int]] = field(default_factory=list)  # rows so far, this process, the largest child
    _done: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> None:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.2):
            own = os.getpid()
            children = map(int, Path(f"/proc/{own}/task/{own}/children").read_text().split())
            self.seen.append((self.rows, _resident(own), max(map(_resident, children), default=0)))

    def __str__(self) -> str:
        early = [one for one in self.seen if one[0] <= max(self.rows // 4, 1)] or self.seen[:1]
        peak = [max((one[at] for one in some), default=0) // MEGABYTE for some in (early, self.seen) for at in (1, 2)]
        return (
            f"memory of parent and largest worker: {peak[0]} and {peak[1]} MB in the first quarter of the rows, "
            f"{peak[2]} and {peak[3]} MB at most"
        )


def _resident(pid: int) -> int:
    """Bytes of memory in use, without what is shared with the database's buffers."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
        return int(text.partition("VmRSS:")[2].split()[0]) * 1024
    except (OSError, IndexError):
        return 0
