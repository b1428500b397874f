"""Policy of venues: kinds, how long a visit is presumed to last, and how co-presence is ranked.

A check-in is an instant; how long somebody stayed is presumed from the kind of venue (the protocol's
``stays_minutes``). A check-in alone makes nobody a contact: these are candidates, for a tracer to confirm or
ask. Instants are whole seconds of Unix time here, as they are stored.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

#: A check-in as the storage gives it back by the thousand: (venue, at, person). A plain tuple, because naming
#: each would cost as much as reading it, in the order in which it has to be sorted.
Seen = tuple[int, int, int]
MINUTE = 60
#: For how many minutes a screen's picture opens the page, and how long that page may be sent.
FRESH, LASTS = 5, 10
#: How far a clock may be ahead of ours before a check-in counts as one from the future.
AHEAD = timedelta(minutes=5)


class VenueKind(StrEnum):
    MARKET = "market"
    RESTAURANT = "restaurant"
    SHOP = "shop"
    PETROL = "petrol"
    PHARMACY = "pharmacy"
    HOTEL = "hotel"


class Why(StrEnum):
    """Why a venue gets a new poster."""

    FIRST = "first"
    WORN = "worn"  # torn, faded or lost: the old one is taken a while longer
    COPIED = "copied"  # pictures of it go round: the old one is taken no more


#: How long an old poster is taken after one that replaces it.
OLD = timedelta(days=3)
#: From one venue to another in another district in less than this many seconds nobody gets.
TOO_SOON = 600
#: So many, and such a part of a venue's check-ins, are no chance and no border between two districts.
LEAST_HOPS, LEAST_PART = 5, 0.2


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


class Taken(NamedTuple):
    """Whether a picture is good at this moment: the code of a refusal, or of what has to be said beside, or neither."""

    refused: str = ""
    note: str = ""


def picture_taken(*, version: int, of: int, old_until: datetime | None, at: datetime) -> Taken:
    """What becomes of a check-in from a paper poster of version ``of``, where ``version`` hangs now (0: none ever did).

    The one before is taken for a while, because the shop may not have hung the new one yet, and says so. A number of
    ours above ``version`` was given out after the backup that this installation was restored from.
    """
    if version == 0:
        return Taken("venue_without_poster")
    if of >= version:
        return Taken()
    if of == version - 1 and old_until and at < old_until:
        return Taken(note="replaced")
    return Taken("check_in_poster_replaced")


def minute_taken(*, version: int, shown: int, minute: int, page: bool) -> Taken:
    """The same from a screen that showed this at minute ``shown``; a page that was opened in time may be sent later."""
    if version == 0:
        return Taken("venue_without_poster")
    age = minute - shown
    return Taken() if 0 <= age <= (FRESH if page else LASTS) else Taken("check_in_code_stale")


def suspects(
    hops: Iterable[tuple[int, int, int]], district: Mapping[int, str], visits: Mapping[int, int]
) -> dict[int, int]:
    """Venues whose poster is probably scanned elsewhere, with the number of impossible steps: (venue, next, how often).

    Both ends of a step count it. Where a picture of a poster goes round, such steps are a large part of its check-ins;
    where people really are, a small one. It is a reason to look at the poster, and nothing about anybody who scanned.
    """
    found: dict[int, int] = {}
    for one, other, many in hops:
        if district.get(one) != district.get(other):
            for venue in (one, other):
                found[venue] = found.get(venue, 0) + many
    return {
        venue: many for venue, many in found.items()
        if many >= LEAST_HOPS and many >= LEAST_PART * visits.get(venue, 0)
    }  # fmt: skip


class Kept(NamedTuple):
    """An open order that names check-in: the path of its area, the protocol's days, and whether it is no drill."""

    path: str
    days: int
    real: bool


def order_of(path: str, orders: Iterable[Kept]) -> Kept | None:
    """Under which order a venue at this path takes check-ins, and for how long they stay: a real one before a drill,
    then whichever keeps longest, then the widest. None where none is around it: not even today's are kept.

    Who gives the receipt and who deletes both ask here: what is said is what is done.
    """
    around = (order for order in orders if path.startswith(order.path))
    return max(around, key=lambda order: (order.real, order.days, -len(order.path)), default=None)


def first_kept(today: date, keep_days: int) -> date:
    """The earliest civil day whose check-ins are still kept today."""
    return today - timedelta(days=max(0, keep_days))


def presumed(visits: Iterable[tuple[int, int]], kinds: Mapping[int, str], stays: Mapping[str, int]) -> list[Visit]:
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


@dataclass(frozen=True, slots=True)
class _There:
    """A visit of the case and who else checked in while it lasted: two columns in order of time."""

    visit: Visit
    ats: list[int]
    people: list[int]

    def for_at_least(self, minutes: int) -> slice:
        """The part that overlaps the visit by so many minutes: near enough to its instant, before or after."""
        reach = (self.visit.stay - minutes) * MINUTE
        if reach < 0:
            return slice(0, 0)
        return slice(bisect_left(self.ats, self.visit.at - reach), bisect_right(self.ats, self.visit.at + reach))

    def meetings(self, part: slice, wanted: Container[int]) -> Iterator[tuple[int, int, int, int]]:
        """(-minutes, person, venue, starts) of those wanted: of each their longest overlap."""
        best: dict[int, tuple[int, int]] = {}
        venue, visit_at, stay = self.visit
        for at, person in zip(self.ats[part], self.people[part], strict=True):
            if person in wanted:
                minutes = overlap_minutes(visit_at, stay, at, stay)
                best[person] = min(best.get(person, (0, 0)), (-minutes, max(at, visit_at)))
        return ((minus, person, venue, starts) for person, (minus, starts) in best.items())


def rank(visits: Sequence[Visit], seen: Iterable[Seen], *, case: int, cap: int) -> Ranked:
    """Who was met: the longest overlap first, then the smallest crowd, then the person's key.

    A person counts by their best meeting. At most ``cap`` persons are kept, each with all their meetings. A list of
    many thousands is cut to a little over ``cap`` before anything is made of its rows.
    """
    places = _there(visits, seen, case)
    everybody = _union(places, 1)
    enough = _reached_by(places, min(cap, len(everybody)))
    ranks: dict[int, int] = {}
    for one in sorted(_met(places, enough, _union(places, enough))):
        ranks.setdefault(one[2], len(ranks) + 1)
    kept = {person: number for person, number in ranks.items() if number <= cap}
    found = [
        Candidate(person, venue, datetime.fromtimestamp(starts, UTC), -minus, crowd, kept[person])
        for minus, crowd, person, venue, starts in sorted(_met(places, 1, kept))
    ]
    found.sort(key=lambda one: one.rank)
    return Ranked(found, len(everybody) - len(kept))


def _there(visits: Sequence[Visit], seen: Iterable[Seen], case: int) -> list[_There]:
    rows = sorted(seen)
    places: list[_There] = []
    for visit in visits:
        starts, ends = window(visit.at, visit.stay)
        first, last = bisect_left(rows, (visit.venue, starts)), bisect_left(rows, (visit.venue, ends))
        those = [row for row in rows[first:last] if row[2] != case]
        places.append(_There(visit, [row[1] for row in those], [row[2] for row in those]))
    return places


def _union(places: Sequence[_There], minutes: int) -> set[int]:
    """Everybody met for at least so many minutes on one visit."""
    return set().union(*(there.people[there.for_at_least(minutes)] for there in places))


def _reached_by(places: Sequence[_There], persons: int) -> int:
    """The longest overlap, in minutes, that so many persons reach; at least 1."""
    low, high = 1, max((there.visit.stay for there in places), default=1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(_union(places, middle)) >= persons else (low, middle - 1)
    return low


def _met(places: Sequence[_There], minutes: int, wanted: Container[int]) -> Iterator[tuple[int, int, int, int, int]]:
    """(-minutes, crowd, person, venue, starts) of each meeting with those wanted, of at least so many minutes."""
    for there in places:
        crowd = len(set(there.people[there.for_at_least(1)]))
        for minus, person, venue, starts in there.meetings(there.for_at_least(minutes), wanted):
            yield minus, crowd, person, venue, starts
