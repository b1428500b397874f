"""What becomes of a filled-in form, and which asks put its questions. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What the client is told."""

    TAKEN = "taken"  # new, checked, durable
    AGAIN = "again"  # we had it, and its answers are still to be recorded
    RECORDED = "recorded"  # we had it, and its answers are facts
    ASIDE = "set_aside"  # we had it, and a person decided that its answers do not count
    CLOSED = "ask_closed"  # kept as what the door said; nobody asks this here any more
    MOVED = "person_moved"  # kept as what the person said, who lives behind another door now
    ANOTHER = "another_content"  # the same id was used for something else
    ELSEWHERE = "door_elsewhere"  # no door of this account
    STRANGER = "person_unknown"  # nobody of that id lives within the account's places
    KEY_OVER = "key_over"  # the key was ended while the form was on its way


#: New and kept; the others are not.
KEPT = frozenset({Outcome.TAKEN, Outcome.CLOSED, Outcome.MOVED})


class Why(StrEnum):
    """Why a person sets a held form aside."""

    ELSEWHERE = "recorded_elsewhere"  # the same was recorded in another way
    WRONG_DOOR = "wrong_door"
    WITHDRAWN = "withdrawn"  # the people took it back
    TRIAL = "trial"
    OTHER = "other"  # in words


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """An ask as far as a form sent in looks at it: its area, its questions by key, when it stops by itself."""

    path: str
    questions: frozenset[int]
    ends_at: datetime


def asked_at(asks: Iterable[OpenAsk], questions: frozenset[int], path: str, now: datetime) -> bool:
    """Whether anybody asks one of these questions of this door now. Whoever arrived since is not on a list yet."""
    return any(
        one.ends_at > now and path.startswith(one.path) and not one.questions.isdisjoint(questions) for one in asks
    )


def decided(*, key_valid: bool, door_mine: bool, person_known: bool, person_here: bool, asked: bool) -> Outcome:
    """The first thing that is the matter, from who sends to what is asked."""
    if not key_valid:
        return Outcome.KEY_OVER
    if not door_mine:
        return Outcome.ELSEWHERE
    if not person_known:
        return Outcome.STRANGER
    if not asked:
        return Outcome.CLOSED
    return Outcome.TAKEN if person_here else Outcome.MOVED
