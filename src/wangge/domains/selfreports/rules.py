"""Policy of self-reports: how they come, how they end, how many are taken, what applies from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID


class Travel(StrEnum):
    TRAIN = "train"
    PLANE = "plane"
    COACH = "coach"
    CAR = "car"
    OTHER = "other"


class Whom(StrEnum):
    """For whom somebody reports."""

    SELF = "self"
    TOGETHER = "together"
    PARENTS = "parents"
    CHILDREN = "children"
    OTHERS = "others"


class State(StrEnum):
    WAITING = "waiting"  # not looked at yet
    MATCHED = "matched"  # to one door
    UNMATCHED = "unmatched"  # a person looks for its door
    SETTLED = "settled"  # a person put it to a door
    TURNED_AWAY = "turned_away"  # a person said why it belongs to no door here


class Away(StrEnum):
    """Why a report belongs to no door here."""

    ELSEWHERE = "elsewhere"
    NOT_REACHED = "not_reached"
    NO_SUCH_DOOR = "no_such_door"
    DOUBLE = "double"
    MISUSE = "misuse"


#: What is taken in an hour. One address may be a whole train behind one mobile network; one poster a whole compound on
#: the evening of a new rule. Beyond it the community's number is shown.
HOUR = timedelta(hours=1)
OF_ADDRESS = 30
OF_POSTER = 400
#: Doors are never named back, but a flood at one door would send somebody there: visits of one door and arrival day
#: are one, whoever reports them.
MOST_PEOPLE = 8
AHEAD = timedelta(days=60)  # an arrival further ahead is a slip of the pen


@dataclass(frozen=True, slots=True)
class Said:
    """A checked report. ``areas`` are those of the lists that the person says they were in; ``none`` that it was none
    of those shown. ``uuid`` was made by the page or the phone that sends it."""

    uuid: UUID
    whom: Whom
    people: tuple[str, ...]
    reporter: str
    phone: str
    came_from: str
    first: date
    last: date
    areas: tuple[UUID, ...]
    none: bool
    arrives: date
    travel: Travel
    number: str
    building: str
    unit: str
    door: str
    needs: str

    def content(self, areas: Sequence[str]) -> dict[str, Any]:
        """What is sealed; ``areas`` in words, as they were called on that day."""
        return {
            "whom": self.whom, "people": list(self.people), "reporter": self.reporter, "phone": self.phone,
            "came_from": self.came_from, "first": self.first.isoformat(), "last": self.last.isoformat(),
            "areas": list(areas), "travel": self.travel, "number": self.number, "building": self.building,
            "unit": self.unit, "door": self.door, "needs": self.needs,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A measure of an edition, counted from the day of arrival: its first day is the day after."""

    kind: str
    where: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Applies:
    """What a rule asks of somebody who arrives on a day. ``until`` is the last day of all; None where nothing lasts."""

    parts: tuple[Part, ...]
    tests: tuple[date, ...]
    until: date | None


def applies(arrives: date, measures: Sequence[tuple[str, str, int]], tests: Sequence[int]) -> Applies:
    """The days of a traveller's measures (kind, where, days), one after the other, and of tests by their number."""
    parts, day = list[Part](), arrives
    for kind, where, days in measures:
        parts.append(Part(kind, where, day + timedelta(days=1), day + timedelta(days=days)))
        day += timedelta(days=days)
    days_of_tests = tuple(arrives + timedelta(days=number) for number in tests)
    return Applies(tuple(parts), days_of_tests, max([day, *days_of_tests]) if parts or tests else None)
