"""From lists as they were published to intervals: which area stood at which level, from when to when.

A *run* says of one area that it stood at one level in every list from the first to the last of the run. Runs hold all
that the lists said, and nothing of the order in which they came in. A *span* is what holds: the feed flaps (areas are
left out and listed again hours later), so what is listed again within ``FLAP`` was listed all the time.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from heapq import nsmallest
from itertools import pairwise, zip_longest

FLAP = timedelta(hours=24)


class Level(StrEnum):
    """As protocols name their areas."""

    HIGH = "high"
    MID = "mid"
    LOW = "low"


_STRENGTH = (Level.LOW, Level.MID, Level.HIGH)


class Unit(StrEnum):
    """How large a listed area is, the largest first."""

    DISTRICT = "district"
    TOWNSHIP = "township"
    COMMUNITY = "community"
    COMPOUND = "compound"
    BUILDING = "building"
    UNIT = "unit"
    DOOR = "door"
    SITE = "site"  # a firm, a market, a building site, an area drawn by its streets


@dataclass(frozen=True, slots=True)
class Run:
    """An area stood at ``level`` in every list from ``first`` to ``last``, both included."""

    level: Level
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """A level held from ``starts`` until before ``ends``; None: it holds still."""

    level: Level
    starts: datetime
    ends: datetime | None


def strongest(levels: Iterable[Level | None]) -> Level | None:
    """The strictest of several levels; None where there is none."""
    return max((one for one in levels if one), key=_STRENGTH.index, default=None)


def insert(
    runs: Sequence[Run], *, level: Level | None, at: datetime, before: datetime | None, after: datetime | None,
    again: bool,
) -> list[Run]:  # fmt: skip
    """One area's runs once a list of ``at`` is known, in which the area stands at ``level`` (None: not at all).

    ``before`` and ``after`` are the times of the lists next to it, however late this one came in. ``again``: a list of
    the same time is known already (the feed corrects itself within the hour); then the stricter of the two counts.
    """
    around = next((run for run in runs if run.first <= at <= run.last), None)
    rest = [run for run in runs if run is not around]
    if around:
        level = strongest((level, around.level)) if again else level
        rest += [replace(around, last=before)] if before and around.first < at else []
        rest += [replace(around, first=after)] if after and around.last > at else []
    if level is None:
        return sorted(rest, key=_first)
    left = next((run for run in rest if run.last == before and run.level is level), None)
    right = next((run for run in rest if run.first == after and run.level is level), None)
    joined = Run(level, left.first if left else at, right.last if right else at)
    return sorted([*(run for run in rest if run is not left and run is not right), joined], key=_first)


def _first(run: Run) -> datetime:
    return run.first


def spans(runs: Sequence[Run], times: Sequence[datetime]) -> list[Span]:
    """What held, from an area's runs and the times of all lists, both in order.

    A run ends with the first list that lacks it. Left out of the lists for no longer than FLAP, the last level goes
    on; of two levels that hold at once, the stricter one holds.
    """
    raw = [Span(run.level, run.first, _next(times, run.last)) for run in runs]
    for at, (one, following) in enumerate(pairwise(raw)):
        if one.ends and following.starts - one.ends <= FLAP:
            raw[at] = replace(one, ends=following.starts)
    held = [span for level in Level for span in _joined([one for one in raw if one.level is level], FLAP)]
    return _joined(list(_highest(held)), timedelta())


def _next(times: Sequence[datetime], at: datetime) -> datetime | None:
    place = bisect_right(times, at)
    return times[place] if place < len(times) else None


def _joined(found: Sequence[Span], gap: timedelta) -> list[Span]:
    """Neighbours of one level that lie no further apart than ``gap``, as one."""
    joined: list[Span] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and last.level is one.level and last.ends and one.starts - last.ends <= gap:
            joined[-1] = replace(last, ends=one.ends)
        else:
            joined.append(one)
    return joined


def _highest(held: Sequence[Span]) -> Iterator[Span]:
    """The stricter level wherever several hold, in pieces from one change to the next."""
    changes = sorted({at for span in held for at in (span.starts, span.ends) if at})
    for at, until in zip_longest(changes, changes[1:]):
        if level := strongest(span.level for span in held if holds(span, at)):
            yield Span(level, at, until)


def holds(span: Span, at: datetime) -> bool:
    """Whether a span holds at an instant."""
    return span.starts <= at and (span.ends is None or at < span.ends)


def level_between(found: Iterable[Span], start: datetime, end: datetime) -> Level | None:
    """The strictest level that held at some instant from ``start`` until before ``end``."""
    return level_until(found, start, end)[0]


def level_until(found: Iterable[Span], start: datetime, end: datetime) -> tuple[Level | None, datetime]:
    """The same, and until when in between it held; no level holds to the end."""
    held = [one for one in found if one.starts < end and (one.ends is None or one.ends > start)]
    level = strongest(one.level for one in held)
    return level, max((min(one.ends or end, end) for one in held if one.level is level), default=end)


def in_risk_area(level: Level | None, *, unknown: bool) -> str:
    """The answer to "in or through a high or middle risk area?"; '' where days of no known list may say otherwise."""
    return "yes" if level in (Level.HIGH, Level.MID) else "" if unknown else "no"


_NOTE = re.compile(r"[（(][^（()）]*[）)]")
_ENDINGS = (
    (Unit.DOOR, r"\d+(室|户|号房)$"),
    (Unit.UNIT, r"单元$"),
    (Unit.BUILDING, r"(\d|[A-Za-z一二三四五六七八九十东西南北])(号?楼|栋|幢|座)$"),
    (Unit.DISTRICT, r"^(全域|全区|全市|全县|全境)$|[市区县旗](全域|全境)$"),
    (Unit.TOWNSHIP, r"(街道|街道办事处|镇|乡|苏木)(全域|全境)?$"),
    (Unit.COMMUNITY, r"(社区|村|居委会|村委会|嘎查|屯|[村社]\S{0,3}组)$"),
    (Unit.COMPOUND, r"(小区|街坊|花园|家园|公寓|宿舍|家属院|苑|庭|湾|府|城|里|院|期|[A-Za-z一二三四五东西南北]区)$"),
)
_UNITS = tuple((unit, re.compile(pattern)) for unit, pattern in _ENDINGS)


def unit_of(name: str) -> Unit:
    """How large an area is, by how its name ends: 茨榆坨街道 a township, 幸福家园8号楼 a building."""
    plain = _NOTE.sub("", name).strip()
    return next((unit for unit, ending in _UNITS if ending.search(plain)), Unit.SITE)


def pairs(text: str) -> frozenset[str]:
    """Every pair of neighbouring characters, once."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def closest(said: Iterable[str], names: Sequence[tuple[int, str]], most: int) -> list[int]:
    """The keys of the names that hold most of these pairs, then those of the others; alike ones by their keys.

    Tens of thousands of names are held against one text: pair by pair is four times as fast as name by name.
    """
    scores = Counter(key for pair in said for key, name in names if pair in name)
    best = nsmallest(most, scores, key=lambda key: (-scores[key], key))
    return best + nsmallest(most - len(best), (key for key, _name in names if key not in scores))


_ENDS_OF_NAMES = re.compile(
    r"(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|街道办事处|街道|地区|[省市区县镇乡村])"
)


@lru_cache(maxsize=8192)  # a few hundred districts, asked about with every search
def shortened(text: str) -> str:
    """Without the words that people leave out: 北京市朝阳区酒仙桥街道 is 北京朝阳酒仙桥."""
    return _ENDS_OF_NAMES.sub("", text) or text
