"""Policy of supplies: which lot goes first, how many days a stock lasts, what a transfer may become, who gets how much.

A stock is the sum of its ledger. It may fall below nothing, because what was handed over was handed over; then it is
shown as what it is: to be counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What a store is."""

    WAREHOUSE = "warehouse"
    COMMUNITY = "community"
    GRID = "grid"
    HOTEL = "hotel"
    CHECKPOINT = "checkpoint"


class Book(StrEnum):
    """Why a stock changed."""

    IN = "in"  # from outside: bought, given, from an office that is not here
    USED = "used"  # used up by staff
    HANDED = "handed"  # to somebody; no name
    PARCEL = "parcel"  # to households, in a distribution
    SENT = "sent"
    ARRIVED = "arrived"
    BACK = "back"  # a transfer that came back
    COUNTED = "counted"
    UNDONE = "undone"  # a hand-over that was none


#: What counts as use when the days left are worked out.
USE = frozenset({Book.USED, Book.HANDED, Book.PARCEL, Book.UNDONE})
#: Kinds that only ever add, and those that only ever take.
ADDS = frozenset({Book.IN, Book.ARRIVED, Book.BACK, Book.UNDONE})
TAKES = frozenset({Book.USED, Book.HANDED, Book.PARCEL, Book.SENT})


class Came(StrEnum):
    """Where it came from."""

    BOUGHT = "bought"
    GIVEN = "given"
    OFFICE = "office"


class Why(StrEnum):
    """Why a count differs."""

    MISCOUNTED = "miscounted"
    BROKEN = "broken"
    EXPIRED = "expired"
    MISSING = "missing"
    FOUND = "found"


class Way(StrEnum):
    """Where a transfer stands."""

    ASKED = "asked"  # the giving side has not said yes
    ON_WAY = "on_way"
    ARRIVED = "arrived"
    DECLINED = "declined"
    BACK = "back"  # the receiving side did not take it; it is back at the giving one


class Step(StrEnum):
    """What may be done with a transfer."""

    SEND = "send"
    DECLINE = "decline"
    ACCEPT = "accept"
    RETURN = "return"


class Side(StrEnum):
    """Which end acts."""

    FROM = "from"
    TO = "to"


#: From where a step leads where, and which end takes it. ``docs/states/supplies.md`` is generated from it.
STEPS: Mapping[Step, tuple[Way, Way, Side]] = {
    Step.SEND: (Way.ASKED, Way.ON_WAY, Side.FROM),
    Step.DECLINE: (Way.ASKED, Way.DECLINED, Side.FROM),
    Step.ACCEPT: (Way.ON_WAY, Way.ARRIVED, Side.TO),
    Step.RETURN: (Way.ON_WAY, Way.BACK, Side.TO),
}
GOING = frozenset({Way.ASKED, Way.ON_WAY})


@dataclass(frozen=True, slots=True)
class Lot:
    """So much of an item with one expiry date; None: it has none."""

    expires_on: date | None
    amount: int

    def usable(self, today: date) -> bool:
        return self.expires_on is None or self.expires_on >= today


def first_out(lots: Iterable[Lot], amount: int, today: date) -> list[Lot]:
    """From which lots an amount is taken: what expires first goes first, what has expired is left. What nobody had
    booked in is taken from what has no date, which then stands below nothing."""
    taken: dict[date | None, int] = {}
    usable = [one for one in lots if one.amount > 0 and one.usable(today)]
    for one in sorted(usable, key=lambda each: each.expires_on or date.max):
        if part := min(one.amount, amount):
            taken[one.expires_on], amount = part, amount - part
    if amount:
        taken[None] = taken.get(None, 0) + amount
    return [Lot(expires_on, part) for expires_on, part in taken.items()]


def arrived_of(sent: Iterable[Lot], arrived: int) -> list[Lot]:
    """Which lots of what was sent have arrived where fewer were counted: those that expire first."""
    found: list[Lot] = []
    for one in sorted(sent, key=lambda each: each.expires_on or date.max):
        if part := min(one.amount, arrived):
            found.append(Lot(one.expires_on, part))
            arrived -= part
    return found


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is there and not expired, what was used over how many hours, what is promised to households, what comes."""

    usable: int
    used: int
    over_hours: int
    planned: int = 0
    coming: int = 0

    def _lasts(self, free: int) -> int | None:
        if free < 0 or (free == 0 and self.planned > 0):
            return 0
        if self.used <= 0:
            return None
        return free * max(24, self.over_hours) // (24 * self.used)

    @property
    def days_left(self) -> int | None:
        """Whole days for which it lasts when it goes on being used as it was; None where nothing is used or wanted."""
        return self._lasts(self.usable - self.planned)

    def low(self, low_days: int) -> bool:
        """Whether the level above has to answer: also with what is on the way it does not last."""
        left = self._lasts(self.usable + self.coming - self.planned)
        return left is not None and left < low_days


def observed_hours(first_at: datetime, now: datetime, look_days: int) -> int:
    """Over how many hours use is looked at: the edition's days, or as long as there is a stock; a day at least."""
    return max(24, min(24 * look_days, int((now - first_at).total_seconds()) // 3600))


def expires_soon(lot: Lot, today: date, expiry_days: int) -> bool:
    """Whether a lot is to be used first or given on: it expires within the edition's days, or has."""
    return lot.amount > 0 and lot.expires_on is not None and lot.expires_on <= today + timedelta(days=expiry_days)


class Bag(StrEnum):
    """Which parcel a household gets."""

    SMALL = "small"  # one or two people, and homes of which nobody knows who lives there
    MIDDLE = "middle"  # three or four
    LARGE = "large"  # five or more


def bag_for(people: int) -> Bag:
    """By how many people live in the home."""
    if people >= 5:
        return Bag.LARGE
    return Bag.MIDDLE if people >= 3 else Bag.SMALL


class Given(StrEnum):
    """What came of a household's parcel."""

    WAITING = "waiting"
    HANDED = "handed"
    ABSENT = "absent"  # tried; still to be brought
    REFUSED = "refused"


OUTSTANDING = frozenset({Given.WAITING, Given.ABSENT})


#: From what to what a door's parcel may go.
CHANGES: Mapping[Given, frozenset[Given]] = {
    Given.WAITING: frozenset({Given.HANDED, Given.ABSENT, Given.REFUSED}),
    Given.ABSENT: frozenset({Given.HANDED, Given.REFUSED}),
    Given.REFUSED: frozenset({Given.HANDED}),
    Given.HANDED: frozenset({Given.WAITING}),  # ticked by mistake
}


def wanted(homes: Mapping[Bag, int], amounts: Mapping[Bag, int]) -> int:
    """How many of an item so many homes of each size still need."""
    return sum(number * amounts[bag] for bag, number in homes.items())


class Answered(StrEnum):
    """What a level says about something that runs out below it."""

    ORDERED = "ordered"  # it comes by a day
    ENOUGH = "enough"  # the people there say that it is enough
