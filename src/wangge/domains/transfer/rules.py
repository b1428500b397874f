"""What a transfer is made of, and who shares a room with whom. Times are minutes since midnight of the plan's day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    """What somebody needs on the way and where they are taken."""

    DIALYSIS = "dialysis"
    PREGNANT = "pregnant"
    INFANT = "infant"
    WHEELCHAIR = "wheelchair"
    SEVERE = "severe"  # a severe illness
    CARE = "care"  # cannot look after themselves


class RoomKind(StrEnum):
    SINGLE = "single"
    FAMILY = "family"
    ACCESSIBLE = "accessible"


class Zone(StrEnum):
    """The three zones of a place of isolation (国卫办规划函〔2022〕255号)."""

    OBSERVATION = "observation"  # 医学观察区
    SERVICE = "service"  # 工作服务区
    PASSAGE = "passage"  # 卫生通过区


class Behind(StrEnum):
    """What and who may stay behind."""

    CHILD = "child"
    ELDER = "elder"
    PET = "pet"
    STOVE = "stove"
    MEDICINE = "medicine"
    CARD = "card"


FRAIL_FROM, FRAIL_UNDER = 70, 6  # years: who does not wait in the open
FRAIL = frozenset({Need.PREGNANT, Need.INFANT, Need.WHEELCHAIR, Need.SEVERE, Need.CARE, Need.DIALYSIS})
SHARED = 3  # people a family room holds beside the one who looks after them
COACH = 10  # seats from which on a vehicle is a coach


@dataclass(frozen=True, slots=True)
class Alone:
    """Who may not be alone: younger than ``under``, or with one of ``needs``; the clause that says so."""

    under: int
    needs: frozenset[Need]
    clause: str


@dataclass(frozen=True, slots=True)
class Member:
    """One person to be taken. ``age`` None: not known."""

    key: str
    age: int | None = None
    needs: frozenset[Need] = frozenset()

    @property
    def frail(self) -> bool:
        old = self.age is not None and (self.age >= FRAIL_FROM or self.age < FRAIL_UNDER)
        return old or bool(self.needs & FRAIL)

    def not_alone(self, rule: Alone) -> bool:
        """Whether this person must share a room with somebody named."""
        return (self.age is not None and self.age < rule.under) or bool(self.needs & rule.needs)


@dataclass(frozen=True, slots=True)
class Household:
    """Those of one door and one class who are taken together. ``ready``: the first minute at which they can leave."""

    key: str
    compound: str
    klass: str
    members: tuple[Member, ...]
    ready: int = 0

    @property
    def needs(self) -> frozenset[Need]:
        return frozenset(need for one in self.members for need in one.needs)

    @property
    def frail(self) -> bool:
        return any(one.frail for one in self.members)


@dataclass(frozen=True, slots=True)
class Rooming:
    """The rooms a household takes, who shares with whom, and who has nobody to share with."""

    rooms: Mapping[RoomKind, int]
    shared: tuple[tuple[str, ...], ...] = ()
    lacking: tuple[str, ...] = ()


def rooming(members: Iterable[Member], rule: Alone) -> Rooming:
    """Whoever may not be alone shares a room with somebody of the household who may; a wheelchair takes an accessible
    room; everybody else is alone in one (单人单间)."""
    everybody = sorted(members, key=lambda one: one.key)
    able = [one for one in everybody if not one.not_alone(rule)]
    able.sort(key=lambda one: (Need.WHEELCHAIR in one.needs, one.key))
    held = [one for one in everybody if one.not_alone(rule)]
    on_wheels = [one for one in held if Need.WHEELCHAIR in one.needs]
    others = [one for one in held if Need.WHEELCHAIR not in one.needs]
    groups = [(RoomKind.ACCESSIBLE, [one]) for one in on_wheels]
    groups += [(RoomKind.FAMILY, others[at : at + SHARED]) for at in range(0, len(others), SHARED)]
    rooms, shared, lacking = dict.fromkeys(RoomKind, 0), [], list[str]()
    for kind, group in groups:
        rooms[kind] += 1
        if able:
            shared.append(tuple(one.key for one in (*group, able.pop(0))))
        else:
            lacking += [one.key for one in group]
    for one in able:
        rooms[RoomKind.ACCESSIBLE if Need.WHEELCHAIR in one.needs else RoomKind.SINGLE] += 1
    return Rooming(rooms, tuple(shared), tuple(lacking))


@dataclass(frozen=True, slots=True)
class Hotel:
    """A place of isolation. ``rooms``: how many are free of each kind; ``takes``: classes it is for (empty: any)."""

    key: str
    rooms: Mapping[RoomKind, int]
    cares: frozenset[Need] = frozenset()
    takes: frozenset[str] = frozenset()

    def serves(self, household: Household) -> bool:
        """Whether it can care for everybody of a household, and is for their class."""
        return household.needs <= self.cares and (not self.takes or household.klass in self.takes)

    def over(self, wanted: Mapping[RoomKind, int]) -> dict[RoomKind, int]:
        """How many rooms of each kind are wanted beyond what is free. Where single rooms run out, a family room or an
        accessible one serves one person as well; never the other way round."""
        found = {
            kind: wanted.get(kind, 0) - self.rooms.get(kind, 0)
            for kind in (RoomKind.FAMILY, RoomKind.ACCESSIBLE)
            if wanted.get(kind, 0) > self.rooms.get(kind, 0)
        }
        total = sum(wanted.values()) - sum(self.rooms.values())
        if total > sum(found.values()):
            found[RoomKind.SINGLE] = total - sum(found.values())
        return found


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle with its driver. ``free``: the first minute at which it can stand at a door."""

    key: str
    seats: int
    free: int = 0

    @property
    def coach(self) -> bool:
        return self.seats >= COACH


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the road and of care, with their clauses; minutes, the night in hours of the day."""

    road_clause: str
    care_clause: str
    night_from: int = 2
    night_to: int = 5
    drive: int = 240
    rest: int = 20
    day: int = 480
    outdoors: int = 30
    meal: int = 240
    toilet: int = 120
    relief: int = 120
    late: int = 15


Minutes = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be planned. ``minutes``: driving times between compounds and hotels, both ways by either order."""

    households: tuple[Household, ...]
    hotels: tuple[Hotel, ...]
    vehicles: tuple[Vehicle, ...]
    minutes: Minutes
    alone: Alone
    limits: Limits

    def drive(self, one: str, other: str) -> int:
        """Minutes from one place to another; a quarter of an hour where nobody has said."""
        if one == other:
            return 0
        return self.minutes.get((one, other), self.minutes.get((other, one), UNKNOWN_DRIVE))


UNKNOWN_DRIVE, BOARDING, UNLOADING = 15, 10, 10


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a vehicle stands, from when to when."""

    compound: str
    arrives: int
    leaves: int


@dataclass(frozen=True, slots=True)
class Trip:
    """One way of one vehicle: its stops, then a hotel. ``meal`` and ``toilet``: there is one on the way."""

    key: str
    vehicle: str
    hotel: str
    stops: tuple[Stop, ...]
    arrives: int
    households: tuple[str, ...]
    meal: bool = False
    toilet: bool = False

    @property
    def begins(self) -> int:
        return self.stops[0].arrives if self.stops else self.arrives


@dataclass(frozen=True, slots=True)
class Plan:
    """Trips, whoever made them: the planner or a person."""

    trips: tuple[Trip, ...]


def route_cost(problem: Problem, compounds: tuple[str, ...], hotel: str) -> int:
    """Minutes a vehicle is taken by one round: from the hotel over the stops and back, boarding and getting off."""
    way, at = 0, hotel
    for compound in compounds:
        way, at = way + problem.drive(at, compound) + BOARDING, compound
    return way + problem.drive(at, hotel) + UNLOADING


def plan_cost(problem: Problem, plan: Plan) -> int:
    """Minutes of vehicles that all trips take."""
    return sum(route_cost(problem, tuple(stop.compound for stop in one.stops), one.hotel) for one in plan.trips)
