"""Where somebody was on which days, judged by the lists in force on those days and never by today's."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from wangge.base import clock
from wangge.domains.risk.models import RiskArea
from wangge.domains.risk.queries import first_day, level_on, spans_of
from wangge.domains.risk.rules import Level, level_until, strongest


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody was in an area from one civil day to another, both included."""

    area: UUID
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Judged:
    """A stay under the lists in force on its days. ``unknown``: days before the first list anybody has taken in."""

    stay: Stay
    area: RiskArea
    level: Level | None
    unknown: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Days of a stay, both included, under one level; None: the area stood in no list then.

    ``lists``: when the first and the last list that say so were published; None: no list of those days is known.
    """

    first: date
    last: date
    level: Level | None
    lists: tuple[datetime, datetime] | None


def judge(stays: Sequence[Stay]) -> list[Judged]:
    """Each stay by the lists in force on its own days. Areas nobody knows are left out."""
    known: Mapping[UUID, RiskArea] = {
        one.uuid: one
        for one in RiskArea.objects.filter(uuid__in=[stay.area for stay in stays]).prefetch_related("intervals")
    }
    begins = first_day()
    return [
        Judged(stay, known[stay.area], level_on(known[stay.area], stay.first, stay.last),
               unknown=begins is None or stay.first < begins)
        for stay in stays if stay.area in known
    ]  # fmt: skip


def strictest(judged: Iterable[Judged]) -> Level | None:
    """The strictest level of several stays."""
    return strongest(one.level for one in judged)


def day_by_day(one: Judged, times: Sequence[datetime]) -> list[Piece]:
    """A judged stay in pieces of one level, each with the lists that say so; ``times``: of all lists, in order."""
    held, found = spans_of(one.area), list[Piece]()
    for number in range((one.stay.last - one.stay.first).days + 1):
        day = one.stay.first + timedelta(days=number)
        level, until = level_until(held, clock.start_of(day), clock.end_of(day))
        before = bisect_left(times, until)  # the last list that still says so
        piece = Piece(day, day, level, (times[before - 1], times[before - 1]) if before else None)
        found[-1:] = _joined(found[-1], piece) if found else [piece]
    return found


def _joined(one: Piece, other: Piece) -> list[Piece]:
    """Two pieces that follow each other: one, where they say the same."""
    if one.level is not other.level or (one.lists is None) != (other.lists is None):
        return [one, other]
    lists = (one.lists[0], other.lists[1]) if one.lists and other.lists else None
    return [replace(one, last=other.last, lists=lists)]
