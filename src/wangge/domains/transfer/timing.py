"""From loads to trips: which vehicle, and when, by the law of the road and by who is ready."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from wangge.domains.transfer.packing import Load
from wangge.domains.transfer.rules import BOARDING, UNLOADING, Plan, Problem, Stop, Trip, Vehicle
from wangge.domains.transfer.rules_faults import DAY, at_the_wheel, by_night


@dataclass(slots=True)
class _Driver:
    """A vehicle as the day goes on."""

    vehicle: Vehicle
    free: int
    at: str = ""
    running: int = 0
    days: dict[int, int] = field(default_factory=dict)


def timed(problem: Problem, loads: Iterable[Load]) -> Plan:
    """Loads that can leave early first; each gets the vehicle that is there soonest within its driver's hours. A load
    that fits none is on no trip: the rules then say so."""
    drivers = [_Driver(one, one.free) for one in sorted(problem.vehicles, key=lambda one: one.key)]
    trips: list[Trip] = []
    for number, load in enumerate(sorted(loads, key=lambda one: (one.ready, one.hotel, one.compounds)), 1):
        tries = [(trip, driver) for driver in drivers if (trip := _trip(problem, load, driver, f"{number:03d}"))]
        if not tries:
            continue
        trip, driver = min(tries, key=lambda pair: (pair[0].arrives, pair[1].vehicle.seats, pair[1].vehicle.key))
        _drove(problem, driver, trip)
        trips.append(trip)
    return Plan(tuple(trips))


def _trip(problem: Problem, load: Load, driver: _Driver, key: str) -> Trip | None:
    """The earliest trip of this vehicle with this load; None where it has not the seats."""
    if load.people > driver.vehicle.seats:
        return None
    to_first = problem.drive(driver.at, load.compounds[0]) if driver.at else 0
    begins = max(driver.free + to_first, load.households[0].ready if len(load.compounds) == 1 else 0)
    for _again in range(20):  # each turn of it moves past a night, a pause or the end of a day
        trip = _at(problem, load, driver, key, begins)
        later = _not_before(problem, driver, trip, to_first)
        if later <= trip.begins:
            return trip
        begins = later
    return None


def _at(problem: Problem, load: Load, driver: _Driver, key: str, begins: int) -> Trip:
    """The trip as it goes where it begins no earlier than a minute: no stop before everybody there is ready, and it
    begins so late that it does not stand waiting on the way."""
    ready = [max((one.ready for one in load.households if one.compound == c), default=0) for c in load.compounds]
    start, way = max(begins, ready[0] - BOARDING), 0
    for at in range(1, len(load.compounds)):
        way += BOARDING + problem.drive(load.compounds[at - 1], load.compounds[at])
        start = max(start, ready[at] - BOARDING - way)
    stops, now = [], start
    for at, compound in enumerate(load.compounds):
        if at:
            now += problem.drive(load.compounds[at - 1], compound)
        stops.append(Stop(compound, now, now + BOARDING))
        now += BOARDING
    arrives = now + problem.drive(load.compounds[-1], load.hotel)
    keys = tuple(one.key for one in load.households)
    return Trip(key, driver.vehicle.key, load.hotel, tuple(stops), arrives, keys)


def _not_before(problem: Problem, driver: _Driver, trip: Trip, to_first: int) -> int:
    """The first minute at which this trip may begin for the driver; its own, where nothing is against it."""
    limits, drives = problem.limits, at_the_wheel(problem, trip)
    if driver.vehicle.coach and by_night(trip.begins, trip.arrives, limits.night_from, limits.night_to):
        return _after_night(trip.begins, limits.night_to)
    if driver.days.get(trip.begins // DAY, 0) + drives > limits.day:
        return (trip.begins // DAY + 1) * DAY + limits.night_to * 60
    pause = trip.begins - driver.free - to_first
    if driver.running + drives > limits.drive and pause < limits.rest:
        return driver.free + to_first + limits.rest
    return trip.begins


def _after_night(minute: int, night_to: int) -> int:
    """The next end of a night after a minute."""
    end = (minute // DAY) * DAY + night_to * 60
    return end if end > minute else end + DAY


def _drove(problem: Problem, driver: _Driver, trip: Trip) -> None:
    drives = at_the_wheel(problem, trip)
    to_first = problem.drive(driver.at, trip.stops[0].compound) if driver.at else 0
    rested = trip.begins - driver.free - to_first >= problem.limits.rest
    driver.running = drives if rested else driver.running + drives
    day = trip.begins // DAY
    driver.days[day] = driver.days.get(day, 0) + drives
    driver.free, driver.at = trip.arrives + UNLOADING, trip.hotel
