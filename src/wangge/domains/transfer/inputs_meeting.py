"""What pages say of a meeting point and of whoever is expected there. The only parser."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.domains.people.rules import normal_phone
from wangge.domains.transfer.inputs import read_needs, uuid_or_none
from wangge.domains.transfer.rules import Need

NAME, NOTE, MOST = 40, 120, 300
_CELLS = re.compile(r"[,，;；\t]")
_NAMES = re.compile(r"[、/]| 和 ")


@dataclass(frozen=True, slots=True)
class PointInput:
    """A meeting point: where, its name as people find it, and the post that meets."""

    place: UUID
    name: str
    post: UUID | None


@dataclass(frozen=True, slots=True)
class ComingInput:
    """People who come together: names, a number to call, when they are due, what is said of them, what they need."""

    names: tuple[str, ...]
    phone: str = ""
    due: datetime | None = None
    note: str = ""
    needs: tuple[Need, ...] = ()
    child: bool = False  # nobody of them is grown up


def read_point(typed: Mapping[str, Any]) -> PointInput:
    """Raises Problem."""
    if (place := uuid_or_none(typed.get("place"))) is None:
        raise Problem("meeting_place_missing", field="place")
    if not (name := " ".join(str(typed.get("name", "")).split())[:NAME]):
        raise Problem("meeting_name_missing", field="name")
    return PointInput(place, name, uuid_or_none(typed.get("post")))


def read_list(text: str) -> list[ComingInput]:
    """A pasted list, a line for those who come together: names, phone, hour (today), note. Raises Problem."""
    found = [_line(at, line.strip()) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not found:
        raise Problem("meeting_list_empty", field="list")
    if sum(len(one.names) for one in found) > MOST:
        raise Problem("meeting_too_many", field="list", most=MOST)
    return found


def _line(at: int, line: str) -> ComingInput:
    cells = [cell.strip() for cell in _CELLS.split(line)] + [""] * 3
    names = _names(cells[0])
    due = _hour(cells[2])
    if not names or len([cell for cell in cells if cell]) > 4 or (cells[2] and due is None):
        raise Problem("meeting_line", field="list", line=at)
    return ComingInput(names, normal_phone(cells[1]), due, cells[3][:NOTE])


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in _NAMES.split(text) if (name := " ".join(part.split())[:NAME]))


def _hour(text: str) -> datetime | None:
    try:
        at = time.fromisoformat(text)
    except ValueError:
        return None
    return clock.start_of(clock.today()) + timedelta(hours=at.hour, minutes=at.minute)


def read_coming(typed: Mapping[str, Any], needs: Iterable[str]) -> ComingInput:
    """Whoever stands there without being on the list. Raises Problem."""
    if not (names := _names(str(typed.get("names", "")))):
        raise Problem("meeting_names_missing", field="names")
    note, phone = str(typed.get("note", "")).strip()[:NOTE], normal_phone(str(typed.get("phone", "")))
    return ComingInput(names, phone, None, note, read_needs(needs), bool(typed.get("child")))
