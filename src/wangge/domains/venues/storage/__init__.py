"""Check-ins by civil day: one interface, PostgreSQL partitions or one SQLite table a day behind it.

A day is *live* first (plain, fast to insert into), *sealed* at night (covering (venue, at) and (person, at)
orders), and *dropped* as a whole when it is no longer kept: never deleted row by row. ``CheckInDay`` is the
record of it for people. Nothing about days is remembered between calls, so that a process that runs for weeks
sees what others did.

On SQLite the rows are in a file of their own and are committed before a verb returns, whatever becomes of the
caller's transaction; every verb can be repeated, and repeating changes nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import connection

from wangge.domains.venues.models import CheckInDay
from wangge.domains.venues.rules import Seen, Window
from wangge.domains.venues.storage.postgres import PostgresStore
from wangge.domains.venues.storage.shape import (
    Arrival,
    CheckIn,
    Store,
    arrivals_by_day,
    rows_by_day,
    windows_by_day,
)
from wangge.domains.venues.storage.sqlite import SqliteStore

__all__ = [
    "Arrival", "CheckIn", "Seen", "Window", "add", "add_visitors", "days", "drop_day", "hops", "leave_out",
    "present_at", "responses", "scrub", "seal", "take", "venues_on", "visitors", "visits_at", "visits_of",
]  # fmt: skip

_POSTGRES: Store = PostgresStore()
_SQLITE: Store = SqliteStore()


def _store() -> Store:
    return _POSTGRES if connection.vendor == "postgresql" else _SQLITE


def add(rows: Iterable[CheckIn]) -> int:
    """Store rows, all or none; returns how many were new. A (day, uuid) that is known is left as it is.

    Raises Problem ``check_in_day_dropped`` when one belongs to a dropped day.
    """
    by_day = rows_by_day(rows)
    return _store().add(by_day) if by_day else 0


def take(arrivals: Iterable[Arrival]) -> set[date]:
    """Store what gathered, with the envelopes of new visitors, in one transaction; returns the days that were dropped,
    whose rows were left out. What is known is left as it is: sending again is safe.

    On the disk when this returns, unless a transaction of the caller's is open on PostgreSQL.
    """
    by_day = arrivals_by_day(arrivals)
    return _store().take(by_day) if by_day else set()


def add_visitors(day: date, found: Sequence[tuple[int, bytes]]) -> None:
    """Envelopes of a day's visitors, each with its key. Raises Problem ``check_in_day_dropped``."""
    if found:
        _store().add_visitors(day, found)


def visitors(day: date, keys: Collection[int]) -> list[tuple[int, bytes]]:
    """The envelopes of these visitors of a day, as far as there are any: of one visitor an envelope for each Response
    and process that took it first."""
    return _store().visitors(day, keys) if keys else []


def hops(day: date, within: int) -> list[tuple[int, int, int]]:
    """(venue, next venue, how often) where somebody checked in at another venue less than so many seconds later.

    Counts only: nobody's visits leave the storage.
    """
    return _store().hops(day, within)


def visits_at(day: date, venues: Collection[int]) -> dict[int, int]:
    """How many check-ins each of these venues had on a day."""
    return _store().visits_at(day, venues) if venues else {}


def visits_of(person: int, first_day: date, last_day: date) -> list[tuple[int, int]]:
    """(venue, at) of one person from one civil day to another, both included, in order of time."""
    return _store().visits_of(person, first_day, last_day)


def present_at(windows: Iterable[Window]) -> list[Seen]:
    """Every check-in inside the windows, in no promised order; one inside two windows may come twice."""
    by_day = windows_by_day(windows)
    return _store().present_at(by_day) if by_day else []


def seal(day: date) -> None:
    """Give a day its covering orders. Late rows are still taken and found; an empty day is left alone."""
    _store().seal(day)


def drop_day(day: date) -> int:
    """Delete a day for good; returns how many rows it had. New rows of it are refused from then on.

    What the disk still has of it goes with ``scrub``, once for all days of a night.
    """
    return _store().drop_day(day)


def venues_on(day: date) -> set[int]:
    """The venues that have check-ins on a day."""
    return _store().venues_on(day)


def leave_out(day: date, venues: Collection[int]) -> int:
    """Delete the rows of some venues on a day, and the visitors who then have none; returns how many rows.

    For venues that no order covers any more while the day is kept for others. ``scrub`` cleans the disk.
    """
    return _store().leave_out(day, venues) if venues else 0


def responses() -> set[UUID]:
    """Under whose keys the numbers of visitors lie."""
    return _store().responses()


def scrub() -> None:
    """Overwrite what dropped days left on the disk, a little at a time beside the day's work. Repeats safely."""
    _store().scrub()


def days() -> dict[date, CheckInDay.State]:
    """The days that have rows, in order, live or sealed; dropped ones are in ``CheckInDay``."""
    return _store().days()
