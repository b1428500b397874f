"""What a newer edition of the divisions changes: pure comparison of what is known with what was published.

Statistical codes hold their parents': 6 digits county (GB/T 2260), 3 township, 3 community (国统字〔2009〕91号). A
division that changes its township, or a village that becomes a community, gets another code; it is still the same
place with the same people in it, so one that vanished and one that is new are paired where only one pair fits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wangge.domains.places.rules import Kind, is_statistical
from wangge.domains.places.spelling import written

LEVELS = (Kind.DISTRICT, Kind.TOWNSHIP, Kind.COMMUNITY)
DIGITS = {Kind.CITY: 4, Kind.DISTRICT: 6, Kind.TOWNSHIP: 9, Kind.COMMUNITY: 12}
#: More than so many closings, and more than this share, are asked about: half a file looks like this too.
MANY, SHARE = 20, 0.1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: a community with what it lies in."""

    line: int
    code: str
    county_code: str
    county: str
    town_code: str
    town: str
    village: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that was not taken. ``code`` is its 12-digit code where it could be read, ``reason`` is in words.py."""

    line: int
    code: str
    reason: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: ``city`` is the first four digits of its codes."""

    city: str
    rows: tuple[Row, ...]
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Division:
    """A division as published."""

    code: str
    name: str
    kind: Kind
    parent: str  # 12 digits

    @property
    def order(self) -> int:
        """Its own digits: siblings are walked in the order of their codes."""
        end = DIGITS[self.kind]
        return int(self.code[end - (2 if self.kind is Kind.DISTRICT else 3) : end])


@dataclass(frozen=True, slots=True)
class Known:
    """A place as it stands; ``parent`` is the code of what it lies in."""

    key: int
    code: str
    name: str
    kind: Kind
    parent: str
    closed: bool = False


@dataclass(slots=True)
class Plan:
    """What to do. Pairs are (as it stands, as published); a pair can be in several lists."""

    added: list[Division] = field(default_factory=list)
    recoded: list[tuple[Known, Division]] = field(default_factory=list)
    renamed: list[tuple[Known, Division]] = field(default_factory=list)
    moved: list[tuple[Known, Division]] = field(default_factory=list)
    reopened: list[tuple[Known, Division]] = field(default_factory=list)
    closed: list[Known] = field(default_factory=list)
    held_back: list[Known] = field(default_factory=list)
    unchanged: int = 0

    def too_many_closings(self, known: int) -> bool:
        return len(self.closed) > max(MANY, SHARE * known)


def published(rows: Iterable[Row]) -> dict[str, Division]:
    """All divisions of some rows by their 12-digit code, parents before children."""
    found: dict[Kind, dict[str, Division]] = {kind: {} for kind in LEVELS}
    for row in rows:
        county, town = row.county_code + "000000", row.town_code + "000"
        city = row.code[:4] + "00000000"
        found[Kind.DISTRICT][county] = Division(county, row.county, Kind.DISTRICT, city)
        found[Kind.TOWNSHIP][town] = Division(town, row.town, Kind.TOWNSHIP, county)
        found[Kind.COMMUNITY][row.code] = Division(row.code, row.village, Kind.COMMUNITY, town)
    return {code: found[kind][code] for kind in LEVELS for code in sorted(found[kind])}


def compare(known: Sequence[Known], rows: Iterable[Row], refused: Sequence[Refusal]) -> Plan:
    """What changes. Places with local codes are not in ``known``'s comparison: they are left alone.

    A refused line is no proof that its place is gone: it is held back, with what it lies in; where a line's code
    could not be read, nothing is closed at all.
    """
    now = published(rows)
    old = {one.code: one for one in known if is_statistical(one.code) and one.kind in LEVELS}
    same = {code: code for code in old if code in now}
    plan = Plan()
    for kind in LEVELS:
        for before, after in _pairs(kind, old, now, same):
            plan.recoded.append((before, after))
            same[before.code] = after.code
    kept = set(same.values())
    plan.added = [division for code, division in now.items() if code not in kept]
    for before, after in ((old[code], now[target]) for code, target in same.items()):
        _change(plan, before, after, same)
    held = {refusal.code[:end].ljust(12, "0") for refusal in refused for end in DIGITS.values()}
    blind = any(not refusal.code for refusal in refused)
    for one in old.values():
        if one.code not in same and not one.closed:
            (plan.held_back if blind or one.code in held else plan.closed).append(one)
    return plan


def _change(plan: Plan, before: Known, after: Division, same: Mapping[str, str]) -> None:
    # Whoever put a published community into a local township meant it: only published parents are corrected.
    moved = is_statistical(before.parent) and same.get(before.parent, before.parent) != after.parent
    renamed = before.name != after.name
    if moved:
        plan.moved.append((before, after))
    if renamed:
        plan.renamed.append((before, after))
    if before.closed:
        plan.reopened.append((before, after))
    plan.unchanged += not (moved or renamed or before.closed or before.code != after.code)


def _pairs(
    kind: Kind, old: Mapping[str, Known], now: Mapping[str, Division], same: Mapping[str, str]
) -> list[tuple[Known, Division]]:
    """Vanished and new divisions that are the same place: alone with their name in their parent, then county."""
    kept = set(same.values())
    gone = [one for one in old.values() if one.kind is kind and one.code not in same and not one.closed]
    new = [one for one in now.values() if one.kind is kind and one.code not in kept]
    parents: list[tuple[Callable[[Known], str], Callable[[Division], str]]] = [
        (lambda one: same.get(one.parent, one.parent), lambda one: one.parent),
        (lambda one: _county(one.code, same), lambda one: one.code[:6]),
    ]
    found: list[tuple[Known, Division]] = []
    for around_old, around_new in parents:
        groups: dict[tuple[str, str], tuple[list[Known], list[Division]]] = defaultdict(lambda: ([], []))
        for before in gone:
            groups[around_old(before), written(before.name, kind).bare][0].append(before)
        for after in new:
            groups[around_new(after), written(after.name, kind).bare][1].append(after)
        found += [(olds[0], news[0]) for olds, news in groups.values() if len(olds) == len(news) == 1]
        paired = {one.code for pair in found for one in pair}
        gone = [one for one in gone if one.code not in paired]
        new = [one for one in new if one.code not in paired]
    return found


def _county(code: str, same: Mapping[str, str]) -> str:
    county = code[:6].ljust(12, "0")
    return same.get(county, county)[:6]
