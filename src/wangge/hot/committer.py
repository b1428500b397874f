"""Natural group commit: what gathered while the last transaction ran is the next one. Never a timer.

Nothing waits longer than one transaction when little comes in, and one sync to the disk serves many when much does.
The queue is bounded: what does not fit is refused at once, and comes back, instead of waiting until nobody listens.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


class Full(Exception):
    """No place left in the queue."""


class Committer(Generic[In, Out]):
    """Hands what gathered to ``commit`` (in a thread) and gives each its own outcome.

    ``most``: of one transaction; ``room``: waiting at most; ``writers``: transactions at a time (SQLite has one).
    """

    def __init__(
        self, commit: Callable[[Sequence[In]], Sequence[Out]], *, most: int = 256, room: int = 1024, writers: int = 1
    ) -> None:
        self._commit = commit
        self._most, self._room, self._writers = most, room, writers
        self._waiting: deque[tuple[In, asyncio.Future[Out]]] = deque()
        self._threads = ThreadPoolExecutor(writers, thread_name_prefix="committer")
        self._running: set[asyncio.Task[None]] = set()

    @property
    def full(self) -> bool:
        return len(self._waiting) >= self._room

    def put(self, one: In) -> asyncio.Future[Out]:
        """Queue something; the future is done when it is on the disk. Raises Full."""
        if self.full:
            raise Full
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Out] = loop.create_future()
        self._waiting.append((one, future))
        if len(self._running) < self._writers:
            task = loop.create_task(self._run())
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return future

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            count = min(self._most, len(self._waiting))
            batch = [self._waiting.popleft() for _ in range(count)]
            try:
                outcomes = await loop.run_in_executor(self._threads, self._commit, [one for one, _future in batch])
            except Exception as error:  # each of them is told, and comes again
                for _one, future in batch:
                    if not future.done():
                        future.set_exception(error)
                continue
            for (_one, future), outcome in zip(batch, outcomes, strict=True):
                if not future.done():  # the client may have gone
                    future.set_result(outcome)

    def close(self) -> None:
        """Wait for the transaction that runs."""
        self._threads.shutdown(wait=True)
