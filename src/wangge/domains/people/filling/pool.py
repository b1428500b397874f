"""The processes that read a file side by side; each keeps its homes and keys, and on PostgreSQL writes its rows."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from django.db import connection

from wangge.base.access.scope import Scope
from wangge.domains.people.filling import child, staging
from wangge.domains.people.filling.reading import Read, Reader
from wangge.domains.people.filling.source import Block, Source


def read_all(source: Source, scope: Scope, blocks: Iterable[Block], processes: int) -> Iterator[tuple[Block, Read]]:
    """What became of each block, in order; its ready rows are in the staging table. 0 processes: this one alone."""
    if not processes:
        reader = Reader(source, scope)
        for block in blocks:
            done = reader.read(block)
            staging.add(done.ready)
            yield block, done
        return
    context = multiprocessing.get_context("spawn")  # a fork would share this process's connection
    begin = (source, scope, connection.settings_dict)
    with ProcessPoolExecutor(processes, context, child.begin, begin) as pool:
        waiting: deque[tuple[Block, Future[Read]]] = deque()
        for block in blocks:
            waiting.append((block, pool.submit(child.work, block)))
            if len(waiting) > 2 * processes:  # no more is read ahead than is worked on: memory stays flat
                yield _next(waiting)
        while waiting:
            yield _next(waiting)


def _next(waiting: "deque[tuple[Block, Future[Read]]]") -> tuple[Block, Read]:
    block, future = waiting.popleft()
    done = future.result()
    staging.add(done.ready)
    return block, done
