"""Policy of asking: states of a subject and of an answer, which answer counts, what contradicts, what fits a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median
from uuid import UUID


class AskState(StrEnum):
    PROPOSED = "proposed"  # collects what somebody collects already: waits for the superior who was named
    OPEN = "open"
    CLOSED = "closed"
    DECLINED = "declined"


class SubjectKind(StrEnum):
    """Whom an ask lists: doors, or the people behind them."""

    HOUSEHOLD = "household"
    PERSON = "person"


class SubjectState(StrEnum):
    """Where one line of the frozen list stands. Each is a column of the tally; together they are what was expected."""

    KNOWN = "known"  # counted at the moment of asking
    DONE = "done"
    REFUSED = "refused"
    ABSENT = "absent"
    UNREACHABLE = "unreachable"
    MOVED = "moved"  # moved away, died, or nobody lives there
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Target:
    """Whom an ask lists: all, narrowed by what is known. Every condition that is set has to hold.

    ``question`` and ``value``: whoever answered this (of several choices: among others). For households a condition
    holds where it holds of somebody behind the door.
    """

    age_from: int | None = None
    age_to: int | None = None
    lives_alone: bool = False
    question: str = ""
    value: str = ""


EVERYBODY = Target()
COLUMNS = tuple(state.value for state in SubjectState)
#: Answered: nothing that happens at the door later takes it back.
ANSWERED = frozenset({SubjectState.KNOWN, SubjectState.DONE})
#: Column of work's tally to column of an ask: a try without an answer.
TRIED = {
    "refused": SubjectState.REFUSED,
    "absent": SubjectState.ABSENT,
    "unreachable": SubjectState.UNREACHABLE,
    "elsewhere": SubjectState.MOVED,
    "died": SubjectState.MOVED,
    "not_yet": SubjectState.NOT_YET,
}


class AnswerState(StrEnum):
    CURRENT = "current"  # the one that counts; at most one per question and subject
    SUPERSEDED = "superseded"
    DISPUTED = "disputed"  # says something else than the current one, from another kind of source: a person settles it


class Source(StrEnum):
    VISIT = "visit"
    PHONE = "phone"
    SELF = "self"
    OPENROSA = "openrosa"
    LIST = "list"
    IMPORT = "import"
    CHAT = "chat"  # written in the group chat by those it is about, and confirmed by a worker


class Empty(StrEnum):
    """Why an answer holds nothing. The question is answered all the same: nobody is asked again."""

    LEFT_BLANK = "left_blank"
    NOT_RELEVANT = "not_relevant"


#: Said by the people it is about, or seen at their door. The others repeat what somebody wrote down elsewhere.
FIRST_HAND = frozenset({Source.VISIT, Source.PHONE, Source.SELF, Source.OPENROSA, Source.CHAT})


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as far as the rule looks at it."""

    value: str
    at: datetime
    source: Source
    fresh: bool = True


class Place(StrEnum):
    """What becomes of a new answer beside the one that counts."""

    COUNTS = "counts"  # it supersedes the other
    EARLIER = "earlier"  # it was given before the other: kept, does not count
    COUNTS_OTHER_DISPUTED = "counts_other_disputed"
    DISPUTED = "disputed"


def place_of(new: Said, current: Said | None) -> Place:
    """Which of two answers counts: the later one; of a contradiction what the people said themselves, until settled.

    Two answers contradict each other when one is first-hand and one is not, both are fresh and they differ.
    """
    if current is None:
        return Place.COUNTS
    mine, theirs = new.source in FIRST_HAND, current.source in FIRST_HAND
    if mine != theirs and new.fresh and current.fresh and new.value != current.value:
        return Place.COUNTS_OTHER_DISPUTED if mine else Place.DISPUTED
    return Place.EARLIER if new.at < current.at else Place.COUNTS


#: Fewer workers than this, and no figure about their work exists anywhere.
FEWEST_WORKERS = 5
#: Minutes until something is learned: a call; a door of a flat, a yard, a dormitory room. Our own setting.
MINUTES = {"phone": 2.0, "household": 4.0, "yard": 6.0, "room": 3.0}
#: What a post can do at doors in one day: seven hours less walking in and writing up. Our own setting.
DAY_MINUTES = 360


def fits(minutes: Sequence[float], days: Sequence[int], have: float = DAY_MINUTES) -> list[bool]:
    """Which doors can be reached by their day. In the order they are due; ``days`` until then, today being 1."""
    spent, found = 0.0, []
    for one, left in zip(minutes, days, strict=True):
        found.append(spent + one <= have * left)
        spent += one if found[-1] else 0
    return found


def must_today(minutes: Sequence[float], days: Sequence[int], have: float = DAY_MINUTES) -> float:
    """Minutes that have to be spent today so that every door is reached by its day."""
    spent, need = 0.0, 0.0
    for one, left in zip(minutes, days, strict=True):
        spent += one
        need = max(need, spent - have * (left - 1))
    return need


def fresh_until(at: datetime, fresh_for: timedelta | None) -> datetime | None:
    """Until when an answer counts as known; None: until a later one."""
    return at + fresh_for if fresh_for is not None else None


#: The longest an ask may run beyond its deadline, and an ask with a superior's confirmation at all. Our own setting.
LONGEST = timedelta(days=90)


def wrong_times(now: datetime, deadline: datetime, ends_at: datetime) -> str:
    """The code of what is wrong with an ask's deadline and end; '' where they are possible."""
    if deadline <= now:
        return "deadline_passed"
    if ends_at < deadline:
        return "ends_before_deadline"
    return "ends_too_late" if ends_at > now + LONGEST else ""


#: Between two tries there was a pause, and not one long visit.
LONGEST_VISIT = timedelta(minutes=45)


def learned(tries: Iterable[tuple[UUID, str, datetime]], fewest: int) -> dict[str, tuple[float, int, int]]:
    """Minutes a try takes by its kind, with how many tries and workers stand behind it: the median time since the
    same worker's try before. Kinds with fewer workers are left out: no figure says anything about one of them."""
    minutes: dict[str, list[float]] = {}
    workers: dict[str, set[UUID]] = {}
    before: tuple[UUID, datetime] | None = None
    for who, kind, at in tries:
        if before and before[0] == who and timedelta(0) < at - before[1] <= LONGEST_VISIT:
            minutes.setdefault(kind, []).append((at - before[1]).total_seconds() / 60)
            workers.setdefault(kind, set()).add(who)
        before = who, at
    return {
        kind: (round(median(some), 1), len(some), len(workers[kind]))
        for kind, some in minutes.items()
        if len(workers[kind]) >= fewest
    }


class Part(StrEnum):
    """Parts of the day, by the civil hour at which each ends."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


def part_of(hour: int) -> Part:
    """The part of the day of a civil hour."""
    return Part.MORNING if hour < 12 else Part.AFTERNOON if hour < 18 else Part.EVENING


@dataclass(frozen=True, slots=True)
class Try:
    """A try that did not reach anybody: by phone or at the door, and at which civil hour."""

    phone: bool
    hour: int


@dataclass(frozen=True, slots=True)
class NextTry:
    """How to try next, and in which part of the day; None: whenever."""

    phone: bool
    part: Part | None


def next_try(tries: Sequence[Try], *, number_known: bool, best: Part | None = None) -> NextTry:
    """Phone first where a number is known; the door once the phone has failed. Another part of the day than those
    tried; the hour that somebody knows to be best for this door first, until it has failed too."""
    phone = number_known and not any(one.phone for one in tries)
    tried = [part_of(one.hour) for one in tries if one.phone == phone]
    if best and best not in tried:
        return NextTry(phone, best)
    if not tried:
        return NextTry(phone, None)
    fewest = min(Part, key=lambda part: (tried.count(part), part == tried[-1], list(Part).index(part)))
    return NextTry(phone, fewest)
