"""The hand-over (交接): who holds whom. Each person is in exactly one hand at every moment; nobody is between two.

What one hand offers stays in it until the next accepts; those whom the next does not see stay with the offering hand,
by name. ``docs/states/transfer.md`` is the table of ``STEPS``.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Hand(StrEnum):
    DOOR = "door"  # at home; the worker of the door
    MEETING = "meeting"  # a meeting point at a station or a motorway (指定对接地点)
    ESCORT = "escort"
    DRIVER = "driver"
    DESK = "desk"  # the hotel's; the last


#: To whom each hand may give. A driver may give to another driver (a vehicle broke down) or bring people home again.
STEPS: Mapping[Hand, frozenset[Hand]] = {
    Hand.DOOR: frozenset({Hand.ESCORT, Hand.DRIVER}),
    Hand.MEETING: frozenset({Hand.ESCORT, Hand.DRIVER}),
    Hand.ESCORT: frozenset({Hand.DRIVER, Hand.DOOR}),
    Hand.DRIVER: frozenset({Hand.DESK, Hand.DRIVER, Hand.DOOR}),
    Hand.DESK: frozenset({Hand.DRIVER}),
}


class Stop(StrEnum):
    """Why nothing is handed over."""

    STEP = "hand_no_step"
    NOT_HELD = "hand_not_held"
    OFFERED = "hand_already_offered"
    NOBODY = "hand_nobody_named"
    ALONE = "hand_child_alone"
    NOT_ASKED = "hand_not_asked"
    NOT_TOLD = "hand_not_told"
    COUNT = "hand_count"
    TRIPS = "hand_two_trips"
    STRANGER = "hand_stranger"


@dataclass(frozen=True, slots=True)
class Going:
    """One person as the rule sees them. ``dependent``: may not be alone; ``asked`` and ``told``: what and who stays
    behind was asked, and they know where they go, why and until when."""

    key: str
    hand: Hand
    holder: str
    dependent: bool = False
    asked: bool = True
    told: bool = True
    offered: bool = False


def may_offer(people: Collection[Going], holder: str, to: Hand) -> Stop | None:
    """What is against one hand offering these people to the next; None where nothing is.

    A child, or anybody else who may not be alone, goes with somebody who may: in the same hand-over.
    """
    if not people:
        return Stop.NOBODY
    if any(one.holder != holder for one in people):
        return Stop.NOT_HELD
    if any(to not in STEPS[one.hand] for one in people):
        return Stop.STEP
    if any(one.offered for one in people):
        return Stop.OFFERED
    if all(one.dependent for one in people):
        return Stop.ALONE
    leaving = [one for one in people if one.hand is Hand.DOOR]
    if any(not one.told for one in leaving):
        return Stop.NOT_TOLD
    if any(not one.asked for one in leaving):
        return Stop.NOT_ASKED
    return None


@dataclass(frozen=True, slots=True)
class Settled:
    """How a hand-over ends: whom the next hand has now, and who stays with the one that offered, by name."""

    taken: tuple[str, ...]
    missing: tuple[str, ...]


def settle(
    offered: Collection[str], present: Collection[str], count: int, dependent: Collection[str] = ()
) -> Settled | Stop:
    """Accept those who are present. ``count``: how many the accepting hand counted; it must agree with whom it named.
    Nobody who may not be alone is taken without somebody who may."""
    taken = tuple(key for key in offered if key in present)
    if any(key not in offered for key in present):
        return Stop.STRANGER
    if count != len(taken):
        return Stop.COUNT
    if taken and all(key in dependent for key in taken):
        return Stop.ALONE
    return Settled(taken, tuple(key for key in offered if key not in present))


@dataclass(frozen=True, slots=True)
class Offer:
    """Some people offered by one holder to another."""

    holder: str
    to: Hand
    to_holder: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hands:
    """Who holds whom, and what is offered: the whole state, for one to look at and to test. ``done``: hand-overs that
    were answered, so that one sent twice is one."""

    people: Mapping[str, Going]
    offers: Mapping[str, Offer] = field(default_factory=dict)
    done: frozenset[str] = frozenset()

    def offer(self, uuid: str, offer: Offer) -> "Hands | Stop":
        """The state after an offer; sent twice it is one."""
        if uuid in self.offers or uuid in self.done:
            return self
        if any(key not in self.people for key in offer.people):
            return Stop.STRANGER
        stop = may_offer([self.people[key] for key in offer.people], offer.holder, offer.to)
        if stop:
            return stop
        people = {**self.people, **{key: replace(self.people[key], offered=True) for key in offer.people}}
        return Hands(people, {**self.offers, uuid: offer}, self.done)

    def accept(self, uuid: str, present: Collection[str], count: int) -> "Hands | Stop":
        """The state after the next hand accepted those it sees."""
        if (offer := self.offers.get(uuid)) is None:
            return self if uuid in self.done else Stop.STRANGER
        dependent = {key for key in offer.people if self.people[key].dependent}
        settled = settle(offer.people, present, count, dependent)
        if isinstance(settled, Stop):
            return settled
        people = {**self.people, **{key: replace(self.people[key], offered=False) for key in settled.missing}}
        for key in settled.taken:
            people[key] = replace(people[key], offered=False, hand=offer.to, holder=offer.to_holder)
        return self._without(uuid, people)

    def refuse(self, uuid: str) -> "Hands":
        """Nobody was accepted, or the offer was taken back: everybody stays where they are."""
        if (offer := self.offers.get(uuid)) is None:
            return self
        back = {key: replace(self.people[key], offered=False) for key in offer.people}
        return self._without(uuid, {**self.people, **back})

    def _without(self, uuid: str, people: Mapping[str, Going]) -> "Hands":
        offers = {key: one for key, one in self.offers.items() if key != uuid}
        return Hands(people, offers, self.done | {uuid})
