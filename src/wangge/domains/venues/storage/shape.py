"""What the storage takes and gives. Instants are whole seconds of Unix time, days are ``clock.LOCAL``'s."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from wangge.base import clock
from wangge.domains.venues.models import CheckInDay
from wangge.domains.venues.rules import Seen, Window


class CheckIn(NamedTuple):
    """A row: ``uuid`` made by the device that scanned, keys of person (or visitor, ``visitors.py``) and venue, the
    instant."""

    uuid: UUID
    person: int
    venue: int
    at: int


class Arrival(NamedTuple):
    """A row as the hot path brings it: its day worked out, ``uuid`` as 16 bytes. ``sealed``: the visitor's envelope of
    the day, where this process has not seen it stored yet; else empty."""

    day: date
    uuid: bytes
    person: int
    venue: int
    at: int
    sealed: bytes = b""


class Store(Protocol):
    """What each database implements; ``storage/__init__.py`` says what the verbs promise."""

    def add(self, rows: Mapping[date, Sequence[CheckIn]]) -> int: ...

    def take(self, arrivals: Mapping[date, Sequence[Arrival]]) -> set[date]: ...

    def add_visitors(self, day: date, visitors: Sequence[tuple[int, bytes]]) -> None: ...

    def visitors(self, day: date, keys: Collection[int]) -> list[tuple[int, bytes]]: ...

    def hops(self, day: date, within: int) -> list[tuple[int, int, int]]: ...

    def visits_at(self, day: date, venues: Collection[int]) -> dict[int, int]: ...

    def visits_of(self, person: int, first_day: date, last_day: date) -> list[tuple[int, int]]: ...

    def present_at(self, windows: Mapping[date, Sequence[Window]]) -> list[Seen]: ...

    def seal(self, day: date) -> None: ...

    def drop_day(self, day: date) -> int: ...

    def venues_on(self, day: date) -> set[int]: ...

    def leave_out(self, day: date, venues: Collection[int]) -> int: ...

    def responses(self) -> set[UUID]: ...

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


def arrivals_by_day(arrivals: Iterable[Arrival]) -> dict[date, list[Arrival]]:
    """The same for what the hot path brings."""
    found: dict[date, list[Arrival]] = defaultdict(list)
    for one in arrivals:
        found[one[0]].append(one)
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
