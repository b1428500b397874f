"""The limits while people are under way: what is over its time now, with the clause. Times are instants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wangge.domains.transfer.rules import Limits
from wangge.domains.transfer.rules_faults import by_night


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


def behind(started: datetime | None, begins: datetime, arrives: datetime, now: datetime) -> timedelta:
    """How far behind its plan a trip is: not begun though it should have, begun late, or not there yet. Negative: there
    is time. Begun late counts from then on: nobody waits for the planned arrival to learn of it."""
    if started is None:
        return now - begins
    return max(now - arrives, started - begins) if started > begins else now - arrives


def lateness(under: Under, now: datetime) -> timedelta:
    """The same of a trip as the rules see it."""
    return behind(under.started, under.begins, under.arrives, now)


def eta(under: Under, now: datetime) -> datetime:
    """When a trip should be there as it goes now: the plan, and what it is behind."""
    late = (now if under.started is None else under.started) - under.begins
    return max(under.arrives + max(late, timedelta()), now)


def _by_night(under: Under, now: datetime, limits: Limits) -> bool:
    """Whether a coach is under way by night, or would be before it arrives: seen before it happens."""
    hour = round(under.hour * 60)
    ahead = max(0, round((eta(under, now) - now).total_seconds() / 60))
    return under.coach and by_night(hour, hour + max(ahead, 1), limits.night_from, limits.night_to)


def raised(under: Under, now: datetime, limits: Limits) -> Iterator[Raised]:
    """Every alarm of a trip that has not arrived."""
    if lateness(under, now) > timedelta(minutes=limits.late):
        yield Raised(Alarm.LATE, under.arrives if under.started else under.begins, limits.care_clause)
    if under.outdoors and now - under.outdoors > timedelta(minutes=limits.outdoors):
        yield Raised(Alarm.OUTDOORS, under.outdoors, limits.care_clause)
    if (under.started or under.begins <= now) and _by_night(under, now, limits):
        yield Raised(Alarm.NIGHT, under.started or under.begins, limits.road_clause)
    if under.started is None:
        return
    for alarm, since, most, clause in (
        (Alarm.DRIVE, under.rest, limits.drive, limits.road_clause),
        (Alarm.MEAL, under.meal, limits.meal, limits.care_clause),
        (Alarm.TOILET, under.toilet, limits.toilet, limits.care_clause),
    ):
        if now - (since or under.started) > timedelta(minutes=most):
            yield Raised(alarm, since or under.started, clause)
