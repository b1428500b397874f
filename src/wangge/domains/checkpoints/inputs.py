"""What a phone at a checkpoint sends, and what the form for a new checkpoint says. The only parser for both."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from wangge.base.problems import Problem
from wangge.domains.checkpoints.rules import COUNTED, Band, Called, Entered, Kind, Seen

E = TypeVar("E", bound=StrEnum)
#: The fields of a register's line, and how long each may be.
LINE = {"purpose": 60, "host": 60, "name": 40, "phone": 30, "plate": 12, "drop": 60}
NAME = 40
A_MONTH = 60 * 24 * 31


@dataclass(frozen=True, slots=True)
class PassInput:
    """One person who came; ``through`` False: asked aside."""

    shift: UUID
    shown: Seen
    through: bool
    temperature: Band
    mask: bool
    venue_code: bool
    list_minutes: int | None


@dataclass(frozen=True, slots=True)
class LineInput:
    """A line of the register; ``said`` holds what was given and nothing else."""

    shift: UUID
    kind: Entered
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EmergencyInput:
    """``emergency``: the one tap's own id; a call made after it names it again."""

    shift: UUID
    called: Called
    emergency: UUID


@dataclass(frozen=True, slots=True)
class ShiftInput:
    """A shift begins (``begins``), or ends with what the phone had counted."""

    shift: UUID
    checkpoint: UUID
    begins: bool
    counted: int | None


def read_pass(data: Mapping[str, Any]) -> PassInput:
    """Raises Problem."""
    shown = _one_of(Seen, data, "shown")
    if shown not in COUNTED:
        raise Problem("checkpoint_field", field="shown", name="shown")
    return PassInput(
        _id(data, "shift"), shown, _flag(data, "through"), _one_of(Band, data, "temperature"), _flag(data, "mask"),
        _flag(data, "venue_code"), _number(data, "list_minutes", A_MONTH),
    )  # fmt: skip


def read_visitor(data: Mapping[str, Any]) -> LineInput:
    """Whoever visits: a purpose; the rest only if given. Raises Problem."""
    return _line(data, Entered.VISITOR, ("purpose", "host", "name", "phone"))


def read_vehicle(data: Mapping[str, Any]) -> LineInput:
    """A vehicle or a rider: a purpose, a plate if there is one, where things are put down. Raises Problem."""
    kind = _one_of(Entered, data, "kind")
    if kind is Entered.VISITOR:
        raise Problem("checkpoint_field", field="kind", name="kind")
    return _line(data, kind, ("purpose", "plate", "drop", "phone"))


def read_emergency(data: Mapping[str, Any]) -> EmergencyInput:
    """Raises Problem."""
    return EmergencyInput(_id(data, "shift"), _one_of(Called, data, "called"), _id(data, "emergency"))


def read_shift(data: Mapping[str, Any]) -> ShiftInput:
    """Raises Problem."""
    begins = _flag(data, "begins")
    counted = None if begins else _number(data, "counted", 10_000_000)
    return ShiftInput(_id(data, "shift"), _id(data, "checkpoint"), begins, counted)


@dataclass(frozen=True, slots=True)
class CheckpointInput:
    """``place``, ``post`` and ``venue`` by their ids; no post: the grid workers of the place; no venue: a gate."""

    name: str
    kind: Kind
    place: UUID
    post: UUID | None
    venue: UUID | None
    uuid: UUID | None


def read_checkpoint(typed: Mapping[str, Any]) -> CheckpointInput:
    """Raises Problem."""
    name = plain(typed.get("name", ""))
    if not name:
        raise Problem("checkpoint_unnamed", field="name")
    if len(name) > NAME:
        raise Problem("checkpoint_name_long", field="name", most=NAME)
    if (kind := _or_none(Kind, typed.get("kind"))) is None:
        raise Problem("checkpoint_kind_missing", field="kind")
    if (place := _uuid(typed.get("place"))) is None:
        raise Problem("checkpoint_place_missing", field="place")
    post, venue, uuid = (_uuid(typed.get(field)) for field in ("post", "venue", "uuid"))
    return CheckpointInput(name, kind, place, post, venue, uuid)


def plain(text: Any) -> str:
    """Typed text in one form, without what only layout needs."""
    return " ".join(unicodedata.normalize("NFKC", str(text)).split())


def _line(data: Mapping[str, Any], kind: Entered, fields: tuple[str, ...]) -> LineInput:
    said = {name: text[: LINE[name]] for name in fields if (text := plain(data.get(name) or ""))}
    if "purpose" not in said:
        raise Problem("register_purpose_missing", field="purpose")
    if "plate" in said:
        said["plate"] = said["plate"].upper().replace(" ", "").replace("·", "")
    return LineInput(_id(data, "shift"), kind, said)


def _or_none(kind: type[E], value: Any) -> E | None:
    try:
        return kind(value)
    except ValueError:
        return None


def _one_of(kind: type[E], data: Mapping[str, Any], name: str) -> E:
    if (found := _or_none(kind, data.get(name))) is None:
        raise Problem("checkpoint_field", field=name, name=name)
    return found


def _flag(data: Mapping[str, Any], name: str) -> bool:
    if not isinstance(value := data.get(name), bool):
        raise Problem("checkpoint_field", field=name, name=name)
    return value


def _number(data: Mapping[str, Any], name: str, most: int) -> int | None:
    """A whole number up to ``most``, as large as that where it is larger; None where none is given."""
    value = data.get(name)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Problem("checkpoint_field", field=name, name=name)
    return min(value, most)


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _id(data: Mapping[str, Any], name: str) -> UUID:
    if (found := _uuid(data.get(name))) is None:
        raise Problem("checkpoint_field", field=name, name=name)
    return found
