"""How often somebody may ask: a bucket that fills steadily, for each token and for each address that fails."""

import math
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock


class TooOften(Exception):
    """Ask again after so many whole seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass
class Buckets:
    """``burst`` at once, then ``each_second``. Kept in this process for at most ``most`` askers: the one not seen
    for longest is forgotten, which lets it in again and can fill no memory.
    """

    burst: float
    each_second: float
    most: int = 10_000
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, asker: str) -> None:
        """One request. Raises TooOften when there is nothing left."""
        now = time.monotonic()
        with self._lock:
            left, since = self._left.pop(asker, (self.burst, now))
            left = min(self.burst, left + (now - since) * self.each_second)
            self._left[asker] = (left - 1 if left >= 1 else left, now)
            if len(self._left) > self.most:
                self._left.popitem(last=False)
        if left < 1:
            raise TooOften(max(1, math.ceil((1 - left) / self.each_second)))

    def clear(self) -> None:
        with self._lock:
            self._left.clear()


#: Of one token in one server process; two processes let through at most twice as much.
TOKENS = Buckets(burst=300, each_second=20)
#: Of one address whose tokens are refused: enough for mistakes, far too few for guessing.
FAILURES = Buckets(burst=20, each_second=0.2)
