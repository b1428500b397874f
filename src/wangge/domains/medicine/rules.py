"""Policy of medicine: how long what is left lasts, until when it must be there, and who may move a need where.

The deadline is worked out and never chosen. The state is a path: each part of it is in somebody's hand until an hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    """Where a need stands."""

    TAKEN = "taken"  # known, nothing chosen yet
    PLACED = "placed"  # the hospital or pharmacy is chosen
    BUYING = "buying"  # somebody buys it
    BOUGHT = "bought"
    ON_WAY = "on_way"
    DELIVERED = "delivered"  # handed over; the patient has not said so yet
    NOT_RECEIVED = "not_received"  # the patient says that it is not there
    CLOSED = "closed"  # the patient, or who speaks for them, has it
    UNCONFIRMED = "unconfirmed"  # 送达未确认: a second person looked, the patient could not be reached
    NOT_NEEDED = "not_needed"
    HOSPITAL = "hospital"  # the patient was taken to hospital
    DIED = "died"
    ENDED = "ended"  # with its Response


OPEN = frozenset({
    State.TAKEN, State.PLACED, State.BUYING, State.BOUGHT, State.ON_WAY, State.DELIVERED, State.NOT_RECEIVED,
})  # fmt: skip
#: Not at the patient's yet: what counts against the deadline.
UNDERWAY = OPEN - {State.DELIVERED}
DONE = frozenset({State.CLOSED, State.UNCONFIRMED})


class Who(StrEnum):
    """Who may make a move."""

    DESK = "desk"  # whoever works at the doors of the place, or answers the telephone there
    BUYER = "buyer"  # the one in whose hand it is
    PATIENT = "patient"  # the patient or who speaks for them; on the telephone noted by anybody but the bringer
    SECOND = "second"  # anybody of the desk but the bringer
    SYSTEM = "system"


class Move(StrEnum):
    """What happens to a need."""

    PLACE = "place"
    GIVE = "give"
    HAND_ON = "hand_on"
    BUY = "buy"
    SET_OUT = "set_out"
    HAND_OVER = "hand_over"
    RECEIVE = "receive"
    CONFIRM = "confirm"
    OUT_OF_STOCK = "out_of_stock"
    WRONG = "wrong"
    NOT_RECEIVED = "not_received"
    SUBSTITUTE = "substitute"
    NOT_NEEDED = "not_needed"
    HOSPITAL = "hospital"
    LOSE_BUYER = "lose_buyer"
    DIED = "died"
    END = "end"


@dataclass(frozen=True, slots=True)
class Step:
    """From where a move leads where, and who may make it. ``to`` None: it stays where it is. ``up``: it goes to the
    level above at once."""

    origin: frozenset[State]
    to: State | None
    who: Who
    up: bool = False


#: The table; ``docs/states/medicine.md`` is generated from it.
MOVES: dict[Move, Step] = {
    Move.PLACE: Step(
        frozenset({State.TAKEN, State.PLACED, State.BUYING, State.NOT_RECEIVED}), State.PLACED, Who.DESK
    ),
    Move.GIVE: Step(frozenset({State.PLACED, State.BUYING}), State.BUYING, Who.DESK),
    Move.HAND_ON: Step(frozenset({State.BOUGHT, State.ON_WAY}), State.BOUGHT, Who.DESK),
    Move.BUY: Step(frozenset({State.BUYING}), State.BOUGHT, Who.BUYER),
    Move.SET_OUT: Step(frozenset({State.BOUGHT}), State.ON_WAY, Who.BUYER),
    Move.HAND_OVER: Step(frozenset({State.BOUGHT, State.ON_WAY, State.NOT_RECEIVED}), State.DELIVERED, Who.BUYER),
    Move.RECEIVE: Step(frozenset({State.DELIVERED}), State.CLOSED, Who.PATIENT),
    Move.CONFIRM: Step(frozenset({State.DELIVERED}), State.UNCONFIRMED, Who.SECOND),
    Move.OUT_OF_STOCK: Step(frozenset({State.PLACED, State.BUYING}), State.TAKEN, Who.DESK),
    Move.WRONG: Step(frozenset({State.BOUGHT, State.ON_WAY, State.DELIVERED}), State.BUYING, Who.DESK, up=True),
    Move.NOT_RECEIVED: Step(frozenset({State.DELIVERED, *DONE}), State.NOT_RECEIVED, Who.PATIENT, up=True),
    Move.SUBSTITUTE: Step(frozenset({State.TAKEN, State.PLACED, State.BUYING}), None, Who.DESK),
    Move.NOT_NEEDED: Step(OPEN, State.NOT_NEEDED, Who.DESK),
    Move.HOSPITAL: Step(OPEN, State.HOSPITAL, Who.DESK),
    Move.LOSE_BUYER: Step(
        frozenset({State.BUYING, State.BOUGHT, State.ON_WAY}), State.PLACED, Who.SYSTEM, up=True
    ),
    Move.DIED: Step(OPEN, State.DIED, Who.SYSTEM),
    Move.END: Step(OPEN, State.ENDED, Who.SYSTEM),
}  # fmt: skip


#: The next step along the path: it stands first on the page.
NEXT: dict[State, Move] = {
    State.TAKEN: Move.PLACE, State.PLACED: Move.GIVE, State.BUYING: Move.BUY, State.BOUGHT: Move.SET_OUT,
    State.ON_WAY: Move.HAND_OVER, State.DELIVERED: Move.RECEIVE, State.NOT_RECEIVED: Move.HAND_OVER,
}  # fmt: skip


def leads(move: Move, state: State) -> bool:
    """Whether a move begins where a need stands."""
    return state in MOVES[move].origin


def possible(state: State, *, buyer: bool, bringer: bool) -> list[Move]:
    """What the desk may do with a need now, the next step of the path first. ``buyer``: it is in their own hand;
    ``bringer``: they brought it themselves, so that somebody else has to say that it arrived."""
    whos: set[Who] = {Who.DESK}
    if buyer:
        whos.add(Who.BUYER)
    if not bringer:
        whos |= {Who.PATIENT, Who.SECOND}
    found = [move for move, step in MOVES.items() if step.who in whos and state in step.origin]
    return sorted(found, key=lambda move: move != NEXT.get(state))


class Source(StrEnum):
    """From where we know."""

    DOOR = "door"
    PHONE = "phone"
    PAGE = "page"  # the resident's own page
    ANSWER = "answer"  # a questionnaire
    REPORT = "report"  # a daily report
    HELP = "help"  # a request for help


class Call(StrEnum):
    """How somebody called after the medicine had arrived."""

    PHONE = "phone"
    WECHAT = "wechat"
    JITSI = "jitsi"


class Received(StrEnum):
    """Who took it at the door."""

    PATIENT = "patient"
    FAMILY = "family"
    NEIGHBOUR = "neighbour"
    LEFT = "left"  # at a door that nobody enters


@dataclass(frozen=True, slots=True)
class Terms:
    """What the edition says. ``margin``: so long before the last dose it must be there; ``urgent``: with less left it
    goes up by itself; ``soonest``: nobody can be quicker; ``hours``: how long each part may stay in one hand."""

    margin: timedelta
    urgent: timedelta
    soonest: timedelta
    hours: dict[State, timedelta]


def lasts(left: Decimal, per_day: Decimal) -> timedelta:
    """How long a stock lasts: ``left`` and ``per_day`` in tablets (or what is counted). Raises ValueError for a dose of
    nothing or less, or a stock of less than nothing."""
    if per_day <= 0 or left < 0:
        raise ValueError("no dose, or less than nothing left")
    return timedelta(seconds=int(left / per_day * 86400))


def days_left(runs_out: datetime, now: datetime) -> int:
    """Whole days for which it still lasts; 0 when it is finished."""
    return max(0, (runs_out - now).days)


def deadline(runs_out: datetime, now: datetime, terms: Terms) -> datetime:
    """Until when it must be at the door: the margin before the last dose, and never sooner than anybody can be."""
    return max(runs_out - terms.margin, now + terms.soonest)


#: A word in whole days differs from a count of tablets by up to one.
ROUNDED = timedelta(days=1)


def sooner(known: datetime, said: datetime) -> datetime:
    """When a stock ends, after somebody said anew for how many whole days it lasts: only ever earlier."""
    return said if said + ROUNDED <= known else known


def is_urgent(runs_out: datetime, now: datetime, terms: Terms) -> bool:
    """Whether so little is left that the level above has to know."""
    return runs_out - now < terms.urgent


def held_until(state: State, now: datetime, due_at: datetime, terms: Terms) -> datetime:
    """Until when whoever has it has to have made the next move: its hours, and not past the deadline as long as one is
    ahead. After the deadline there is an hour each time."""
    return min(now + terms.hours[state], max(due_at, now + timedelta(hours=1)))


@dataclass(frozen=True, slots=True)
class Purse:
    """Money that was handed out, spent and brought back, in fen."""

    handed: int
    price: int
    returned: int

    @property
    def difference(self) -> int:
        """What is still owed to the patient; below nothing: what the buyer has laid out."""
        return self.handed - self.price - self.returned


class Hand(StrEnum):
    """What became of a card in one hand."""

    PASSED = "passed"
    RETURNED = "returned"
    FETCHED = "fetched"  # somebody else took it out of a hand that could not give it


class Away(StrEnum):
    """Why a hand cannot give a card back."""

    ORDER = "order"  # the holder is under an order themselves
    LEFT = "left"  # the holder has left their post
