"""Policy of venues: kinds, how long a visit is presumed to last, and how co-presence is ranked.

A check-in is an instant; how long somebody stayed is presumed from the kind of venue (the protocol's
``stays_minutes``). A check-in alone makes nobody a contact: these are candidates, for a tracer to confirm or
ask. Instants are whole seconds of Unix time here, as they are stored.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

#: A check-in as the storage gives it back by the thousand: (venue, person, at), a plain tuple because naming
#: each would cost as much as reading it.
Seen = tuple[int, int, int]
MINUTE = 60
#: How far a clock may be ahead of ours before a check-in counts as one from the future.
AHEAD = timedelta(minutes=5)


class VenueKind(StrEnum):
    MARKET = "market"
    RESTAURANT = "restaurant"
    SHOP = "shop"
    PETROL = "petrol"
    PHARMACY = "pharmacy"
    HOTEL = "hotel"


class Visit(NamedTuple):
    """A presumed stay of the case: when it began and how many minutes it is taken to last."""

    venue: int
    at: int
    stay: int


class Window(NamedTuple):
    """A venue from one second to another, the end exclusive."""

    venue: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One meeting: ``minutes`` of presumed overlap from ``starts`` on, ``crowd`` people met on that visit.

    ``rank`` is the person's, from 1; somebody met on several visits has one rank and several candidates.
    """

    person: int
    venue: int
    starts: datetime
    minutes: int
    crowd: int
    rank: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of the first ``cap`` persons, and how many persons were cut."""

    candidates: list[Candidate]
    cut: int


def refusal(at: datetime, now: datetime, today: date, day: date, keep_days: int) -> str | None:
    """Why a check-in made at ``at``, civil day ``day``, is not taken: a code of ``words.py``, or None.

    Today and the ``keep_days`` days before it are kept; with 0 the protocol keeps no check-ins at all.
    """
    if keep_days <= 0:
        return "check_ins_off"
    if at > now + AHEAD:
        return "check_in_in_future"
    return "check_in_too_old" if day < first_kept(today, keep_days) else None


def first_kept(today: date, keep_days: int) -> date:
    """The earliest civil day whose check-ins are still kept today."""
    return today - timedelta(days=max(0, keep_days))


def presumed(
    visits: Iterable[tuple[int, int]], kinds: Mapping[int, str], stays: Mapping[str, int]
) -> list[Visit]:
    """The case's (venue, at) with presumed minutes. A kind the protocol does not name presumes no stay."""
    known = ((venue, at, stays.get(kinds.get(venue, ""), 0)) for venue, at in visits)
    return [Visit(venue, at, stay) for venue, at, stay in known if stay > 0]


def window(visit_at: int, stay: int) -> tuple[int, int]:
    """Between which seconds (end exclusive) another stay of that length has to begin to overlap this one."""
    return visit_at - stay * MINUTE + 1, visit_at + stay * MINUTE


def windows(visits: Iterable[Visit]) -> list[Window]:
    """What has to be read for these visits; windows of one venue that touch are one: no row is read twice."""
    merged: list[Window] = []
    for venue, starts, ends in sorted((visit.venue, *window(visit.at, visit.stay)) for visit in visits):
        last = merged[-1] if merged else None
        if last and last.venue == venue and starts <= last.ends:
            merged[-1] = Window(venue, last.starts, max(ends, last.ends))
        else:
            merged.append(Window(venue, starts, ends))
    return merged


def overlap_minutes(one_at: int, one_stay: int, other_at: int, other_stay: int) -> int:
    """Whole minutes for which two presumed stays overlap; 0 when they do not, or for less than a minute."""
    ends = min(one_at + one_stay * MINUTE, other_at + other_stay * MINUTE)
    return max(0, ends - max(one_at, other_at)) // MINUTE


def rank(visits: Sequence[Visit], seen: Iterable[Seen], cap: int) -> Ranked:
    """Who was met: the longest overlap first, then the smallest crowd, then the person's key.

    A person counts by their best meeting. At most ``cap`` persons are kept, each with all their meetings.
    """
    met = _meetings(visits, seen)
    met.sort()
    ranks: dict[int, int] = {}
    for meeting in met:
        ranks.setdefault(meeting[2], len(ranks) + 1)
    kept = [
        Candidate(person, venue, datetime.fromtimestamp(starts, UTC), -minus, crowd, ranks[person])
        for minus, crowd, person, venue, starts in met
        if ranks[person] <= cap
    ]
    kept.sort(key=lambda one: one.rank)
    return Ranked(kept, max(0, len(ranks) - cap))


def _meetings(visits: Sequence[Visit], seen: Iterable[Seen]) -> list[tuple[int, int, int, int, int]]:
    """(-minutes, crowd, person, venue, starts) of each person on each visit: their longest overlap."""
    at_venue: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for venue, person, at in seen:
        at_venue[venue].append((at, person))
    for those in at_venue.values():
        those.sort()
    met: list[tuple[int, int, int, int, int]] = []
    for visit in visits:
        best = _best(visit, at_venue.get(visit.venue, []))
        met += [
            (-minutes, len(best), person, visit.venue, max(at, visit.at))
            for person, (minutes, at) in best.items()
        ]
    return met


def _best(visit: Visit, there: list[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Per person the longest (minutes, at) with a visit, out of (at, person) in order of time."""
    starts, ends = window(visit.at, visit.stay)
    best: dict[int, tuple[int, int]] = {}
    for at, person in there[bisect_left(there, (starts,)) : bisect_left(there, (ends,))]:
        minutes = visit.stay - (abs(at - visit.at) + MINUTE - 1) // MINUTE  # as overlap_minutes says
        if minutes > 0 and (person not in best or minutes > best[person][0]):
            best[person] = (minutes, at)
    return best
