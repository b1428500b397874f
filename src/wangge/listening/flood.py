"""One device that sends without end must not slow the others down: so many messages of each are taken in a minute.

What is above it gets no receipt: a device in order keeps it and sends it again later, so that one with a day's backlog
loses nothing. Smoke is always taken.
"""

from collections import defaultdict
from collections.abc import Iterable

from wangge.domains.sensors.actions import Arrived

EACH_MINUTE = 60
SMOKE = b'"smoke"'


class Limit:
    """Counts by device and minute, for one process."""

    def __init__(self, each_minute: int = EACH_MINUTE) -> None:
        self._most = each_minute
        self._minute = 0
        self._seen: dict[str, int] = defaultdict(int)

    def sift(self, arrived: Iterable[Arrived]) -> tuple[list[Arrived], dict[str, int]]:
        """What is taken now, and how many of each device are left for later."""
        taken, left = list[Arrived](), dict[str, int]()
        for one in arrived:
            if (minute := int(one.at.timestamp() // 60)) != self._minute:
                self._minute = minute
                self._seen.clear()
            self._seen[one.code] += 1
            if self._seen[one.code] <= self._most or SMOKE in one.payload:
                taken.append(one)
            else:
                left[one.code] = left.get(one.code, 0) + 1
        return taken, left
