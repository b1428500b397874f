"""Policy of a reception: which end fits what is known of somebody, and when a wait is too long.

Nobody is held at a gate. Without an order in force nobody is bound: who shows a red code and has none goes in and is
asked to stay apart until the authority has decided. Help is never a question of what was shown.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Shown(StrEnum):
    """What somebody comes with. Where no code is in use they tell it, and nobody asks for one."""

    RED = "red"
    YELLOW = "yellow"
    TOLD = "told"  # no code: says that they come from a risk area, or were told to stay apart


class How(StrEnum):
    """How it was heard of."""

    GATE = "gate"  # they stand there
    PHONE = "phone"  # announced: they come


class Care(StrEnum):
    """Who is looked after first. A word about the group, not about whom of it."""

    CHILD_ALONE = "child_alone"
    CHILD = "child"
    OLD = "old"
    PREGNANT = "pregnant"
    ILL = "ill"
    DISABLED = "disabled"


class State(StrEnum):
    """How far it is."""

    EXPECTED = "expected"
    WAITING = "waiting"  # there, and nobody is with them yet
    MET = "met"  # somebody is with them
    ENDED = "ended"


class Ended(StrEnum):
    """How it ended."""

    HOME = "home"  # an order spent at home: brought there, to the five
    TRANSFER = "transfer"  # an order spent elsewhere: in the hands of who takes them there
    UNTIL_DECIDED = "until_decided"  # no order: went home, asked to stay apart until the authority has decided
    LET_IN = "let_in"  # looked at, and nothing more is asked
    HELP = "help"  # 120, a hospital: at once
    ELSEWHERE = "elsewhere"  # went somewhere else of their own will
    NOT_COME = "not_come"
    CLOSED = "closed"  # the Response was closed


class Ordered(StrEnum):
    """What stands about somebody at that moment."""

    NOTHING = "nothing"
    PROPOSED = "proposed"  # waits for the authority: binds nobody
    HOME = "home"
    AWAY = "away"


#: Always possible once somebody is there.
ALWAYS = (Ended.HELP, Ended.ELSEWHERE)
#: What besides, by what stands about them. ``docs/states/reception.md``.
FITS: dict[Ordered, tuple[Ended, ...]] = {
    Ordered.HOME: (Ended.HOME,),
    Ordered.AWAY: (Ended.TRANSFER,),
    Ordered.PROPOSED: (Ended.UNTIL_DECIDED,),
    Ordered.NOTHING: (Ended.UNTIL_DECIDED, Ended.LET_IN),
}
#: Ends after which somebody is at home behind a door.
INSIDE = frozenset({Ended.HOME, Ended.UNTIL_DECIDED, Ended.LET_IN})
#: Ends by which somebody goes on: never a child without a grown-up. Help waits for nobody's name.
ONWARD = INSIDE | {Ended.TRANSFER, Ended.ELSEWHERE}


def possible(state: State, shown: Shown, ordered: Ordered) -> tuple[Ended, ...]:
    """The ends that fit. Whoever is expected only has to come, or does not."""
    if state is State.EXPECTED:
        return (Ended.NOT_COME,)
    if state is State.ENDED:
        return ()
    fits = FITS[ordered]
    if shown is Shown.RED:  # a colour that is red has a reason that somebody looks at: it is not waved through
        fits = tuple(one for one in fits if one is not Ended.LET_IN)
    return (*fits, *ALWAYS)


def refusal(state: State, shown: Shown, ordered: Ordered, wanted: Ended, *, child_alone: bool, taken_by: str) -> str:
    """The code of why an end does not fit; '' where it does."""
    if wanted not in possible(state, shown, ordered):
        early = {State.EXPECTED: "reception_not_there", State.ENDED: "reception_over"}
        return early.get(state, "reception_does_not_fit")
    if wanted in ONWARD and child_alone and not taken_by:
        return "reception_child_alone"
    return ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Minutes that somebody may wait until a level above is told, and the same where anybody is looked after first."""

    wait: int
    frail: int
    clause: str


def frail(care: Collection[str]) -> bool:
    """Whether anybody of them is looked after first."""
    return bool(care)


def limit(limits: Limits, care: Collection[str]) -> timedelta:
    """How long these may wait."""
    return timedelta(minutes=limits.frail if frail(care) else limits.wait)


def levels_due(limits: Limits, care: Collection[str], since: datetime, now: datetime) -> int:
    """How many levels above must have been told: one for each limit that is over."""
    return max(0, int((now - since) / limit(limits, care)))
