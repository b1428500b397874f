"""What comes in: a list of risk areas as the national service publishes it (JSON); a stay as somebody tells it.

The only parser for either.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.problems import Problem
from wangge.domains.risk.rules import Level, strongest
from wangge.domains.risk.stays import Stay

MOST_BYTES = 16 << 20  # the longest list of 2022 had some 30,000 areas: about 4 MB
MOST_AREAS = 200_000
LISTS = ((Level.HIGH, "highlist", "hcount"), (Level.MID, "middlelist", "mcount"), (Level.LOW, "lowlist", "lcount"))
LONGEST = {"province": 40, "city": 40, "county": 60, "name": 400}
_TIME = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?\s*(\d{1,2})(?:时|点|:(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Named:
    """An area as a list names it: around it province, city and district."""

    province: str
    city: str
    county: str
    name: str

    @property
    def key(self) -> str:
        """The same for every way to write the same names: full width, spaces."""
        text = "|".join("".join(part.split()) for part in (self.province, self.city, self.county, self.name))
        return hashlib.sha256(unicodedata.normalize("NFKC", text).casefold().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Published:
    """A list: when it was published, and the level of every area it names, by key."""

    at: datetime
    levels: Mapping[str, Level]
    areas: Mapping[str, Named]

    @property
    def digest(self) -> str:
        """Of what the list says, whatever its order and spacing."""
        said = [self.at.isoformat(), *sorted(f"{key} {level}" for key, level in self.levels.items())]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def count(self, level: Level) -> int:
        return sum(one is level for one in self.levels.values())


def read_list(content: bytes) -> Published:
    """The list in a file. Raises Problem: nothing of a list that is not whole is taken."""
    if len(content) > MOST_BYTES:
        raise Problem("risk_list_too_big", field="file", most=MOST_BYTES >> 20)
    data = _data(content)
    at = _time(data.get("end_update_time"))
    levels: dict[str, Level] = {}
    areas: dict[str, Named] = {}
    for level, name, count in LISTS:
        found = list(_named(data, name))
        said = data.get(count, len(found) if level is Level.LOW else None)
        if said != len(found) or isinstance(said, bool):
            raise Problem("risk_list_cut", field="file", list=name, said=str(said)[:20], found=len(found))
        for one in found:
            areas.setdefault(one.key, one)
            levels[one.key] = strongest((levels.get(one.key), level)) or level
    if len(areas) > MOST_AREAS:
        raise Problem("risk_list_too_big", field="file", most=MOST_BYTES >> 20)
    return Published(at, levels, areas)


def _data(content: bytes) -> Mapping[str, Any]:
    try:
        whole = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError too
        raise Problem("risk_list_unreadable", field="file") from error
    data = whole.get("data") if isinstance(whole, dict) else None
    if not isinstance(data, dict) or whole.get("code", 0) not in (0, "0"):
        raise Problem("risk_list_form", field="file")
    if missing := [name for name in ("end_update_time", "highlist", "middlelist") if name not in data]:
        raise Problem("risk_list_lacks", field="file", missing=", ".join(missing))
    return data


def _time(said: object) -> datetime:
    """'2022-04-15 11时', Beijing time. Raises Problem; also for a time that has not come yet."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", said).strip()) if isinstance(said, str) else None
    try:
        year, month, day, hour, minute = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0, 0)
        at = datetime(year, month, day, tzinfo=clock.LOCAL) + timedelta(hours=hour, minutes=minute)  # 24时 is next day
    except (ValueError, OverflowError) as error:
        raise Problem("risk_list_time", field="file", said=str(said)[:40]) from error
    if hour > 24 or minute > 59:
        raise Problem("risk_list_time", field="file", said=str(said)[:40])
    if at > clock.now() + timedelta(hours=1):  # stamped by the hour, and rounded up at times
        raise Problem("risk_list_future", field="file", said=str(said)[:40])
    return at.astimezone(UTC)


def _named(data: Mapping[str, Any], name: str) -> Iterator[Named]:
    rows = data.get(name, [])
    if not isinstance(rows, list):
        raise Problem("risk_list_form", field="file")
    for at, row in enumerate(rows, 1):
        inside = row.get("communitys") if isinstance(row, dict) else None
        if not isinstance(inside, list):
            raise Problem("risk_list_entry", field="file", list=name, row=at)
        for one in inside:
            parts = {"province": row.get("province"), "city": row.get("city"), "county": row.get("county"), "name": one}
            yield Named(**{part: _part(part, text, name, at) for part, text in parts.items()})


def _part(part: str, text: object, name: str, at: int) -> str:
    said = " ".join(text.replace("\0", "").split()) if isinstance(text, str) else ""
    if text is not None and not isinstance(text, str):
        raise Problem("risk_list_entry", field="file", list=name, row=at)
    needed = part in ("province", "name")  # some cities have no districts
    if (needed and not said) or len(said) > LONGEST[part]:
        raise Problem("risk_list_entry", field="file", list=name, row=at)
    return said


LONGEST_STAY = timedelta(days=366)


def read_stay(area: UUID, first: str, left: str) -> Stay:
    """A stay by its first day and the day of leaving. Who knows only the latter was there as long as is looked at.

    Raises Problem.
    """
    if not left.strip():
        raise Problem("risk_stay_left", field="left")
    try:
        until = date.fromisoformat(left.strip())
        since = date.fromisoformat(first.strip()) if first.strip() else until - LONGEST_STAY
    except (ValueError, OverflowError) as error:
        raise Problem("risk_days", field="first") from error
    if not timedelta() <= until - since <= 10 * LONGEST_STAY:
        raise Problem("risk_days", field="first")
    if until > clock.today():
        raise Problem("risk_stay_ahead", field="left")
    return Stay(area, since, until)
