"""Taking turns: after an outage a thousand phones come at once, and the desk works beside them.

Of each kind of request a process answers so many at a time. Whoever finds it busy is told so before anything is read
from the database, and to come back at a moment of its own: the later, the more are turned away.
"""

import functools
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse

from wangge.base.patience import waiting_at_most
from wangge.sync.access import refusal

SOONEST, EACH_LATER, LOOKED_BACK = 2.0, 0.02, 5.0  # seconds: a thousand phones come back every ten or so
WAIT = 1.5  # seconds for which somebody else's transaction is waited for
View = Callable[[HttpRequest], HttpResponse]


class Turns:
    """So many at a time, in this process."""

    def __init__(self, at_once: int) -> None:
        self._free = threading.BoundedSemaphore(at_once)
        self._away: deque[float] = deque(maxlen=10_000)  # when somebody was turned away
        self._lock = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[bool]:
        """A turn, until the block ends; False when there is none now."""
        if not self._free.acquire(blocking=False):
            yield False
            return
        try:
            yield True
        finally:
            self._free.release()

    def when(self) -> int:
        """Somebody is turned away: the seconds until they may come back, not everybody at the same moment."""
        now = time.monotonic()
        with self._lock:
            self._away.append(now)
            while self._away[0] < now - LOOKED_BACK:
                self._away.popleft()
            usual = SOONEST + len(self._away) * EACH_LATER
        return max(1, round(usual * random.uniform(0.5, 1.5)))  # noqa: S311  # spread, not secret


def in_turn(turns: Turns) -> Callable[[View], View]:
    """Answer in turn, and wait for nobody's transaction for long."""

    def around(view: View) -> View:
        @functools.wraps(view)
        def taken(request: HttpRequest) -> HttpResponse:
            with turns.one() as mine:
                if not mine:
                    return refusal(429, "server_busy", retry_after=turns.when())
                with waiting_at_most(WAIT):
                    return view(request)

        return taken

    return around


#: A contact or a package takes a moment; of four threads two stay for the desk and what phones send.
HEARING = Turns(2)
