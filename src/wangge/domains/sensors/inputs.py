"""What devices send, and what is typed about them. The only parser."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.sensors.rules import Ground, Kind, Said

CODE = re.compile(r"[A-Za-z0-9]{4,24}")
LONGEST = 512  # bytes of a message
YEAR_2100 = 4102444800
Seconds = Annotated[int, Meta(ge=0, lt=YEAR_2100)]
Boot = Annotated[str, Meta(pattern=r"^[A-Za-z0-9]{1,16}$")]
Sequence = Annotated[int, Meta(ge=0, lt=2**53)]


class Message(Struct, frozen=True):
    """A message of version 1 as ``docs/operate/sensors.md`` has it. ``at`` and ``sent``: seconds since 1970 by the
    device's clock. ``boot``: a random word that the device makes whenever its sequence starts over."""

    kind: Said
    boot: Boot
    seq: Sequence
    at: Seconds | None = None
    sent: Seconds | None = None
    battery: Annotated[int, Meta(ge=0, le=100)] | None = None


class Numbered(Struct, frozen=True):
    """What is needed to answer a message that is wrong otherwise."""

    boot: Boot
    seq: Sequence


_message = msgspec.json.Decoder(Message)
_numbered = msgspec.json.Decoder(Numbered)


class Unreadable(Exception):
    """Why a message cannot be taken, and its number where that much is readable."""

    def __init__(self, reason: str, number: Numbered | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.number = number


def read_message(payload: bytes) -> Message:
    """Raises Unreadable."""
    if len(payload) > LONGEST:
        raise Unreadable("too_long", None)
    try:
        return _message.decode(payload)
    except msgspec.ValidationError as error:
        raise Unreadable("fields", _number(payload)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable("not_json", None) from error


def _number(payload: bytes) -> Numbered | None:
    try:
        return _numbered.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True)
class SensorInput:
    """A device to be issued. ``place``: the community that keeps it."""

    code: str
    kind: Kind
    place: UUID


def read_sensor(typed: Mapping[str, Any]) -> SensorInput:
    """Raises Problem."""
    code = str(typed.get("code", "")).strip().upper()
    if not CODE.fullmatch(code):
        raise Problem("sensor_code_wrong", field="code")
    if (kind := member(Kind, typed.get("kind", ""))) is None:
        raise Problem("sensor_kind_missing", field="kind")
    return SensorInput(code, kind, _id(typed, "place", "sensor_place_missing"))


@dataclass(frozen=True, slots=True)
class PlannedInput:
    """A door is expected to open in the next hours."""

    uuid: UUID
    ground: Ground
    begins: datetime
    ends: datetime


def read_planned(typed: Mapping[str, Any]) -> PlannedInput:
    """Raises Problem. ``hours``: from now on, at most 24."""
    if (ground := member(Ground, typed.get("ground", ""))) is None:
        raise Problem("planned_ground_missing", field="ground")
    hours = str(typed.get("hours", ""))
    if not (hours.isascii() and hours.isdecimal()) or not 1 <= int(hours[:4]) <= 24:
        raise Problem("planned_hours_wrong", field="hours")
    now = clock.now()
    return PlannedInput(_id(typed, "uuid", "planned_ground_missing"), ground, now, now + timedelta(hours=int(hours)))


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _id(typed: Mapping[str, Any], field: str, code: str) -> UUID:
    if (found := _uuid(typed.get(field))) is None:
        raise Problem(code, field=field)
    return found
