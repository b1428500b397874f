"""What is wrong with a plan, whoever made it. ``docs/states/transfer.md`` is the table of ``FAULTS``."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from wangge.domains.transfer.rules import UNLOADING, Household, Plan, Problem, RoomKind, Trip, Vehicle, rooming

DAY = 24 * 60


class Fault(StrEnum):
    """A hard one is never saved; any other where a person says why."""

    SEATS = "seats"
    ROOMS = "rooms"
    CLASSES = "classes"
    ALONE = "alone"
    TWICE = "twice"
    OVERLAP = "overlap"
    NIGHT = "night"
    DRIVE = "drive"
    DAY = "day"
    UNPLACED = "unplaced"
    CARE = "care"
    EARLY = "early"
    NO_STOP = "no_stop"
    OUTDOORS = "outdoors"
    MEAL = "meal"
    TOILET = "toilet"


#: What a reason makes good and what nothing does: room, classes, a child alone, and the law of the road.
HARD = frozenset({
    Fault.SEATS, Fault.ROOMS, Fault.CLASSES, Fault.ALONE, Fault.TWICE, Fault.OVERLAP, Fault.NIGHT, Fault.DRIVE,
    Fault.DAY,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Violation:
    """One fault: of which trip, household, hotel or vehicle; ``number``: how many are too many, or how many minutes."""

    fault: Fault
    trip: str = ""
    household: str = ""
    where: str = ""
    number: int = 0
    clause: str = ""
    who: tuple[str, ...] = ()

    @property
    def hard(self) -> bool:
        return self.fault in HARD


def faults(problem: Problem, plan: Plan) -> list[Violation]:
    """Everything that is wrong with a plan, the hard ones first."""
    known = {one.key: one for one in problem.households}
    found = [*_placed(problem, plan, known), *_hotels(problem, plan, known), *_vehicles(problem, plan)]
    for trip in plan.trips:
        found += [*_inside(problem, trip, known), *_on_the_way(problem, trip, known)]
    return sorted(found, key=lambda one: (not one.hard, list(Fault).index(one.fault), one.trip, one.household))


def _placed(problem: Problem, plan: Plan, known: Mapping[str, Household]) -> Iterator[Violation]:
    """Everybody on one trip, and nobody without somebody where they may not be alone."""
    times = Counter(key for trip in plan.trips for key in trip.households)
    for one in problem.households:
        if times[one.key] == 0:
            yield Violation(Fault.UNPLACED, household=one.key, number=len(one.members))
        if times[one.key] > 1:
            yield Violation(Fault.TWICE, household=one.key, number=times[one.key])
        lacking = rooming(one.members, problem.alone).lacking
        if lacking and times[one.key]:
            yield Violation(
                Fault.ALONE, household=one.key, number=len(lacking), clause=problem.alone.clause, who=lacking
            )


def _hotels(problem: Problem, plan: Plan, known: Mapping[str, Household]) -> Iterator[Violation]:
    """Rooms by kind, and whether a hotel is for these people."""
    wanted: dict[str, Counter[RoomKind]] = defaultdict(Counter)
    for trip in plan.trips:
        for key in trip.households:
            wanted[trip.hotel].update(rooming(known[key].members, problem.alone).rooms)
    for hotel in problem.hotels:
        for kind, number in hotel.over(wanted[hotel.key]).items():
            yield Violation(Fault.ROOMS, where=hotel.key, number=number, who=(kind.value,))


def _inside(problem: Problem, trip: Trip, known: Mapping[str, Household]) -> Iterator[Violation]:
    """Seats, classes, and a hotel that can care for these people."""
    on_board = [known[key] for key in trip.households]
    vehicle = _vehicle(problem, trip)
    people = sum(len(one.members) for one in on_board)
    if people > (vehicle.seats if vehicle else 0):
        yield Violation(Fault.SEATS, trip.key, where=trip.vehicle, number=people - (vehicle.seats if vehicle else 0))
    if len({one.klass for one in on_board}) > 1:
        yield Violation(Fault.CLASSES, trip.key, number=len({one.klass for one in on_board}))
    hotel = next((one for one in problem.hotels if one.key == trip.hotel), None)
    for one in on_board:
        if hotel and hotel.takes and one.klass not in hotel.takes:
            yield Violation(Fault.CLASSES, trip.key, one.key, trip.hotel)
        if hotel is None or not one.needs <= hotel.cares:
            needs = tuple(sorted(one.needs - (hotel.cares if hotel else frozenset())))
            yield Violation(Fault.CARE, trip.key, one.key, trip.hotel, who=needs)


def _on_the_way(problem: Problem, trip: Trip, known: Mapping[str, Household]) -> Iterator[Violation]:
    """Ready when fetched, not long in the open, with a meal and a toilet; and no coach by night."""
    limits, stops = problem.limits, {one.compound: one for one in trip.stops}
    for one in (known[key] for key in trip.households):
        if (stop := stops.get(one.compound)) is None:
            yield Violation(Fault.NO_STOP, trip.key, one.key)
            continue
        if stop.leaves < one.ready:
            yield Violation(Fault.EARLY, trip.key, one.key, number=one.ready - stop.leaves)
        if one.frail and stop.leaves - stop.arrives > limits.outdoors:
            yield Violation(
                Fault.OUTDOORS, trip.key, one.key, number=stop.leaves - stop.arrives, clause=limits.care_clause
            )
    aboard = trip.arrives - trip.begins
    for fault, limit, there in ((Fault.MEAL, limits.meal, trip.meal), (Fault.TOILET, limits.toilet, trip.toilet)):
        if aboard > limit and not there:
            yield Violation(fault, trip.key, number=aboard, clause=limits.care_clause)
    vehicle = _vehicle(problem, trip)
    if vehicle and vehicle.coach and by_night(trip.begins, trip.arrives, limits.night_from, limits.night_to):
        yield Violation(Fault.NIGHT, trip.key, where=trip.vehicle, clause=limits.road_clause)


def by_night(begins: int, ends: int, night_from: int, night_to: int) -> bool:
    """Whether a time touches the hours in which no coach is under way, on whichever day."""
    first = (begins // DAY - 1) * DAY
    return any(
        begins < day + night_to * 60 and ends > day + night_from * 60 for day in range(first, ends + DAY, DAY)
    )  # fmt: skip


def _vehicle(problem: Problem, trip: Trip) -> Vehicle | None:
    return next((one for one in problem.vehicles if one.key == trip.vehicle), None)


def at_the_wheel(problem: Problem, trip: Trip) -> int:
    """Minutes a driver drives on a trip, the way to the first stop included."""
    places = [trip.hotel, *(stop.compound for stop in trip.stops), trip.hotel]
    return sum(problem.drive(one, other) for one, other in pairwise(places))


def _vehicles(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Nobody drives two trips at once, longer than four hours without a pause, or more than eight a day."""
    by_vehicle: dict[str, list[Trip]] = defaultdict(list)
    for trip in sorted(plan.trips, key=lambda one: (one.begins, one.key)):
        by_vehicle[trip.vehicle].append(trip)
    for vehicle, trips in by_vehicle.items():
        for before, after in pairwise(trips):
            lacks = earliest_after(problem, before, after) - after.begins
            if lacks > 0:
                yield Violation(Fault.OVERLAP, after.key, where=vehicle, number=lacks)
        yield from _wheel(problem, vehicle, trips)


def earliest_after(problem: Problem, before: Trip, after: Trip) -> int:
    """The first minute at which a vehicle can stand at the next trip's first stop."""
    first = after.stops[0].compound if after.stops else after.hotel
    return before.arrives + UNLOADING + problem.drive(before.hotel, first)


def _wheel(problem: Problem, vehicle: str, trips: list[Trip]) -> Iterator[Violation]:
    limits, running, last = problem.limits, 0, None
    days: Counter[int] = Counter()
    for trip in trips:
        drives = at_the_wheel(problem, trip)
        pause = trip.begins - earliest_after(problem, last, trip) if last else limits.rest
        running = drives if pause >= limits.rest else running + drives
        days[trip.begins // DAY] += drives
        if running > limits.drive:
            yield Violation(Fault.DRIVE, trip.key, where=vehicle, number=running, clause=limits.road_clause)
        if days[trip.begins // DAY] > limits.day:
            yield Violation(
                Fault.DAY, trip.key, where=vehicle, number=days[trip.begins // DAY], clause=limits.road_clause
            )
        last = trip
