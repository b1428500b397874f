"""Natural group commit: what gathered while the last transaction ran is the next one. Never a timer.

Nothing waits longer than one transaction when little comes in, and one sync to the disk serves many when much does.
The queue is bounded: what does not fit is refused at once, and comes back, instead of waiting until nobody listens.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from inspect import iscoroutinefunction
from typing import Generic, TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


Commit = Callable[[Sequence[In]], Sequence[Out] | Awaitable[Sequence[Out]]]


class Full(Exception):
    """No place left in the queue."""


class Committer(Generic[In, Out]):
    """Hands what gathered to ``commit`` and gives each its own outcome. A plain function runs in a thread, one that can
    be awaited on the loop.

    ``most``: of one transaction; ``room``: waiting at most; ``writers``: transactions at a time (SQLite has one).
    """

    def __init__(self, commit: Commit[In, Out], *, most: int = 256, room: int = 1024, writers: int = 1) -> None:
        self._commit = commit
        self._awaits = iscoroutinefunction(commit)
        self._most, self._room, self._writers = most, room, writers
        self._waiting: deque[tuple[In, asyncio.Future[Out]]] = deque()
        self._threads = ThreadPoolExecutor(writers, thread_name_prefix="committer")
        self._running = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def full(self) -> bool:
        return len(self._waiting) >= self._room

    @property
    def waiting(self) -> int:
        """How many are not on their way to the disk yet."""
        return len(self._waiting)

    def put(self, one: In) -> asyncio.Future[Out]:
        """Queue something; the future is done when it is on the disk. Raises Full."""
        if self.full:
            raise Full
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Out] = loop.create_future()
        self._waiting.append((one, future))
        if self._running < self._writers:
            self._running += 1
            task = loop.create_task(self._run())
            self._tasks.add(task)  # the loop alone would not keep it
            task.add_done_callback(self._tasks.discard)
        return future

    async def _run(self) -> None:
        try:
            while self._waiting:
                count = min(self._most, len(self._waiting))
                await self._commit_some([self._waiting.popleft() for _ in range(count)])
        finally:
            # In the same breath as the look at the queue: what is put from now on has to start a writer of its own.
            self._running -= 1

    async def _commit_some(self, batch: list[tuple[In, asyncio.Future[Out]]]) -> None:
        try:
            outcomes = await self._outcomes([one for one, _future in batch])
        except Exception as error:  # each of them is told, and comes again
            for _one, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_one, future), outcome in zip(batch, outcomes, strict=True):
            if not future.done():  # the client may have gone
                future.set_result(outcome)

    async def _outcomes(self, some: Sequence[In]) -> Sequence[Out]:
        if self._awaits:
            return await self._commit(some)  # type: ignore[misc, no-any-return]  # asked when it was given
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._commit, some)  # type: ignore[arg-type]

    def close(self) -> None:
        """Wait for the transaction that runs."""
        self._threads.shutdown(wait=True)
