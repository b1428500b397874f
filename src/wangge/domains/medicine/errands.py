"""Deliveries of an area planned into rounds: who brings what, in which order, by when.

There is no map here: how far two doors lie apart is told from the places around them and from how they are numbered,
which on stairs is nearly the way somebody walks. Whatever cannot be there in time by anybody is said, and given to no
round. Times in seconds, weights in grams.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from wangge.base.problems import Problem
from wangge.domains.places.rules import SEGMENT

#: How long the way takes to a door that shares so many levels of its path: from another township down to the unit.
APART = (3600, 3600, 2400, 1500, 900, 420, 180, 60)
STEP, MOST_STEPS = 15, 20  # from one number to the next (building, unit, floor), and how many count
AT_DOOR, LEFT_AT_DOOR = 180, 60  # handing over with a few words, and putting down where nobody goes in
WEIGHT, CARRIES = 300, 8000  # a bag of medicine; what somebody carries on stairs without harm
SHIFT = 4 * 3600
MISSED = 10_000_000  # what leaving one out costs: more than any way


@dataclass(frozen=True, slots=True)
class Stop:
    """A delivery: ``path`` of the door, ``due`` in seconds from now, ``closed``: nobody goes in there."""

    key: int
    path: str
    due: int
    closed: bool = False
    weight: int = WEIGHT

    @property
    def service(self) -> int:
        return LEFT_AT_DOOR if self.closed else AT_DOOR


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who brings: what they can carry, and for how long they walk."""

    key: str
    carries: int = CARRIES
    shift: int = SHIFT


@dataclass(frozen=True, slots=True)
class Planned:
    """A delivery in a round: when somebody is there, in seconds from now."""

    stop: Stop
    at: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The round of each carrier, in order; what nobody can bring in time; what it costs (seconds of walking)."""

    rounds: dict[str, tuple[Planned, ...]]
    left_over: tuple[Stop, ...]
    cost: int


def apart(one: str, other: str) -> int:
    """Seconds from one place to another, by their paths; the same both ways."""
    if one == other:
        return 0
    level = 0
    while one[: (level + 1) * SEGMENT] == other[: (level + 1) * SEGMENT] and (level + 1) * SEGMENT <= len(one):
        level += 1
    here, there = (path[level * SEGMENT : (level + 1) * SEGMENT] for path in (one, other))
    numbers = abs(int(here or "0", 36) - int(there or "0", 36))
    return APART[min(level, len(APART) - 1)] + STEP * min(numbers, MOST_STEPS)


def plan(start: str, stops: Sequence[Stop], carriers: Sequence[Carrier], *, seconds: float, seed: int = 1) -> Plan:
    """Rounds from and back to a place (its path), within ``seconds`` of thinking. Raises Problem: nobody brings, there
    is nothing to bring, or this server has no planner."""
    if not carriers:
        raise Problem("errands_nobody", field="who")
    if not stops:
        raise Problem("errands_nothing")
    try:
        from pyvrp import Model  # compiled, and with numpy beside it: only where rounds are planned
        from pyvrp.stop import MaxRuntime
    except ImportError as error:
        raise Problem("errands_no_planner") from error
    model = Model()
    places = [model.add_location(index, 0) for index in range(len(stops) + 1)]
    depot = model.add_depot(places[0])
    for place, stop in zip(places[1:], stops, strict=True):
        model.add_client(
            place, delivery=stop.weight, service_duration=stop.service, tw_late=max(stop.due, 0), prize=MISSED,
            required=False,
        )  # fmt: skip
    for carrier in carriers:
        model.add_vehicle_type(
            1, capacity=carrier.carries, start_depot=depot, end_depot=depot, shift_duration=carrier.shift
        )
    paths = [start, *(stop.path for stop in stops)]
    for number, one in enumerate(paths):
        for other in range(number):
            way = apart(one, paths[other])
            model.add_edge(places[number], places[other], way, way)
            model.add_edge(places[other], places[number], way, way)
    best = model.solve(MaxRuntime(seconds), seed=seed, display=False).best
    return _read(best, stops, carriers)


def _read(best: object, stops: Sequence[Stop], carriers: Sequence[Carrier]) -> Plan:
    """A solution in our own words."""
    rounds: dict[str, tuple[Planned, ...]] = {}
    served: set[int] = set()
    cost = 0
    for route in best.routes():  # type: ignore[attr-defined]  # compiled, without types
        cost += route.distance()
        visits = [(each.idx, each.start_time) for each in route.schedule() if each.is_client()]
        rounds[carriers[route.vehicle_type()].key] = tuple(Planned(stops[index], at) for index, at in visits)
        served |= {index for index, _at in visits}
    left = tuple(stop for index, stop in enumerate(stops) if index not in served)
    return Plan(rounds, left, cost + MISSED * len(left))
