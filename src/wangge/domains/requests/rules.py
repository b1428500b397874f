"""Policy of residents' requests (个人信息保护法 art. 44-50): what may be asked, how it may end, and by when.

The law says "in time" (及时, art. 45, 46); 15 working days is what the authorities ask of apps
(App违法违规收集使用个人信息行为认定方法, 2019, art. 6), and an installation may set fewer or more.
"""

from datetime import date, timedelta
from enum import StrEnum


class Kind(StrEnum):
    ACCESS = "access"  # art. 45: see and copy
    CORRECTION = "correction"  # art. 46
    OBJECTION = "objection"  # art. 44: restrict or refuse
    DELETION = "deletion"  # art. 47


class Outcome(StrEnum):
    GIVEN = "given"
    CORRECTED = "corrected"
    NOTED = "noted"
    DELETED = "deleted"
    REFUSED = "refused"  # with its ground: art. 50
    NOTHING_HELD = "nothing_held"
    NOT_IDENTIFIED = "not_identified"  # nobody could show who they are
    TAKEN_BACK = "taken_back"


class Told(StrEnum):
    DOOR = "door"
    DESK = "desk"
    PHONE = "phone"
    LETTER = "letter"


DONE = {
    Kind.ACCESS: Outcome.GIVEN,
    Kind.CORRECTION: Outcome.CORRECTED,
    Kind.OBJECTION: Outcome.NOTED,
    Kind.DELETION: Outcome.DELETED,
}
#: Before these, somebody has checked who asks.
AFTER_CHECK = frozenset({*DONE.values(), Outcome.NOTHING_HELD})


def outcomes(kind: Kind) -> tuple[Outcome, ...]:
    """How a request of this kind may end."""
    rest = (Outcome.REFUSED, Outcome.NOTHING_HELD, Outcome.NOT_IDENTIFIED, Outcome.TAKEN_BACK)
    return (DONE[kind], *rest)


def due_day(asked: date, days: int) -> date:
    """The civil day at whose end so many working days have passed. Holidays are not known here: it is never later."""
    day = asked
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
