"""Policy of work at doors: outcomes, what each does next, which count each falls in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Channel(StrEnum):
    DOOR = "door"
    PHONE = "phone"
    PAPER = "paper"


class Outcome(StrEnum):
    """What came of a try. NOT_YET is the state before the first one."""

    NOT_YET = "not_yet"
    DONE = "done"
    REFUSED = "refused"
    ABSENT = "absent"
    UNREACHABLE = "unreachable"
    WRONG_NUMBER = "wrong_number"
    NIGHT_SHIFT = "night_shift"
    MOVED = "moved"
    EMPTY = "empty"
    LIVES_ELSEWHERE = "lives_elsewhere"
    DIED = "died"


class Next(StrEnum):
    """What an outcome does with what is open at the door."""

    CLOSE = "close"  # served, or nobody is left to serve
    RETRY = "retry"  # stays with the same post, for another hour of the day
    RAISE = "raise"  # goes to the level above, which settles it


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows from an outcome, and the tally column that counts the door while it stands."""

    next: Next
    column: str
    retry_after: timedelta | None = None


#: The table; ``docs/states/work.md`` is generated from it.
VERDICTS: dict[Outcome, Verdict] = {
    Outcome.NOT_YET: Verdict(Next.RETRY, "not_yet"),
    Outcome.DONE: Verdict(Next.CLOSE, "done"),
    Outcome.REFUSED: Verdict(Next.RAISE, "refused"),
    Outcome.ABSENT: Verdict(Next.RETRY, "absent", timedelta(hours=4)),
    Outcome.UNREACHABLE: Verdict(Next.RETRY, "unreachable", timedelta(hours=2)),
    Outcome.WRONG_NUMBER: Verdict(Next.RETRY, "unreachable"),
    Outcome.NIGHT_SHIFT: Verdict(Next.RETRY, "absent", timedelta(hours=8)),
    Outcome.MOVED: Verdict(Next.RAISE, "elsewhere"),
    Outcome.EMPTY: Verdict(Next.RAISE, "elsewhere"),
    Outcome.LIVES_ELSEWHERE: Verdict(Next.RAISE, "elsewhere"),
    Outcome.DIED: Verdict(Next.CLOSE, "died"),
}
COLUMNS = ("done", "refused", "absent", "unreachable", "elsewhere", "died", "not_yet")


#: How the level above can end what was sent up to it.
SETTLING = frozenset({Outcome.DONE, Outcome.REFUSED, Outcome.MOVED, Outcome.EMPTY, Outcome.LIVES_ELSEWHERE})


def verdict(outcome: Outcome) -> Verdict:
    """What follows from an outcome."""
    return VERDICTS[outcome]


@dataclass(frozen=True, slots=True)
class Tried:
    """A try as far as another is held against it. ``person``: the key of whom it was about; None: all at the door."""

    who: object
    person: int | None
    outcome: Outcome
    at: datetime
    recorded_at: datetime


def ends_it(outcome: Outcome) -> bool:
    """Whether this is said to be how it ended, and not only that nobody was reached this time."""
    return verdict(outcome).next is not Next.RETRY


def contradicts(new: Tried, known: Tried) -> bool:
    """Whether two workers, neither of whom could know of the other, say that one door ended in different ways.

    Whoever tries after the other's was recorded has seen it and means it; whoever tries twice corrects themselves.
    """
    return (
        new.who != known.who
        and new.at < known.recorded_at
        and (new.person == known.person or None in (new.person, known.person))
        and ends_it(new.outcome)
        and ends_it(known.outcome)
        and verdict(new.outcome).column != verdict(known.outcome).column
    )


def is_late(due_at: datetime, now: datetime) -> bool:
    """A task is late from the minute of its deadline on."""
    return now >= due_at
