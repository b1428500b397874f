"""What the hot paths keep in memory: one value read anew every second, and many that are looked up once.

Each thing is read in a thread of its own, once however many requests ask for it; and ahead of its time while it is
asked for, so that nobody waits: a reading that all wait for is the tail of everybody's answer.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic
from typing import Generic, TypeVar

from django.db import close_old_connections

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
EVERY = 1.0  # seconds between two readings
KEPT = 60.0  # seconds of what was looked up
AHEAD = 0.5  # of its time, after which a value that is asked for is read anew beside it
MANY = 500  # keys of one question


class Reader:
    """One thread with its own database connection."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)

    def start(self, work: Callable[[], T]) -> "asyncio.Future[T]":
        def guarded() -> T:
            close_old_connections()
            return work()

        return asyncio.get_running_loop().run_in_executor(self._thread, guarded)

    def close(self) -> None:
        self._thread.shutdown(wait=True)


class Fresh(Generic[T]):
    """A value that is at most a second old for whoever asks. ``read`` is given the one before."""

    def __init__(self, reader: Reader, read: Callable[[T | None], T]) -> None:
        self._reader, self._read = reader, read
        self._value: T | None = None
        self._at = self._began = 0.0
        self._reading: asyncio.Future[T] | None = None

    @property
    def known(self) -> T:
        """What was read last: whoever came as far as the committer has looked at it."""
        assert self._value is not None
        return self._value

    def now(self) -> T | None:
        """The value, if nothing has to be waited for."""
        age = monotonic() - self._at
        if age >= EVERY:
            return None
        if age >= EVERY * AHEAD and self._reading is None:
            self._start()
        return self._value

    async def get(self) -> T:
        """The value, read anew where it is too old."""
        if (value := self.now()) is not None:
            return value
        return await asyncio.shield(self._reading or self._start())

    def _start(self) -> "asyncio.Future[T]":
        before, self._began = self._value, monotonic()
        self._reading = reading = self._reader.start(lambda: self._read(before))
        reading.add_done_callback(self._done)
        return reading

    def _done(self, done: "asyncio.Future[T]") -> None:
        self._reading = None
        if not done.cancelled() and done.exception() is None:
            self._value, self._at = done.result(), self._began  # as old as the moment in which it was asked for


class Lookups(Generic[K, T]):
    """What is kept for a minute by key, ``most`` at a time; ``clear`` when the log says that some of it changed.

    ``look_up`` gets every key that was asked for while it ran the last time: one question for many.
    """

    def __init__(self, reader: Reader, look_up: Callable[[Sequence[K]], Mapping[K, T]], most: int) -> None:
        self._reader, self._look_up, self._most = reader, look_up, most
        self._known: OrderedDict[K, tuple[T, float]] = OrderedDict()
        self._asked: dict[K, asyncio.Future[T]] = {}
        self._waiting: list[K] = []
        self._running: asyncio.Task[None] | None = None
        self._cleared = 0

    def now(self, key: K) -> T | None:
        """The value, if nothing has to be waited for."""
        known = self._known.get(key)
        if known is None:
            return None
        age = monotonic() - known[1]
        if age >= KEPT:
            return None
        if age >= KEPT * AHEAD and key not in self._asked:
            self._ask(key)
        return known[0]

    async def get(self, key: K) -> T:
        """The value, looked up where it is not known. The mapping has to hold every key that was asked for."""
        known = self._known.get(key)
        if known and monotonic() - known[1] < KEPT:
            return known[0]
        return await asyncio.shield(self._asked.get(key) or self._ask(key))

    def _ask(self, key: K) -> "asyncio.Future[T]":
        loop = asyncio.get_running_loop()
        self._asked[key] = asked = loop.create_future()
        asked.add_done_callback(_heard)
        self._waiting.append(key)
        if self._running is None or self._running.done():
            self._running = loop.create_task(self._run())
        return asked

    async def _run(self) -> None:
        while self._waiting:
            keys, self._waiting, cleared = self._waiting[:MANY], self._waiting[MANY:], self._cleared
            try:
                found = await self._reader.start(partial(self._look_up, keys))
            except Exception as error:  # whoever asked is told, and asks again
                for key in keys:
                    self._asked.pop(key).set_exception(error)
                continue
            for key in keys:
                self._asked.pop(key).set_result(found[key])
                if cleared == self._cleared:  # else what was read may be what was before
                    self._keep(key, found[key])

    def _keep(self, key: K, value: T) -> None:
        self._known.pop(key, None)
        self._known[key] = (value, monotonic())
        if len(self._known) > self._most:
            self._known.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        self._known.clear()
        self._cleared += 1


def _heard(asked: "asyncio.Future[T]") -> None:
    """A reading ahead of time that failed has nobody who waits for it; whoever asks next reads anew."""
    if not asked.cancelled():
        asked.exception()
