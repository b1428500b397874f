"""A plan made better: some loads are taken apart, their households solved anew with the rooms that are left, and the
new loads kept where they cost less. Small problems are solved to the end where the whole would take minutes."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from wangge.domains.transfer.packing import Load
from wangge.domains.transfer.rules import Problem, RoomKind, rooming, route_cost

Solve = Callable[[Problem, float], list[Load] | None]
AT_ONCE = (3, 4, 5, 4, 6)  # loads taken apart: few are solved at once also on a busy machine
SLICE = 2.0  # seconds for one of these at most


def improved(
    problem: Problem, loads: Sequence[Load], solve: Solve, until: float, enough: Callable[[int], bool]
) -> list[Load]:
    """Loads that cost no more than the given ones; ``until`` by the monotonic clock, or once their cost is ``enough``.
    The same seed each time: how far it comes depends on the machine alone."""
    chance, best, turn = random.Random(1), list(loads), 0  # noqa: S311 — a choice of loads, no secret
    while time.monotonic() < until - 0.5 and len(best) > 1 and not enough(cost(problem, best)):
        some = _near(problem, best, chance, min(AT_ONCE[turn % len(AT_ONCE)], len(best)))
        rest = [one for one in best if one not in some]
        part = _part(problem, some, rest)
        anew = solve(part, min(SLICE, until - time.monotonic()))
        if anew is not None and cost(problem, anew) <= cost(problem, some):
            best = rest + anew
        turn += 1
    return best


def cost(problem: Problem, loads: Sequence[Load]) -> int:
    """Minutes of vehicles that some loads take."""
    return sum(route_cost(problem, one.compounds, one.hotel) for one in loads)


def _near(problem: Problem, loads: list[Load], chance: random.Random, number: int) -> list[Load]:
    """A load and those nearest to it, of its class or bound for its hotel: only these can exchange anybody."""
    first = chance.choice(loads)
    klass, start = first.households[0].klass, first.compounds[0]

    def away(one: Load) -> float:
        other_class = one.households[0].klass != klass
        near = min(problem.drive(start, compound) for compound in one.compounds)
        return near * chance.uniform(0.6, 1.4) + (40 if other_class and one.hotel != first.hotel else 15 * other_class)

    return sorted(loads, key=lambda one: -1.0 if one is first else away(one))[:number]


def _part(problem: Problem, some: Sequence[Load], rest: Sequence[Load]) -> Problem:
    """The households of these loads alone, with the rooms that the others leave."""
    taken: dict[str, Counter[RoomKind]] = {one.key: Counter() for one in problem.hotels}
    for load in rest:
        for household in load.households:
            taken[load.hotel].update(rooming(household.members, problem.alone).rooms)
    hotels = []
    for one in problem.hotels:
        used = taken[one.key]
        left = {kind: one.rooms.get(kind, 0) - used[kind] for kind in RoomKind}
        if left[RoomKind.SINGLE] < 0:  # people alone in larger rooms: taken from the family rooms first
            over, left[RoomKind.SINGLE] = -left[RoomKind.SINGLE], 0
            family = min(over, left[RoomKind.FAMILY])
            left[RoomKind.FAMILY] -= family
            left[RoomKind.ACCESSIBLE] -= over - family
        hotels.append(replace(one, rooms=left))
    households = tuple(one for load in some for one in load.households)
    return replace(problem, households=households, hotels=tuple(hotels))
