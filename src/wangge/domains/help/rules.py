"""Policy of help: from which state what somebody says or does leads where, who may say it, and what may be published.

A request closes when whoever asked says so. Where they cannot be reached, somebody else than the one who says that it
is done looks, and the end is marked as not confirmed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID


class Whom(StrEnum):
    """For whom somebody asks."""

    SELF = "self"
    OTHER = "other"
    CHILD = "child"  # somebody under age


class Channel(StrEnum):
    LINK = "link"  # a picture or an address, without an account
    DOOR = "door"  # taken down by a worker at the door
    PHONE = "phone"  # taken down by whoever answers calls
    OPEN311 = "open311"


class State(StrEnum):
    ASKING = "asking"  # somebody else asked: the person is asked first, nothing personal is done
    OPEN = "open"
    DONE = "done"  # its holder says so; the person has not yet
    RECEIVED = "received"  # the person, or who asked for them, says so
    UNCONFIRMED = "unconfirmed"  # 未确认: a second person could not reach them
    WITHDRAWN = "withdrawn"  # not wanted, or not any more
    TURNED_AWAY = "turned_away"  # with a reason
    ENDED = "ended"  # with its Response


class Act(StrEnum):
    """What somebody says or does."""

    CONFIRM = "confirm"  # the person wants it
    DECLINE = "decline"  # the person does not
    DO = "do"
    RECEIVE = "receive"
    NOT_HELPED = "not_helped"
    NOT_REACHED = "not_reached"  # a second person looked, and could not reach them
    TAKE_BACK = "take_back"
    TURN_AWAY = "turn_away"
    REOPEN = "reopen"
    END = "end"


#: What whoever asked may say by their link.
BY_LINK = frozenset({Act.RECEIVE, Act.NOT_HELPED, Act.TAKE_BACK, Act.REOPEN})
LIVE = frozenset({State.ASKING, State.OPEN, State.DONE})
#: The table; ``docs/states/help.md`` is made from it. What is not here is refused.
STEPS: Mapping[tuple[State, Act], State] = {
    (State.ASKING, Act.CONFIRM): State.OPEN,
    (State.ASKING, Act.DECLINE): State.WITHDRAWN,
    (State.ASKING, Act.TAKE_BACK): State.WITHDRAWN,
    (State.ASKING, Act.TURN_AWAY): State.TURNED_AWAY,
    (State.OPEN, Act.DO): State.DONE,
    (State.OPEN, Act.RECEIVE): State.RECEIVED,
    (State.OPEN, Act.TAKE_BACK): State.WITHDRAWN,
    (State.OPEN, Act.TURN_AWAY): State.TURNED_AWAY,
    (State.DONE, Act.RECEIVE): State.RECEIVED,
    (State.DONE, Act.NOT_HELPED): State.OPEN,
    (State.DONE, Act.NOT_REACHED): State.UNCONFIRMED,
    (State.RECEIVED, Act.REOPEN): State.OPEN,
    (State.UNCONFIRMED, Act.RECEIVE): State.RECEIVED,
    (State.UNCONFIRMED, Act.REOPEN): State.OPEN,
    (State.TURNED_AWAY, Act.REOPEN): State.OPEN,
    (State.WITHDRAWN, Act.REOPEN): State.OPEN,
    **{(state, Act.END): State.ENDED for state in (State.ASKING, State.OPEN, State.DONE)},
}
#: What only somebody else than the one who said that it is done may say for the person.
BY_A_SECOND = frozenset({Act.RECEIVE, Act.NOT_REACHED})


def by_link(act: Act, state: State, *, public: bool) -> bool:
    """Whether whoever has the link may say this. The link of a hazard is everybody's: it is shown to neighbours and
    published. It may be reminded of, opened again, and confirmed once its holder says that it is gone; nobody who
    merely saw it ends it."""
    if act not in BY_LINK:
        return False
    return not public or (act is not Act.TAKE_BACK and (act is not Act.RECEIVE or state is State.DONE))


class Noted(StrEnum):
    """What stands in a request's history besides its steps."""

    NUDGE = "nudge"
    WORDS = "words"
    NO_ANSWER = "no_answer"  # called, nobody answered
    ANSWERED = "answered"  # spoken to
    CARER = "carer"  # who looks after the child now
    REPORTED = "reported"  # the report that the law asks for (未成年人保护法 art. 11)
    DOOR = "door"
    RAISED = "raised"
    AT_DOOR = "at_door"  # a try at the door that did not serve them


class Away(StrEnum):
    """Why a request is turned away."""

    DOUBLE = "double"
    ELSEWHERE = "elsewhere"
    NO_SUCH_PLACE = "no_such_place"
    NOT_MEANT = "not_meant"


def step(state: State, act: Act) -> State | None:
    """Where an act leads; None: it is refused."""
    return STEPS.get((state, act))


def first_state(whom: Whom, *, child: bool, public: bool) -> State:
    """A hazard and a child alone wait for nobody's word; who asks for somebody else waits until they were asked."""
    return State.OPEN if public or child or whom is Whom.SELF else State.ASKING


def missing(*, child: bool, noted: frozenset[str]) -> Noted | None:
    """What has to stand in the history before it may be said to be done: a child first has a carer, then the report."""
    if not child:
        return None
    return next((one for one in (Noted.CARER, Noted.REPORTED) if one not in noted), None)


def may_say(act: Act, *, who: UUID | None, done_by: UUID | None) -> bool:
    """Whether a member of staff may say this for the person. ``who`` None: the person themselves, by their link."""
    return act not in BY_A_SECOND or who is None or done_by is None or who != done_by


def may_reopen(closed_at: datetime | None, now: datetime, days: int) -> bool:
    return closed_at is not None and now <= closed_at + timedelta(days=days)


#: What is taken in an hour. One address may be a whole compound behind one connection; beyond it the numbers are shown.
HOUR = timedelta(hours=1)
OF_ADDRESS = 60
OF_POSTER = 400
OF_KEY = 600  # another system speaks for many
#: From this one on, what comes from one address within an hour stands in a list of its own at the desk.
MANY = 6


@dataclass(frozen=True, slots=True)
class Said:
    """A checked request. ``uuid`` was made by the page or the phone that sends it: the same one again is the same."""

    uuid: UUID
    kind: str
    whom: Whom
    where: str
    phone: str
    words: str
    guardian: str = ""
    point: str = ""  # "lat,long" (WGS84), where another system sent one
    media: str = ""  # the address of a picture that another system keeps

    def content(self) -> dict[str, Any]:
        """What is sealed."""
        said = {"where": self.where, "phone": self.phone, "words": self.words, "guardian": self.guardian}
        return said | {name: value for name, value in (("point", self.point), ("media", self.media)) if value}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A checked call. ``back_minutes``: until when they are called back; 0: they need not be."""

    uuid: UUID
    who: str
    phone: str
    whom: str
    what: str
    back_minutes: int = 0

    def content(self) -> dict[str, Any]:
        """What is sealed."""
        return {"who": self.who, "phone": self.phone, "whom": self.whom, "what": self.what}


@dataclass(frozen=True, slots=True)
class Whispered:
    """Something told apart: what, and how and when somebody can be reached without danger."""

    uuid: UUID
    what: str
    safe: str
    phone: str

    def content(self) -> dict[str, Any]:
        """What is sealed."""
        return {"what": self.what, "safe": self.safe, "phone": self.phone}


OF_APART = 12  # an hour from one address
SEATS = (1, 2)  # of those who read it
#: Minutes within which somebody may be promised a call back.
BACK = (0, 15, 30, 60, 240)
