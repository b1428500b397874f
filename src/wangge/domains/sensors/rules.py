"""Policy of what is fixed to doors. A sensor reports; nothing here can lock, and nobody's status changes by an opening.

An opening is first a reason to ask whether somebody needs something. Fire, evacuation, a medical emergency and violence
at home end a sensor's duty at once: nobody who leaves for any of these has done anything wrong, and no reason is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What a device is for."""

    DOOR = "door"  # 门磁
    SMOKE = "smoke"  # 烟感


class Said(StrEnum):
    """What a device says."""

    OPENED = "opened"
    CLOSED = "closed"
    BATTERY = "battery"  # also its sign of life
    TAMPERED = "tampered"
    SMOKE = "smoke"
    OFFLINE = "offline"  # its last will: the broker says it for a device that has gone


class Then(StrEnum):
    """What follows. There is no word for a breach."""

    NOTHING = "nothing"
    ASK = "ask"  # a call or a visit: do you need something?
    LOOK = "look"  # somebody looks at the sensor
    HELP = "help"  # fire: the sensors around are silent at once, the neighbours are called


class Silent(StrEnum):
    """Why a sensor at a door says nothing any more."""

    ORDER_ENDED = "order_ended"
    SAFETY = "safety"  # fire, evacuation, medical emergency, violence: never which
    RESPONSE_CLOSED = "response_closed"
    NOT_ALLOWED = "not_allowed"  # the edition in force fits no sensors
    TAKEN_OFF = "taken_off"


class Ground(StrEnum):
    """Why a door is expected to open."""

    DOCTOR = "doctor"
    DELIVERY = "delivery"
    TEST = "test"
    WASTE = "waste"


class Health(StrEnum):
    """How a device does, the worst first."""

    NEVER = "never"  # was never heard
    OFFLINE = "offline"
    QUIET = "quiet"  # says nothing, and nobody said that it has gone
    BATTERY = "battery"
    WELL = "well"


#: Ours: after a question at a door, further openings of this time are the same question.
QUIET = timedelta(hours=1)
#: Ours: an opening so near to somebody's visit is that visit.
VISIT = timedelta(minutes=30)
#: Ours: devices give a sign of life every few minutes; one that misses several is looked at.
LIFE = timedelta(minutes=30)
LOW = 15  # percent of a battery


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which a door is expected to open."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when a device says something. ``live``: on duty at a door, under an order that stands."""

    said: Said
    live: bool
    planned: bool = False
    asked_lately: bool = False


def then(one: Opening) -> Then:
    """What follows; ``docs/states/sensor.md`` is this in words. Smoke counts wherever it is."""
    if one.said is Said.SMOKE:
        return Then.HELP
    if not one.live:
        return Then.NOTHING
    if one.said is Said.TAMPERED:
        return Then.LOOK
    asks = one.said is Said.OPENED and not one.planned and not one.asked_lately
    return Then.ASK if asks else Then.NOTHING


def is_planned(at: datetime, windows: Iterable[Window], visits: Iterable[datetime]) -> bool:
    """Whether an opening was expected: it lies in a window that was entered, or beside a visit at this door."""
    return any(one.begins <= at <= one.ends for one in windows) or any(abs(at - one) <= VISIT for one in visits)


def asked_lately(at: datetime, asked: datetime | None) -> bool:
    """Whether this door was asked about a moment ago; a reading that arrives late counts with its own time."""
    return asked is not None and abs(at - asked) < QUIET


def health(*, heard: datetime | None, offline: bool, battery: int | None, now: datetime) -> Health:
    """How a device does now."""
    if heard is None:
        return Health.NEVER
    if offline:
        return Health.OFFLINE
    if now - heard > LIFE:
        return Health.QUIET
    return Health.BATTERY if battery is not None and battery <= LOW else Health.WELL


#: A clock that is further off than this is corrected by what the device says that it is.
CLOCK = timedelta(minutes=5)


def happened(*, at: datetime | None, sent: datetime | None, received: datetime) -> tuple[datetime, timedelta]:
    """When it happened by our clock, and how far the device's own is ahead of ours (zero: near enough, or unknown).

    ``at`` and ``sent`` are the device's; the difference between ``sent`` and our receiving shows its clock.
    """
    if at is None:
        return received, timedelta(0)
    ahead = sent - received if sent else max(at - received, timedelta(0))
    if abs(ahead) <= CLOCK:
        ahead = timedelta(0)
    return min(at - ahead, received), ahead
