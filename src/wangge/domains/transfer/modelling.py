"""The whole problem as variables and constraints: for the solver that looks for a plan, and for those that bound it.

A model is anything with ``new_int_var``, ``add`` and ``minimize``: CP-SAT's, or a linear one without whole numbers.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from wangge.domains.transfer.packing import Route
from wangge.domains.transfer.rules import Household, Problem, RoomKind, rooming, route_cost

MOST = 3  # compounds of which it is said how many buses call at one of them at least


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


def alike(problem: Problem, one: Household) -> Alike:
    """Households that are one to the solver: compound, class, size, rooms, needs. It decides how many of them."""
    rooms = rooming(one.members, problem.alone).rooms
    needs = tuple(sorted(need.value for need in one.needs))
    return one.compound, one.klass, len(one.members), tuple(rooms.get(kind, 0) for kind in RoomKind), needs


def grouped(problem: Problem) -> dict[Alike, list[Household]]:
    """The households by what they are to the solver."""
    groups: dict[Alike, list[Household]] = defaultdict(list)
    for one in problem.households:
        groups[alike(problem, one)].append(one)
    return groups


def hotels(model: Any, problem: Problem, groups: Mapping[Alike, list[Household]]) -> dict[tuple[str, Alike], Any]:
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


def buses(
    model: Any, ways: Sequence[Route], put: Mapping[tuple[str, Alike], Any], groups: Mapping[Alike, list[Household]],
    seats: int,
) -> list[Any]:  # fmt: skip
    """How many buses run each round: seats for whoever its compounds send to its hotel; and, which only tightens the
    bound, as many calls at a compound as its people need whatever the hotel."""
    people: dict[tuple[str, str], int] = defaultdict(int)
    for kind, alike in groups.items():
        people[kind[0], kind[1]] += kind[2] * len(alike)
    found, aboard = [], defaultdict[tuple[str, str, str], list[Any]](list)
    for way in ways:
        most = sum(people[one, way.klass] for one in way.compounds)
        bus = model.new_int_var(0, -(-most // seats) if len(way.compounds) > 1 else most, "")
        found.append(bus)
        some = [model.new_int_var(0, people[one, way.klass], "") for one in way.compounds]
        model.add(sum(some) <= seats * bus)
        for compound, number in zip(way.compounds, some, strict=True):  # nobody gets on where no bus calls
            if people[compound, way.klass] < seats:
                model.add(number <= people[compound, way.klass] * bus)
        for compound, number in zip(way.compounds, some, strict=True):
            aboard[way.hotel, compound, way.klass].append(number)
    for (hotel, compound, klass), numbers in aboard.items():
        mine = [kind[2] * one for (at, kind), one in put.items() if (at, *kind[:2]) == (hotel, compound, klass)]
        model.add(sum(numbers) == sum(mine))
    _enough(model, ways, people, found, seats)
    return found


def _enough(
    model: Any, ways: Sequence[Route], people: Mapping[tuple[str, str], int], buses: Sequence[Any], seats: int
) -> None:
    """For every one to ``MOST`` compounds of a class: buses that call there, as many as their people need. True of
    any plan; a solver that works with fractions of buses would not see it by itself."""
    for klass in sorted({key[1] for key in people}):
        there = sorted(compound for compound, one in people if one == klass)
        mine = [(frozenset(way.compounds), buses[at]) for at, way in enumerate(ways) if way.klass == klass]
        some = [frozenset(few) for size in range(1, MOST + 1) for few in combinations(there, size)]
        for few in (*some, frozenset(there)):
            needed = -(-sum(people[one, klass] for one in few) // seats)
            model.add(sum(bus for way, bus in mine if way & few) >= needed)
