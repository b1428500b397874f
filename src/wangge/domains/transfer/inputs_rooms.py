"""What pages say of rooms: a typed range of numbers, or a pasted list with a line for each room. The only parser."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.transfer.rules import RoomKind
from wangge.domains.transfer.rules_rooms import RoomZone

MOST, NUMBER = 500, 12
_RANGE = re.compile(r"^(\D*)(\d{1,6})\s*[-–—~至]\s*(\D*)(\d{1,6})$")
_CELLS = re.compile(r"[,，;；\t]| {2,}|(?<=\S) (?=\S)")
KINDS = {
    **{one.value: one for one in RoomKind}, "单人间": RoomKind.SINGLE, "单间": RoomKind.SINGLE, "单人": RoomKind.SINGLE,
    "家庭房": RoomKind.FAMILY, "家庭间": RoomKind.FAMILY, "家庭": RoomKind.FAMILY, "无障碍房": RoomKind.ACCESSIBLE,
    "无障碍间": RoomKind.ACCESSIBLE, "无障碍": RoomKind.ACCESSIBLE,
}  # fmt: skip
ZONES = {
    **{one.value: one for one in RoomZone}, "清洁区": RoomZone.CLEAN, "半污染区": RoomZone.HALF,
    "缓冲区": RoomZone.HALF, "污染区": RoomZone.CONTAMINATED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RoomLine:
    number: str
    kind: RoomKind
    zone: RoomZone


def read_rooms(typed: Mapping[str, Any]) -> list[RoomLine]:
    """The rooms of a form: from ``list`` where something was pasted, else ``numbers`` of one kind. Raises Problem."""
    pasted = str(typed.get("list", "")).strip()
    found = _pasted(pasted) if pasted else _typed(typed)
    if not found:
        raise Problem("room_numbers_missing", field="numbers")
    if len(found) > MOST:
        raise Problem("room_too_many", field="numbers", most=MOST)
    return list({one.number: one for one in found}.values())


def _typed(typed: Mapping[str, Any]) -> list[RoomLine]:
    kind = member(RoomKind, str(typed.get("kind", "")))
    if kind is None:
        raise Problem("room_kind_missing", field="kind")
    zone = member(RoomZone, str(typed.get("zone", ""))) or RoomZone.CONTAMINATED
    text = re.sub(r"\s*([-–—~至])\s*", r"\1", str(typed.get("numbers", "")).strip())
    parts = re.split(r"[,，;；、\s]+", text)
    return [RoomLine(number, kind, zone) for part in parts if part for number in numbers(part)]


def numbers(text: str) -> list[str]:
    """Room numbers of a part as typed: "301-320", "A301-A320" or one. Raises Problem."""
    if not (found := _RANGE.match(text)):
        return [_number(text)]
    before, first, again, last = found.groups()
    if again.strip() not in ("", before.strip()) or int(last) < int(first):
        raise Problem("room_range", field="numbers", text=text[:24])
    if int(last) - int(first) >= MOST:
        raise Problem("room_too_many", field="numbers", most=MOST)
    return [_number(f"{before}{number:0{len(first)}d}") for number in range(int(first), int(last) + 1)]


def _number(text: str) -> str:
    if not (number := text.strip()) or len(number) > NUMBER:
        raise Problem("room_number", field="numbers", text=text[:24])
    return number


def _pasted(text: str) -> list[RoomLine]:
    """A line for each room or range: number, kind, zone (contaminated where none is said)."""
    return [one for at, line in enumerate(text.splitlines(), 1) if line.strip() for one in _line(at, line.strip())]


def _line(at: int, line: str) -> list[RoomLine]:
    cells = [cell.strip() for cell in _CELLS.split(line) if cell.strip()]
    kind = KINDS.get(cells[1].lower()) if len(cells) > 1 else None
    zone = ZONES.get(cells[2].lower()) if len(cells) > 2 else RoomZone.CONTAMINATED
    if kind is None or zone is None or len(cells) > 3:
        raise Problem("room_line", field="list", line=at)
    return [RoomLine(number, kind, zone) for number in numbers(cells[0])]
