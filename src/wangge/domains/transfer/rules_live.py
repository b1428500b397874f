"""The limits while people are under way: what is over its time now, with the clause. Times are instants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wangge.domains.transfer.rules import Limits


class Alarm(StrEnum):
    LATE = "late"
    NIGHT = "night"
    DRIVE = "drive"
    OUTDOORS = "outdoors"
    MEAL = "meal"
    TOILET = "toilet"
    RELIEF = "relief"
    REFUSED = "refused"  # somebody does not want to go: nobody is dragged
    OVERBOOKED = "overbooked"  # the desk has no room


@dataclass(frozen=True, slots=True)
class Under:
    """A trip as it goes. ``hour``: of the day where it is, now; ``arrives``: when it should be there. ``meal``,
    ``toilet`` and ``rest``: the last of each, else when the first person got on."""

    coach: bool
    started: datetime | None
    begins: datetime
    arrives: datetime
    meal: datetime | None
    toilet: datetime | None
    rest: datetime | None
    outdoors: datetime | None
    hour: float


@dataclass(frozen=True, slots=True)
class Raised:
    """An alarm, since when what it is about lasts, and the clause it rests on."""

    alarm: Alarm
    since: datetime
    clause: str


def lateness(under: Under, now: datetime) -> timedelta:
    """How far behind its plan a trip is: not begun though it should have, or not there yet. Negative: there is time."""
    return now - (under.arrives if under.started else under.begins)


def raised(under: Under, now: datetime, limits: Limits) -> Iterator[Raised]:
    """Every alarm of a trip that has not arrived."""
    if lateness(under, now) > timedelta(minutes=limits.late):
        yield Raised(Alarm.LATE, under.arrives if under.started else under.begins, limits.care_clause)
    if under.outdoors and now - under.outdoors > timedelta(minutes=limits.outdoors):
        yield Raised(Alarm.OUTDOORS, under.outdoors, limits.care_clause)
    if under.started is None:
        return
    if under.coach and limits.night_from <= under.hour < limits.night_to:
        yield Raised(Alarm.NIGHT, under.started, limits.road_clause)
    for alarm, since, most, clause in (
        (Alarm.DRIVE, under.rest, limits.drive, limits.road_clause),
        (Alarm.MEAL, under.meal, limits.meal, limits.care_clause),
        (Alarm.TOILET, under.toilet, limits.toilet, limits.care_clause),
    ):
        if now - (since or under.started) > timedelta(minutes=most):
            yield Raised(alarm, since or under.started, clause)
