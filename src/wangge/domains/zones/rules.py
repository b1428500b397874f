"""Policy of zones: who is inside, which level holds where two do, and when one is over.

A zone is a set of places that are in it or not. The place that lies closest around a door decides: a compound may be
in, one of its buildings out, and one unit of that building in again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from wangge.domains.protocol.rules_zones import ReleaseCondition, ReleaseWhen


class NoticeState(StrEnum):
    TAKEN = "taken"  # read, its lines are being placed
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"  # a later notice of the same authority took its place


class LineState(StrEnum):
    OPEN = "open"  # nobody has said yet which places it means
    PLACED = "placed"  # a person confirmed its places
    OUTSIDE = "outside"  # it means nothing in this city
    WAITING = "waiting"  # somebody looked and has not found it yet: it stays on the list


class Part(StrEnum):
    IN = "in"
    OUT = "out"
    EDGE = "edge"  # only a part of it: its doors are decided one by one, by name


class ZoneState(StrEnum):
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"  # the next notice of the authority does not name it any more
    RELEASED = "released"
    ENDED = "ended"  # with its Response


#: Which state may follow which; ``docs/states/zone.md``.
STEPS: dict[ZoneState, frozenset[ZoneState]] = {
    ZoneState.IN_FORCE: frozenset({ZoneState.SUPERSEDED, ZoneState.RELEASED, ZoneState.ENDED}),
    ZoneState.SUPERSEDED: frozenset(),
    ZoneState.RELEASED: frozenset(),
    ZoneState.ENDED: frozenset(),
}
#: Lines of which nobody can say yet where they are.
UNPLACED = frozenset({LineState.OPEN, LineState.WAITING})


@dataclass(frozen=True, slots=True)
class Entry:
    """A place, by its path, and whether it is in."""

    path: str
    part: Part


def inside(entries: Iterable[Entry], path: str) -> Part | None:
    """Whether a place is in: what the closest place around it says, or None where none lies around it."""
    around = [one for one in entries if path.startswith(one.path)]
    return max(around, key=lambda one: len(one.path)).part if around else None


@dataclass(frozen=True, slots=True)
class Standing:
    """A zone as others see it: its own key, its level's rank and its places."""

    key: int
    rank: int
    entries: tuple[Entry, ...]


def holding(standings: Iterable[Standing], path: str) -> Standing | None:
    """The zone that holds at a place: the strictest of those it is in."""
    mine = [one for one in standings if inside(one.entries, path) is Part.IN]
    return max(mine, key=lambda one: one.rank, default=None)


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that two zones claim. ``holds`` is the stricter; ``other`` the milder one."""

    path: str
    holds: int
    other: int


def clashes(standings: Sequence[Standing]) -> list[Clash]:
    """Places under two levels at once, for a person to decide; the stricter holds until then.

    The same place named twice contradicts itself; so does a milder zone inside a stricter one that does not leave it
    out. A stricter one inside a milder one is how zones are drawn, and no contradiction.
    """
    found: list[Clash] = []
    for one, two in combinations(standings, 2):
        if one.rank != two.rank:
            strict, mild = (one, two) if one.rank > two.rank else (two, one)
            named = [entry.path for entry in mild.entries if entry.part is Part.IN]
            found += [Clash(path, strict.key, mild.key) for path in named if inside(strict.entries, path) is Part.IN]
    return sorted(found, key=lambda one: (one.path, one.other))


class Stands(StrEnum):
    """How far a condition of release is."""

    MET = "met"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a zone. ``began``: its first day; ``infected``: days of samples of whoever was infected there.

    ``contacts``: for each role the last day on which somebody living there was exposed; ``cleared``: of those exposed
    on that day the day of each one's latest negative sample, None without any. ``people``: who is to be tested;
    ``sampled``: how many gave their latest valid sample on which day, by its result (True: negative).
    """

    began: date
    people: int
    infected: tuple[date, ...] = ()
    contacts: Mapping[str, date] = field(default_factory=dict)
    cleared: Mapping[str, tuple[date | None, ...]] = field(default_factory=dict)
    sampled: Mapping[tuple[date, bool], int] = field(default_factory=dict)

    @property
    def last(self) -> date:
        """The day from which days without an infection are counted: the last infection, or the zone's first day."""
        return max((self.began, *self.infected))


@dataclass(frozen=True, slots=True)
class Finding:
    """A condition, how it stands and by what. ``since``: the day it is counted from; ``earliest``: the first day on
    which it can be met (None: no day can be named). ``done`` of ``of``: days, contacts or people; ``against``: people
    whose sample in the round was positive."""

    condition: ReleaseCondition
    stands: Stands
    since: date
    done: int
    of: int
    earliest: date | None = None
    against: int = 0


def findings(conditions: Iterable[ReleaseCondition], known: Evidence, today: date) -> list[Finding]:
    """Every condition with its state on a day. All have to be met: nothing stands for another."""
    judge = {
        ReleaseWhen.NO_NEW_INFECTION: _no_new,
        ReleaseWhen.LAST_CONTACT_NEGATIVE: _contact,
        ReleaseWhen.FULL_ROUND_NEGATIVE: _round,
    }
    return [judge[one.when](one, known, today) for one in conditions]


def may_release(found: Iterable[Finding]) -> bool:
    """Whether a person may confirm that it is over."""
    return all(one.stands is Stands.MET for one in found)


def _stands(met: bool) -> Stands:
    return Stands.MET if met else Stands.OPEN


def _no_new(one: ReleaseCondition, known: Evidence, today: date) -> Finding:
    """Whole days after the last infection: on the 14th day after it, 14 days have passed."""
    passed = max(0, (today - known.last).days)
    return Finding(
        one, _stands(passed >= one.days), known.last, min(passed, one.days), one.days,
        known.last + timedelta(days=one.days),
    )  # fmt: skip


def _contact(one: ReleaseCondition, known: Evidence, today: date) -> Finding:
    """Whoever was exposed last has a negative sample of the day on which the time was over, or of a later one."""
    if (last := known.contacts.get(one.role)) is None:
        return Finding(one, Stands.MET, known.began, 0, 0)
    from_day = last + timedelta(days=one.days)
    samples = known.cleared.get(one.role, ())
    done = sum(day is not None and day >= from_day for day in samples)
    return Finding(one, _stands(done == len(samples) and today >= from_day), last, done, len(samples), from_day)


def _round(one: ReleaseCondition, known: Evidence, today: date) -> Finding:
    """Everybody's latest sample is of the days of the round, and negative."""
    first = today - timedelta(days=one.days) if one.days else known.last + timedelta(days=one.from_day)
    mine = {key: count for key, count in known.sampled.items() if first <= key[0] <= today}
    done = sum(count for (_day, negative), count in mine.items() if negative)
    against = sum(count for (_day, negative), count in mine.items() if not negative)
    met = done >= known.people and not against
    return Finding(one, _stands(met), first, done, known.people, max(first, today), against)
