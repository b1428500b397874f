"""What a submission is checked against, in memory: phones' keys with their places, forms ready to judge, open asks.

Asks and forms are read anew every second in which something comes in. A key is kept for a minute at most, and dropped
as soon as the log holds a fact about posts or places. Whether it was ended, the transaction itself asks again.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from django.db import close_old_connections
from django.db.models import Max, Q

from wangge.api.openrosa.senders import Holder, look_up
from wangge.base.events.models import Event
from wangge.base.sealing import Sealer
from wangge.domains.asking.inbox.catalogue import Catalogue, read_catalogue

T = TypeVar("T")
EVERY = 1.0  # seconds between two looks at forms, asks and the log
KEPT = 60.0  # seconds of a key
MOST = 20_000  # keys
LATE = 1000  # facts that may commit out of order on PostgreSQL: looked at again


@dataclass(slots=True)
class View:
    """What was read at one moment. ``upto``: the log's last fact."""

    catalogue: Catalogue
    sealer: Sealer
    upto: int
    at: float


class Memory:
    """Of one process. Reads in one thread of its own, each thing once however many ask for it."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="memory")
        self._view: View | None = None
        self._reading: asyncio.Future[View] | None = None
        self._keys: OrderedDict[str, tuple[Holder | None, float]] = OrderedDict()
        self._asked: dict[str, asyncio.Future[Holder | None]] = {}
        self._facts: frozenset[int] = frozenset()

    @property
    def known(self) -> View:
        """What was read last: whoever came as far as the committer has looked at it."""
        assert self._view is not None
        return self._view

    async def view(self) -> View:
        """Forms, asks and the sealing key, at most a second old."""
        if self._view and monotonic() - self._view.at < EVERY:
            return self._view
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._in_thread(self._read))
            self._reading.add_done_callback(self._read_done)
        return await asyncio.shield(self._reading)

    def _read_done(self, done: "asyncio.Future[View]") -> None:
        self._reading = None
        if not done.cancelled() and done.exception() is None:
            self._view = done.result()

    def _read(self) -> View:
        before = self._view
        facts = self._new_facts(before.upto if before else 0)
        if before and facts - self._facts:
            self._keys.clear()
        self._facts = facts
        upto = Event.objects.aggregate(last=Max("id"))["last"] or 0
        return View(read_catalogue(before.catalogue if before else None), Sealer(), upto, monotonic())

    def _new_facts(self, upto: int) -> frozenset[int]:
        """The latest facts that may change what somebody may do."""
        if not upto:
            return frozenset()
        about = Q(kind__startswith="duty.") | Q(kind__startswith="places.")
        return frozenset(Event.objects.filter(about, id__gt=upto - LATE).values_list("id", flat=True))

    async def holder(self, username: str) -> Holder | None:
        """The holder of a key; None for one that is not valid."""
        await self.view()
        known = self._keys.get(username)
        if known and monotonic() - known[1] < KEPT:
            return known[0]
        if username not in self._asked:
            asked = self._asked[username] = asyncio.ensure_future(self._in_thread(lambda: look_up(username)))
            asked.add_done_callback(lambda done: self._looked_up(username, done))
        return await asyncio.shield(self._asked[username])

    def _looked_up(self, username: str, done: "asyncio.Future[Holder | None]") -> None:
        del self._asked[username]
        if not done.cancelled() and done.exception() is None:
            self._keys[username] = (done.result(), monotonic())
            if len(self._keys) > MOST:
                self._keys.popitem(last=False)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        def guarded() -> T:
            close_old_connections()
            return work()

        return await asyncio.get_running_loop().run_in_executor(self._thread, guarded)

    def close(self) -> None:
        self._thread.shutdown(wait=True)
