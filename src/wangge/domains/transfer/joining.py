"""A first plan without a solver: households apart, then joined two by two where it saves most (Clarke and Wright).

It is there at once, on however busy a machine; what the solver finds afterwards begins from it.
"""

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping

from wangge.domains.transfer.packing import Load
from wangge.domains.transfer.rules import Household, Problem, RoomKind, rooming, route_cost

STOPS = 2  # compounds a round calls at


class _Rooms:
    """What is free at each hotel as loads are given to it."""

    def __init__(self, problem: Problem) -> None:
        self.hotels = {one.key: one for one in problem.hotels}
        self.taken: dict[str, Counter[RoomKind]] = {key: Counter() for key in self.hotels}
        self.wants = {one.key: Counter(rooming(one.members, problem.alone).rooms) for one in problem.households}

    def fits(self, hotel: str, load: Load) -> bool:
        """Whether a load may go there, beside all that goes there already."""
        if not all(self.hotels[hotel].serves(one) for one in load.households):
            return False
        wanted = self.taken[hotel].copy()
        for one in load.households:
            wanted.update(self.wants[one.key])
        return not self.hotels[hotel].over(wanted)

    def take(self, load: Load) -> None:
        for one in load.households:
            self.taken[load.hotel].update(self.wants[one.key])

    def leave(self, load: Load) -> None:
        for one in load.households:
            self.taken[load.hotel].subtract(self.wants[one.key])


def joined(problem: Problem, seats: int) -> list[Load] | None:
    """Loads that hold before the rules; None where some household found no room this way: the solver may still."""
    rooms = _Rooms(problem)
    loads: dict[int, Load] = {}
    for number, one in enumerate(_hardest(problem, rooms)):
        alone = Load("", (one.compound,), (one,))
        if (load := _nearest(problem, rooms, alone)) is None:
            return None
        rooms.take(load)
        loads[number] = load
    _join(problem, rooms, loads, seats)
    return list(loads.values())


def _hardest(problem: Problem, rooms: _Rooms) -> list[Household]:
    """Whoever has the fewest hotels to go to comes first, then whoever takes the most rooms."""

    def hardness(one: Household) -> tuple[int, int, str]:
        open_to = sum(hotel.serves(one) for hotel in problem.hotels)
        return open_to, -sum(rooms.wants[one.key].values()), one.key

    return sorted(problem.households, key=hardness)


def _ways(load: Load) -> tuple[tuple[str, ...], ...]:
    return (load.compounds, load.compounds[::-1]) if len(load.compounds) > 1 else (load.compounds,)


def _nearest(problem: Problem, rooms: _Rooms, load: Load) -> Load | None:
    """The load on the cheapest round to a hotel with room; the load's own rooms must have been left before."""
    rounds = sorted(
        (route_cost(problem, way, hotel), hotel, way) for hotel in rooms.hotels for way in _ways(load)
    )  # fmt: skip
    for _cost, hotel, way in rounds:
        if rooms.fits(hotel, load):
            return Load(hotel, way, load.households)
    return None


def _join(problem: Problem, rooms: _Rooms, loads: dict[int, Load], seats: int) -> None:
    """Join the two loads that save most until nothing is saved. What a pair saves is worked out again when its turn
    comes: rooms may have gone meanwhile."""
    heap = [one for number in loads for one in _pairs(problem, loads, number, seats) if one[1] == number]
    heapq.heapify(heap)
    following = len(loads)
    while heap:
        saves, one, other = heapq.heappop(heap)
        if one not in loads or other not in loads:
            continue
        both = [loads[one], loads[other]]
        for load in both:
            rooms.leave(load)
        made = _nearest(problem, rooms, _union(both[0], both[1]))
        saved = sum(_cost(problem, load) for load in both) - _cost(problem, made) if made else 0
        if made is None or saved <= 0 or saved < -saves:
            for load in both:
                rooms.take(load)
            if saved > 0:
                heapq.heappush(heap, (-saved, one, other))
            continue
        rooms.take(made)
        del loads[one], loads[other]
        loads[following] = made
        for pair in _pairs(problem, loads, following, seats):
            heapq.heappush(heap, pair)
        following += 1


def _cost(problem: Problem, load: Load) -> int:
    return route_cost(problem, load.compounds, load.hotel)


def _union(one: Load, other: Load) -> Load:
    compounds = tuple(dict.fromkeys((*one.compounds, *other.compounds)))
    return Load("", compounds, (*one.households, *other.households))


def _pairs(problem: Problem, loads: Mapping[int, Load], number: int, seats: int) -> Iterator[tuple[int, int, int]]:
    """What joining a load to each other one would save at most, were there room anywhere; negative, for a heap."""
    mine = loads[number]
    for key, other in loads.items():
        if key == number or mine.people + other.people > seats:
            continue
        if other.households[0].klass != mine.households[0].klass:
            continue
        both = _union(mine, other)
        if len(both.compounds) > STOPS:
            continue
        least = min(route_cost(problem, way, one.key) for one in problem.hotels for way in _ways(both))
        saves = _cost(problem, mine) + _cost(problem, other) - least
        if saves > 0:
            yield -saves, min(number, key), max(number, key)
