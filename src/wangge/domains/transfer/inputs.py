"""What pages say of transfers. The only parser: sites, vehicles, needs, what stays behind, hand-overs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.transfer.rules import Behind, Need, Zone
from wangge.domains.transfer.rules_hands import Hand

MOST_ROOMS, MOST_SEATS, NAME = 9999, 99, 20
WHERE = ("central", "hospital")


@dataclass(frozen=True, slots=True)
class SiteInput:
    """A place of isolation: which place, whose desk, rooms by kind, staff on duty, zones, what it can care for."""

    place: UUID
    desk: UUID | None
    where: str
    single: int
    family: int
    accessible: int
    staff: int
    zones: tuple[Zone, ...]
    cares: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class VehicleInput:
    name: str
    seats: int
    driver: UUID | None
    escort: UUID | None


def read_site(typed: Mapping[str, Any], zones: Iterable[str], cares: Iterable[str]) -> SiteInput:
    """Raises Problem."""
    if (place := uuid_or_none(typed.get("place"))) is None:
        raise Problem("transfer_place_missing", field="place")
    if (where := str(typed.get("where", ""))) not in WHERE:
        raise Problem("transfer_where_missing", field="where")
    single, family, accessible, staff = (
        _number(typed, name, MOST_ROOMS) for name in ("single", "family", "accessible", "staff")
    )
    if not single + family + accessible:
        raise Problem("transfer_no_rooms", field="single")
    return SiteInput(
        place, uuid_or_none(typed.get("desk")), where, single, family, accessible, staff,
        tuple(one for one in Zone if one in set(zones)), tuple(one for one in Need if one in set(cares)),
    )  # fmt: skip


def read_vehicle(typed: Mapping[str, Any]) -> VehicleInput:
    """Raises Problem."""
    name = " ".join(str(typed.get("name", "")).split())[:NAME]
    if not name:
        raise Problem("transfer_vehicle_unnamed", field="name")
    if not (seats := _number(typed, "seats", MOST_SEATS)):
        raise Problem("transfer_no_seats", field="seats")
    return VehicleInput(name, seats, uuid_or_none(typed.get("driver")), uuid_or_none(typed.get("escort")))


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A line of a slip: into which hand, when, who, how many were counted. ``asked``: the slip says that it was read to
    them and that it was asked what and who stays behind."""

    to: Hand
    at: datetime
    people: tuple[UUID, ...]
    count: int
    asked: bool


def read_slip(typed: Mapping[str, Any], people: Iterable[str], midnight: datetime) -> SlipLine:
    """``midnight``: of the day the slip is of. Raises Problem."""
    if (to := member(Hand, str(typed.get("to", "")))) is None or to is Hand.MEETING:
        raise Problem("transfer_slip_hand", field="to")
    at = _time(str(typed.get("at", "")).strip(), midnight, "at")
    if at > clock.now():
        raise Problem("transfer_slip_future", field="at")
    return SlipLine(to, at, tuple(uuids(people)), read_count(typed), bool(typed.get("asked")))


def read_needs(words: Iterable[str]) -> tuple[Need, ...]:
    """What was ticked; what nobody knows is left out."""
    given = set(words)
    return tuple(one for one in Need if one in given)


def read_behind(words: Iterable[str]) -> tuple[Behind, ...]:
    """What and who stays behind; what nobody knows is left out."""
    given = set(words)
    return tuple(one for one in Behind if one in given)


def read_clock(text: str) -> datetime | None:
    """A time of today as typed, "15:30"; None where none was. Raises Problem."""
    if not (text := text.strip()):
        return None
    return _time(text, clock.start_of(clock.today()), "ready")


def _time(text: str, midnight: datetime, field: str) -> datetime:
    try:
        at = time.fromisoformat(text)
    except ValueError as error:
        raise Problem("transfer_time", field=field) from error
    return midnight + timedelta(hours=at.hour, minutes=at.minute)


def uuid_or_none(value: Any) -> UUID | None:
    """An id as typed, if it is one."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def uuids(values: Iterable[Any]) -> list[UUID]:
    """Those of some texts that are ids."""
    return [one for one in map(uuid_or_none, values) if one]


def read_count(typed: Mapping[str, Any]) -> int:
    """How many somebody counted. Raises Problem."""
    return _number(typed, "count", MOST_SEATS)


def _number(typed: Mapping[str, Any], name: str, most: int) -> int:
    text = str(typed.get(name, "") or "0").strip()
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise Problem("transfer_number", field=name, most=most)
    return int(text)
