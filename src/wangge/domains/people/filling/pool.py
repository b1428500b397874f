"""The processes that read a file side by side; each keeps its homes and keys, and on PostgreSQL writes its rows."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

from django.db import connection

from wangge.base.access.scope import Scope
from wangge.domains.people.filling import child, staging
from wangge.domains.people.filling.reading import Read, Reader
from wangge.domains.people.filling.source import Block, Source

AHEAD = 3  # blocks given to a process at a time
WORTH = 4 * 1024 * 1024  # bytes that take longer to read than a process to start: some 40,000 rows


def processes_for(source: Source) -> int:
    """How many processes read a file soonest: all processors, but this one alone where starting others takes longer."""
    worth = min(os.cpu_count() or 1, Path(source.path).stat().st_size // WORTH)
    return worth if worth > 1 else 0


def read_all(source: Source, scope: Scope, blocks: Iterable[Block], processes: int) -> Iterator[tuple[Block, Read]]:
    """What became of each block; its ready rows are in the staging table. 0 processes: this one alone.

    Each process reads one stretch of the file from its beginning to its end: a register is in the order of its
    places, so that each community is read by one process.
    """
    if not processes:
        reader = Reader(source, scope)
        for block in blocks:
            done = reader.read(block)
            staging.add(done.ready)
            yield block, done
        return
    context = multiprocessing.get_context("spawn")  # a fork would share this process's connection
    begin = (source, scope, connection.settings_dict)
    with ExitStack() as stack:
        stretches = [
            _Stretch(stack.enter_context(ProcessPoolExecutor(1, context, child.begin, begin)), some)
            for some in _divided(list(blocks), processes)
        ]
        while stretches:
            for one in stretches:
                if pair := one.next():
                    staging.add(pair[1].ready)
                    yield pair
            stretches = [one for one in stretches if one.waiting]


class _Stretch:
    """A process and the blocks it reads; no more is read ahead than is worked on, so that memory stays flat."""

    def __init__(self, pool: ProcessPoolExecutor, blocks: Sequence[Block]) -> None:
        self.pool, self.left = pool, iter(blocks)
        self.waiting: deque[tuple[Block, Future[Read]]] = deque()
        for _ in range(AHEAD):
            self._submit()

    def _submit(self) -> None:
        if block := next(self.left, None):
            self.waiting.append((block, self.pool.submit(child.work, block)))

    def next(self) -> tuple[Block, Read] | None:
        """The next block of the stretch and what became of it; None at its end."""
        if not self.waiting:
            return None
        block, future = self.waiting.popleft()
        done = future.result()
        self._submit()
        return block, done


def _divided(blocks: Sequence[Block], parts: int) -> list[Sequence[Block]]:
    """The blocks in so many stretches, each in one piece."""
    ends = [len(blocks) * part // parts for part in range(parts + 1)]
    return [blocks[first:end] for first, end in pairwise(ends) if end > first]
