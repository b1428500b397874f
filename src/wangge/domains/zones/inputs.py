"""What comes in: a city's notice as JSON or as a pasted text, and what forms say of its lines. The only parser."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.places.points import Datum
from wangge.domains.zones.lines import LEVELS, Placed, pasted
from wangge.domains.zones.outline import read_outline
from wangge.domains.zones.plane import Area
from wangge.domains.zones.rules import LineState, Part

MOST_BYTES = 4 << 20
MOST_LINES = 5_000  # Taiyuan's longest notice of 2022 had some 440 lines
LINE, TITLE, NUMBER, AUTHORITY, CLAUSE = 200, 120, 60, 80, 120
_KEYS = frozenset(key for _word, key in LEVELS)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?:\s*(\d{1,2})[时:：](\d{2})?)?")
_NUMBER = re.compile(r"第\s*(\d{1,4})\s*号")


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it was published: its lines under level and district, in their order."""

    title: str
    number: str
    source: str
    published_at: datetime
    lines: tuple[Placed, ...]

    @property
    def digest(self) -> str:
        """Of what it says: the same notice twice is one."""
        said = [
            self.published_at.isoformat(),
            self.number,
            *("|".join((o.level, o.district, o.text)) for o in self.lines),
        ]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def read_notices(content: bytes) -> list[Notice]:
    """The notices in a file: a JSON list or one of them, or a text. Raises Problem; the earliest comes first."""
    if len(content) > MOST_BYTES:
        raise Problem("zone_notice_too_big", field="file", most=MOST_BYTES >> 20)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    if text.lstrip()[:1] not in ("[", "{"):
        return [read_text(text)]
    try:
        data = json.loads(text)
    except ValueError as error:
        raise Problem("zone_notice_broken", field="file") from error
    some = data if isinstance(data, list) else [data]
    return sorted((_from_json(one) for one in some), key=lambda one: one.published_at)


def read_text(text: str) -> Notice:
    """A pasted text, with headings of level (封控区) and district (小店区：…). Raises Problem."""
    body = unicodedata.normalize("NFC", text)
    first = next((row.strip() for row in body.splitlines() if row.strip()), "")
    number, found = _NUMBER.search(body), _DAY.search(body)
    at = clock.now()
    if found:
        try:
            hour, minute = int(found[4] or 0), int(found[5] or 0)
            at = datetime(int(found[1]), int(found[2]), int(found[3]), hour, minute, tzinfo=clock.LOCAL)
        except ValueError as error:
            raise Problem("zone_notice_day", field="text") from error
    return _notice(first, f"第{number[1]}号" if number else "", "", at, list(pasted(body)))


def _from_json(one: Any) -> Notice:
    if not isinstance(one, Mapping):
        raise Problem("zone_notice_broken", field="file")
    try:
        at = datetime.fromisoformat(str(one.get("date")))
    except ValueError as error:
        raise Problem("zone_notice_day", field="file") from error
    at = at if at.tzinfo else at.replace(tzinfo=clock.LOCAL)
    number = one.get("no")
    said = f"第{number}号" if isinstance(number, int) else str(number or "")
    return _notice(str(one.get("title") or ""), said, str(one.get("src") or ""), at, list(_json_lines(one)))


def _json_lines(one: Mapping[str, Any]) -> Iterator[Placed]:
    for level in (key for key in one if key in _KEYS):
        districts = one[level]
        if not isinstance(districts, Mapping):
            raise Problem("zone_notice_broken", field="file")
        for district, texts in districts.items():
            if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
                raise Problem("zone_notice_broken", field="file")
            yield from (Placed(level, str(district), text) for text in texts if text.strip())


def _notice(title: str, number: str, source: str, at: datetime, lines: list[Placed]) -> Notice:
    whole = {Placed(one.level, one.district.strip(), one.text.strip()): None for one in lines}
    if not whole:
        raise Problem("zone_notice_empty", field="text")
    if len(whole) > MOST_LINES:
        raise Problem("zone_notice_long", field="text", most=MOST_LINES)
    if long := next((one.text for one in whole if len(one.text) > LINE), ""):
        raise Problem("zone_line_long", field="text", text=long[:40], most=LINE)
    return Notice(title[:TITLE], number[:NUMBER], source[:LINE], at, tuple(whole))


@dataclass(frozen=True, slots=True)
class LineInput:
    """What somebody decided of a line: its places with their part, or why there are none."""

    state: LineState
    places: tuple[tuple[UUID, Part], ...] = ()
    outline: Area | None = None


def read_decision(typed: Any) -> LineInput:
    """``said`` is the id of a place (one tap), "chosen" with ``place`` (and ``part``), or a state. Raises Problem."""
    said = str(typed.get("said", ""))
    if said in (LineState.OUTSIDE, LineState.WAITING, LineState.OPEN):
        return LineInput(LineState(said))
    chosen = typed.getlist("place") if said == "chosen" else [said]
    part = member(Part, typed.get("part", "")) or Part.IN
    places = [(uuid, part) for one in chosen if (uuid := _uuid(one))]
    if not places:
        raise Problem("zone_place_missing", field="place")
    out = [(uuid, Part.OUT) for one in typed.getlist("without") if (uuid := _uuid(one))]
    return LineInput(LineState.PLACED, tuple(dict([*places, *out]).items()))


def read_confirmed(typed: Any) -> dict[int, LineInput]:
    """Lines confirmed together: ``line`` for each by its number, with ``place-<number>``, ``part-<number>`` and
    ``without-<number>`` as they were shown. Raises Problem where none is ticked, or one has no place."""
    found: dict[int, LineInput] = {}
    for number in [int(one) for one in typed.getlist("line") if one.isascii() and one.isdecimal()]:
        part = member(Part, typed.get(f"part-{number}", "")) or Part.IN
        places = dict.fromkeys(uuids(typed.getlist(f"place-{number}")), part)
        if not places:
            raise Problem("zone_place_missing", field="place")
        places |= dict.fromkeys(uuids(typed.getlist(f"without-{number}")), Part.OUT)
        found[number] = LineInput(LineState.PLACED, tuple(places.items()))
    if not found:
        raise Problem("zone_line_missing", field="line")
    return found


def read_corners(typed: Mapping[str, Any]) -> Area:
    """``corners`` in the datum that ``datum`` names (WGS 84 without any). Raises Problem."""
    return read_outline(str(typed.get("corners", "")), member(Datum, typed.get("datum", "")) or Datum.WGS84)


def read_drawn(typed: Any) -> LineInput:
    """What was decided of an area: ``place`` for each place that is in as a whole, ``half`` for each at the line with
    ``d-<id>`` of it: in, edge, out, or "part" with its buildings under ``of-<id>``. A building whose compound
    (``under-<id>``) is in or out as a whole needs no answer. Raises Problem while one is open."""
    area = read_corners(typed)
    chosen = dict.fromkeys(uuids(typed.getlist("place")), Part.IN)
    left = 0
    for key in typed.getlist("half"):
        if typed.get(f"d-{typed.get(f'under-{key}', '')}", "") in (Part.IN, Part.OUT):
            continue
        said = typed.get(f"d-{key}", "")
        if said == "part":
            chosen |= dict.fromkeys(uuids(typed.getlist(f"of-{key}")), Part.IN)
        elif (part := member(Part, said)) is None:
            left += 1
        elif part is not Part.OUT:
            chosen |= dict.fromkeys(uuids([key]), part)
    if left:
        raise Problem("zone_half_open", field="half", open=left)
    if not chosen:
        raise Problem("zone_place_missing", field="place")
    return LineInput(LineState.PLACED, tuple(chosen.items()), area)


@dataclass(frozen=True, slots=True)
class InForce:
    """Under which document of which authority a notice comes into force, and its ground."""

    authority: str
    number: str
    clause: str


def read_in_force(typed: Mapping[str, Any]) -> InForce:
    """Raises Problem."""
    said = {}
    for name, most in (("authority", AUTHORITY), ("number", NUMBER), ("clause", CLAUSE)):
        said[name] = " ".join(str(typed.get(name, "")).split())
        if not said[name]:
            raise Problem(f"zone_{name}_missing", field=name)
        if len(said[name]) > most:
            raise Problem("zone_words_long", field=name, most=most)
    return InForce(**said)


def uuids(values: list[str]) -> list[UUID]:
    """The ids among some values; others are left out."""
    return [uuid for one in values if (uuid := _uuid(one))]


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
