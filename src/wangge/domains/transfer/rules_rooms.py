"""Rooms one by one: who may sleep in which, and which one is proposed. Pure policy; zones and alone by 255号."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wangge.domains.transfer.rules import SHARED, RoomKind


class RoomZone(StrEnum):
    """The three parts of a place of isolation; guests sleep in the last one alone."""

    CLEAN = "clean"  # 清洁区
    HALF = "half"  # 半污染区
    CONTAMINATED = "contaminated"  # 污染区


class RoomState(StrEnum):
    FREE = "free"
    TAKEN = "taken"  # never stored: it follows from who is in it
    CLEANING = "cleaning"
    OUT = "out"  # out of order


class Ask(StrEnum):
    """What a guest asks the desk for."""

    MEAL = "meal"
    WATER = "water"
    MEDICINE = "medicine"
    DOCTOR = "doctor"
    TOILET = "toilet"
    THINGS = "things"


#: People a room holds: one alone, a family around one who looks after them, or one in a wheelchair with a companion.
BEDS: Mapping[RoomKind, int] = {RoomKind.SINGLE: 1, RoomKind.FAMILY: SHARED + 1, RoomKind.ACCESSIBLE: 2}


class NoRoom(StrEnum):
    """Why somebody does not sleep in a room."""

    NOBODY = "room_nobody"
    TAKEN = "room_taken"
    CLEANING = "room_cleaning"
    OUT = "room_out"
    ZONE = "room_zone"
    BEDS = "room_beds"
    STRANGERS = "room_strangers"
    ALONE = "room_alone"
    WHEELS = "room_wheels"


@dataclass(frozen=True, slots=True)
class Guest:
    """``party``: the door they came from together; ``dependent``: may not be alone; ``wheels``: in a wheelchair."""

    key: str
    party: str
    dependent: bool = False
    wheels: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """A room as it is now. ``state`` as it is stored; with guests it is taken."""

    number: str
    kind: RoomKind
    zone: RoomZone
    state: RoomState = RoomState.FREE
    guests: tuple[Guest, ...] = ()

    @property
    def now(self) -> RoomState:
        return RoomState.TAKEN if self.guests else self.state

    @property
    def usable(self) -> bool:
        """Whether it counts among the rooms that are free for guests."""
        return self.now is RoomState.FREE and self.zone is RoomZone.CONTAMINATED


def may_check_in(room: Room, people: Sequence[Guest]) -> NoRoom | None:
    """What is against these people sleeping there, beside whoever is in it; None where nothing is."""
    if not people:
        return NoRoom.NOBODY
    coming = {one.key for one in people}
    there = [one for one in room.guests if one.key not in coming]
    if any(one.party != people[0].party for one in there):
        return NoRoom.TAKEN
    if not there and room.state in (RoomState.CLEANING, RoomState.OUT):
        return NoRoom(f"room_{room.state}")
    if room.zone is not RoomZone.CONTAMINATED:
        return NoRoom.ZONE
    return _together(room, [*there, *people])


def _together(room: Room, everybody: Sequence[Guest]) -> NoRoom | None:
    if len({one.party for one in everybody}) > 1:
        return NoRoom.STRANGERS
    if len(everybody) > BEDS[room.kind]:
        return NoRoom.BEDS
    if all(one.dependent for one in everybody):
        return NoRoom.ALONE
    if any(one.wheels for one in everybody) and room.kind is not RoomKind.ACCESSIBLE:
        return NoRoom.WHEELS
    return None


def proposed(rooms: Iterable[Room], people: Sequence[Guest]) -> Room | None:
    """The smallest free room that fits; a wheelchair's is left to wheelchairs as long as another does."""
    order = {RoomKind.SINGLE: 0, RoomKind.FAMILY: 1, RoomKind.ACCESSIBLE: 2}
    fitting = [one for one in rooms if one.usable and may_check_in(one, people) is None]
    return min(fitting, key=lambda one: (order[one.kind], one.number), default=None)


def usable(rooms: Iterable[Room]) -> Counter[RoomKind]:
    """How many rooms of each kind are free for guests."""
    return Counter(one.kind for one in rooms if one.usable)
