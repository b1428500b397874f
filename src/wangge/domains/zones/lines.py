"""A line of a notice: what kind of place it names, what it leaves out. And a pasted text as lines. Pure text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wangge.domains.risk.rules import Unit, unit_of


class LineKind(StrEnum):
    """What a line names, as far as its words say."""

    DOOR = "door"
    UNIT = "unit"
    BUILDING = "building"
    COMPOUND = "compound"
    VILLAGE = "village"  # a natural village, or a community
    TOWNSHIP = "township"
    DISTRICT = "district"
    SITE = "site"  # a shop, a firm, a sampling point
    OUTLINE = "outline"  # an area drawn by its streets


_KINDS = {
    Unit.DOOR: LineKind.DOOR, Unit.UNIT: LineKind.UNIT, Unit.BUILDING: LineKind.BUILDING,
    Unit.COMPOUND: LineKind.COMPOUND, Unit.COMMUNITY: LineKind.VILLAGE, Unit.TOWNSHIP: LineKind.TOWNSHIP,
    Unit.DISTRICT: LineKind.DISTRICT, Unit.SITE: LineKind.SITE,
}  # fmt: skip
SIDE = re.compile(r"以[东南西北]")
_WITHOUT = re.compile(r"[（(]([^（()）]*?)(?:除外|不含)[)）]|[，,]?(?:不含|除)([^，,（(]{2,30}?)(?:除外|外)?$")
_NOTE = re.compile(r"[（(][^（()）]*[)）]")
_ROAD = re.compile(r"^.{1,10}?(?:大街|街|路|巷)(?:\d{1,5}号)?(?=.{2})")
_MANY = re.compile(r"(?:以及|和|及)")


@dataclass(frozen=True, slots=True)
class Read:
    """What a line says. ``without``: what it leaves out, in its own words; ``names``: what to look for, the most exact
    first: the whole name, then without its note in brackets, then without the street before it."""

    kind: LineKind
    names: tuple[str, ...]
    without: tuple[str, ...] = ()


def read_line(text: str) -> Read:
    """A line taken apart: 黄陵街道(太原机场除外) is a township without 太原机场."""
    without = tuple(
        part.strip() for found in _WITHOUT.finditer(text) for part in _MANY.split(found[1] or found[2] or "")
        if part.strip()
    )  # fmt: skip
    rest = _WITHOUT.sub("", text).strip()
    plain = _NOTE.sub("", rest).strip() or rest
    kind = LineKind.OUTLINE if SIDE.search(plain) else _KINDS[unit_of(plain)]
    names = [rest, plain]
    if kind is not LineKind.OUTLINE and (road := _ROAD.match(plain)):
        names.append(plain[road.end() :])
    return Read(kind, tuple(dict.fromkeys(name for name in names if name)), without)


LEVELS = (  # as notices head their parts, the longer word first
    ("封控区", "lockdown"), ("管控区", "control"), ("防范区", "guard"),
    ("高风险", "high"), ("中风险", "mid"), ("低风险", "low"),
)  # fmt: skip
_NUMBERED = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十]是)\s*")
_DISTRICT = re.compile(r"^([\u4e00-\u9fff]{1,8}?(?:示范区|开发区|新区|区|县|市))\s*[：:]\s*(.*)$")
_LEVEL = re.compile(
    r"^[\u4e00-\u9fff]{0,8}?(封控区|管控区|防范区|高风险|中风险|低风险)[区地]?[\u4e00-\u9fff]{0,6}\s*[：:。]?\s*(.*)$"
)
#: What stands around the lines of a notice: its title, its number and day, who signed it.
_AROUND = re.compile(
    r"^(?:关于.*|.*(?:通告|公告|通知|通报)|第\s*\d+\s*号|\d{4}年\d{1,2}月\d{1,2}日.*|.*(?:办公室|指挥部|领导小组))[。.]?$"
)
_SPLIT = "、；;，,。"


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with the headings it stands under; ``district`` '' where none was written."""

    level: str
    district: str
    text: str


def pasted(text: str) -> Iterator[Placed]:
    """The lines of a pasted notice: what stands before the first heading of a level is no line, nor who signed it."""
    level = district = ""
    for raw in text.splitlines():
        rest = "" if _AROUND.match(raw.strip()) else _NUMBERED.sub("", raw.strip())
        if found := _LEVEL.match(rest):
            said = next(key for word, key in LEVELS if word == found[1])
            if not found[2] or _DISTRICT.match(found[2]) or rest.find("：") in range(found.end(1), found.end(1) + 4):
                level, district, rest = said, "", found[2]
        if found := _DISTRICT.match(rest):
            district, rest = found[1], found[2]
        if level and rest:
            yield from (Placed(level, district, one) for one in split(rest))


def split(text: str) -> list[str]:
    """A row of names taken apart at 、 and ；, never inside brackets nor inside an area drawn by its streets:
    亲贤北街以南、体育路以西的区域 is one. 幸福里小区1、2、3号楼 are three buildings."""
    parts = [part for part in (one.strip() for one in _cut(text)) if part]
    return _numbered(_outlines(parts))


def _cut(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, char in enumerate(text):
        depth += (char in "（(") - (char in "）)")
        if char in _SPLIT and depth <= 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _outlines(parts: list[str]) -> list[str]:
    """Sides of one area put together again: they go on until the words 区域 or 范围, or a part without a side."""
    found: list[str] = []
    for part in parts:
        side = SIDE.search(part)
        if found and side and SIDE.search(found[-1]) and not re.search(r"(区域|范围)", found[-1]):
            found[-1] += "、" + part
        else:
            found.append(part)
    return found


_LAST = re.compile(r"^(\d{1,4})(号楼|栋|幢|座|单元|号)$")
_FIRST = re.compile(r"^(.*?\D)(\d{1,4})$")


def _numbered(parts: list[str]) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(parts):
        end = at + 1
        first = _FIRST.match(parts[at])
        while first and end < len(parts) and parts[end].isdecimal():
            end += 1
        last = _LAST.match(parts[end]) if first and end < len(parts) else None
        if first and last:
            numbers = [first[2], *parts[at + 1 : end], last[1]]
            found += [f"{first[1]}{number}{last[2]}" for number in numbers]
            at = end + 1
        else:
            found.append(parts[at])
            at += 1
    return found
