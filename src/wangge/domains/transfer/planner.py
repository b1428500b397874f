"""Proposes a plan: which hotel and which rounds by CP-SAT, then who sits in which vehicle, then when.

A *route* is a hotel, one or two compounds and a class; the solver chooses how many buses run each and assigns every
household to one. What it proves is a bound: no plan whose buses call at one or two compounds costs less. Packing and
timing come after it; the rules check what comes out (``rules_faults``), whoever made it.
"""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from wangge.domains.transfer.improving import cost, improved
from wangge.domains.transfer.missing import Lack, Missing, missing
from wangge.domains.transfer.packing import WORKERS, Load, Route, packed
from wangge.domains.transfer.rules import Household, Plan, Problem, RoomKind, plan_cost, rooming, route_cost
from wangge.domains.transfer.timing import timed

SHARE = 0.45  # of the time for the whole problem, which gives the bound; the rest makes its answer better


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan with what it costs, the solver's bound for it, and how long it took (seconds); or what is missing.

    ``cost`` and ``bound`` are minutes of vehicles. ``first``: seconds until the first assignment was found.
    """

    plan: Plan | None
    cost: int = 0
    bound: int = 0
    seconds: float = 0
    first: float = 0
    missing: tuple[Missing, ...] = ()

    @property
    def gap(self) -> float:
        """How far above the bound the plan is at most, as a share of the bound."""
        return (self.cost - self.bound) / self.bound if self.bound else 0.0


def propose(problem: Problem, *, seconds: float = 10, good: float = 0.02) -> Proposal:
    """A plan within so many seconds, ended sooner once it is within ``good`` of the bound. Says what is missing where
    the instance cannot be served."""
    begun = time.monotonic()
    if lacks := missing(problem):
        return Proposal(None, missing=tuple(lacks), seconds=time.monotonic() - begun)
    if not problem.households:
        return Proposal(Plan(()))
    solved = _solve(problem, seconds * SHARE, good)
    if solved is None:
        lack = Missing(Lack.COMBINED, sum(len(one.members) for one in problem.households))
        return Proposal(None, missing=(lack,), seconds=time.monotonic() - begun)
    loads = solved.loads
    if cost(problem, loads) > solved.bound * (1 + good):
        loads = improved(problem, loads, _part, begun + seconds)
    plan = timed(problem, loads)
    return Proposal(plan, plan_cost(problem, plan), solved.bound, time.monotonic() - begun, solved.first)


def _part(problem: Problem, seconds: float) -> list[Load] | None:
    """A part of a problem solved anew; None where no answer came in time."""
    solved = _solve(problem, max(seconds, 0.2), 0.0)
    return solved.loads if solved else None


def _seats(problem: Problem) -> int:
    """The seats that a round is planned with: those of the vehicle most of the fleet is no smaller than."""
    fleet = sorted((one.seats for one in problem.vehicles), reverse=True)
    most = max(len(one.members) for one in problem.households)
    return max(fleet[len(fleet) // 2], most)


def routes(problem: Problem) -> list[Route]:
    """Every round over one compound or two that somebody could be on; of the two orders the shorter."""
    found = []
    for klass in sorted({one.klass for one in problem.households}):
        compounds = sorted({one.compound for one in problem.households if one.klass == klass})
        for hotel in (one for one in problem.hotels if not one.takes or klass in one.takes):
            ways: list[tuple[str, ...]] = [(one,) for one in compounds]
            ways += [_shorter(problem, pair, hotel.key) for pair in combinations(compounds, 2)]
            found += [Route(hotel.key, way, klass, route_cost(problem, way, hotel.key)) for way in ways]
    return found


def _shorter(problem: Problem, pair: tuple[str, str], hotel: str) -> tuple[str, ...]:
    return min((pair, pair[::-1]), key=lambda way: route_cost(problem, way, hotel))


Alike = tuple[str, str, int, tuple[int, ...], tuple[str, ...]]


def _alike(problem: Problem, one: Household) -> Alike:
    """Households that are one to the solver: compound, class, size, rooms, needs. It decides how many of them."""
    rooms = rooming(one.members, problem.alone).rooms
    needs = tuple(sorted(need.value for need in one.needs))
    return one.compound, one.klass, len(one.members), tuple(rooms.get(kind, 0) for kind in RoomKind), needs


@dataclass(frozen=True, slots=True)
class _Solved:
    """Who goes to which hotel on which round, the bound, and after how many seconds the first answer was there."""

    loads: list[Load]
    bound: int
    first: float


def _solve(problem: Problem, seconds: float, good: float) -> _Solved | None:
    """None where there is no answer. The people of a compound are spread over rounds here; families are put together
    in ``packing``."""
    from ortools.sat.python import cp_model  # 80 MB: only where a plan is made

    ways = routes(problem)
    groups: dict[Alike, list[Household]] = defaultdict(list)
    for one in problem.households:
        groups[_alike(problem, one)].append(one)
    model, seats = cp_model.CpModel(), _seats(problem)
    to_hotel = _hotels(model, problem, groups)
    buses = _buses(model, ways, to_hotel, groups, seats)
    model.minimize(sum(way.cost * buses[at] for at, way in enumerate(ways)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.relative_gap_limit = good
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2  # the bound comes from the linear relaxation
    watch = _watch(cp_model)
    status = solver.solve(model, watch)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    sent = _sent(groups, {key: solver.value(one) for key, one in to_hotel.items()})
    rounds = [way for at, way in enumerate(ways) for _bus in range(solver.value(buses[at]))]
    bound = -(-round(solver.best_objective_bound * 1000) // 1000)  # costs are whole minutes
    return _Solved(packed(problem, sent, rounds, seats), bound, watch.first)


def _hotels(model: Any, problem: Problem, groups: Mapping[Alike, list[Household]]) -> dict[tuple[str, Alike], Any]:
    """How many households of a kind go to a hotel; everybody to one, and rooms for all, where a larger room serves
    one person too."""
    put = {
        (hotel.key, kind): model.new_int_var(0, len(alike), "")
        for hotel in problem.hotels
        for kind, alike in groups.items()
        if hotel.serves(alike[0])
    }
    for kind, alike in groups.items():
        model.add(sum(put[one.key, kind] for one in problem.hotels if (one.key, kind) in put) == len(alike))
    for hotel in problem.hotels:
        mine = [(kind, one) for (key, kind), one in put.items() if key == hotel.key]
        for place, room in enumerate(RoomKind):
            if room is not RoomKind.SINGLE:
                model.add(sum(kind[3][place] * one for kind, one in mine) <= hotel.rooms.get(room, 0))
        model.add(sum(sum(kind[3]) * one for kind, one in mine) <= sum(hotel.rooms.values()))
    return put


def _buses(
    model: Any, ways: Sequence[Route], put: Mapping[tuple[str, Alike], Any], groups: Mapping[Alike, list[Household]],
    seats: int,
) -> list[Any]:  # fmt: skip
    """How many buses run each round: seats for whoever its compounds send to its hotel; and, which only tightens the
    bound, as many calls at a compound as its people need whatever the hotel."""
    people: dict[tuple[str, str], int] = defaultdict(int)
    for kind, alike in groups.items():
        people[kind[0], kind[1]] += kind[2] * len(alike)
    buses, aboard = [], defaultdict[tuple[str, str, str], list[Any]](list)
    for way in ways:
        most = sum(people[one, way.klass] for one in way.compounds)
        bus = model.new_int_var(0, -(-most // seats) if len(way.compounds) > 1 else most, "")
        buses.append(bus)
        some = [model.new_int_var(0, people[one, way.klass], "") for one in way.compounds]
        model.add(sum(some) <= seats * bus)
        for compound, number in zip(way.compounds, some, strict=True):
            aboard[way.hotel, compound, way.klass].append(number)
    for (hotel, compound, klass), numbers in aboard.items():
        mine = [kind[2] * one for (at, kind), one in put.items() if (at, *kind[:2]) == (hotel, compound, klass)]
        model.add(sum(numbers) == sum(mine))
    _enough(model, ways, people, buses, seats)
    return buses


def _enough(
    model: Any, ways: Sequence[Route], people: Mapping[tuple[str, str], int], buses: Sequence[Any], seats: int
) -> None:
    """For every one, two or three compounds of a class: buses that call there, as many as their people need. True of
    any plan; a solver that works with fractions of buses would not see it by itself."""
    for klass in sorted({key[1] for key in people}):
        there = sorted(compound for compound, one in people if one == klass)
        mine = [(frozenset(way.compounds), buses[at]) for at, way in enumerate(ways) if way.klass == klass]
        some = [frozenset(few) for size in (1, 2, 3) for few in combinations(there, size)]
        for few in (*some, frozenset(there)):
            needed = -(-sum(people[one, klass] for one in few) // seats)
            model.add(sum(bus for way, bus in mine if way & few) >= needed)


def _sent(
    groups: Mapping[Alike, list[Household]], put: Mapping[tuple[str, Alike], int]
) -> dict[tuple[str, str], list[Household]]:
    """The households by hotel and class: of those that are alike, whoever can leave early first."""
    left = {kind: sorted(alike, key=lambda one: (one.ready, one.key)) for kind, alike in groups.items()}
    found: dict[tuple[str, str], list[Household]] = defaultdict(list)
    for (hotel, kind), number in sorted(put.items()):
        found[hotel, kind[1]] += left[kind][:number]
        left[kind] = left[kind][number:]
    return found


def _watch(cp_model: Any) -> Any:
    class Watch(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]  # its type is known only once it is loaded
        """Notes when the first answer was there."""

        def __init__(self) -> None:
            super().__init__()
            self.begun, self.first = time.monotonic(), 0.0

        def on_solution_callback(self) -> None:
            self.first = self.first or time.monotonic() - self.begun

    return Watch()
