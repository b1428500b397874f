"""What the storage takes and gives. Instants are whole seconds of Unix time, days are ``clock.LOCAL``'s."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from wangge.base import clock
from wangge.domains.venues.models import CheckInDay
from wangge.domains.venues.rules import Seen, Window


class CheckIn(NamedTuple):
    """A row: ``uuid`` made by the device that scanned, keys of person and venue, the instant."""

    uuid: UUID
    person: int
    venue: int
    at: int


class Store(Protocol):
    """What each database implements; ``storage/__init__.py`` says what the verbs promise."""

    def add(self, rows: Mapping[date, Sequence[CheckIn]]) -> int: ...

    def visits_of(self, person: int, first_day: date, last_day: date) -> list[tuple[int, int]]: ...

    def present_at(self, windows: Mapping[date, Sequence[Window]]) -> list[Seen]: ...

    def seal(self, day: date) -> None: ...

    def drop_day(self, day: date) -> int: ...

    def scrub(self) -> None: ...

    def days(self) -> dict[date, CheckInDay.State]: ...


def day_of(at: int) -> date:
    """The civil day of a second."""
    return clock.day_of(datetime.fromtimestamp(at, UTC))


def rows_by_day(rows: Iterable[CheckIn]) -> dict[date, list[CheckIn]]:
    """Rows under their civil days, the days in order: every writer takes days in the same order."""
    found: dict[date, list[CheckIn]] = defaultdict(list)
    for row in rows:
        found[day_of(row.at)].append(row)
    return dict(sorted(found.items()))


def windows_by_day(windows: Iterable[Window]) -> dict[date, list[Window]]:
    """Windows under each day they touch: one over midnight stands under both."""
    found: dict[date, list[Window]] = defaultdict(list)
    for window in windows:
        day, last = day_of(window.starts), day_of(window.ends - 1)
        while day <= last:
            found[day].append(window)
            day += timedelta(days=1)
    return dict(sorted(found.items()))
