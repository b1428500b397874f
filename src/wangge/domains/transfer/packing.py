"""From rounds to vehicles: who of those sent to a hotel sits in which bus, so that nobody's family is split."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wangge.domains.transfer.rules import Household, Problem, route_cost

WORKERS = 1  # the machine of an office has two cores; the other one raises the bound
SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Route:
    """A round: a hotel, the compounds in the order in which they are called at, and the class on board."""

    hotel: str
    compounds: tuple[str, ...]
    klass: str
    cost: int


@dataclass(frozen=True, slots=True)
class Load:
    """Households that go one round together: the hotel and the compounds in the order in which they are called at."""

    hotel: str
    compounds: tuple[str, ...]
    households: tuple[Household, ...]

    @property
    def people(self) -> int:
        return sum(len(one.members) for one in self.households)

    @property
    def ready(self) -> int:
        return max((one.ready for one in self.households), default=0)


def packed(
    problem: Problem, sent: Mapping[tuple[str, str], list[Household]], rounds: Sequence[Route], seats: int
) -> list[Load]:
    """The loads of all buses. Where families do not fit into the rounds, one more is made over their compound."""
    by_hotel: dict[tuple[str, str], list[Route]] = defaultdict(list)
    for one in rounds:
        by_hotel[one.hotel, one.klass].append(one)
    return [
        load
        for key, households in sorted(sent.items())
        if households
        for load in _packed(problem, households, by_hotel[key] + _further(problem, households, key, seats), seats)
    ]


def _further(problem: Problem, households: list[Household], key: tuple[str, str], seats: int) -> list[Route]:
    """Rounds that may be added: over each compound alone, as many as its people could ever fill."""
    hotel, klass = key
    people: dict[str, int] = defaultdict(int)
    for one in households:
        people[one.compound] += len(one.members)
    return [
        Route(hotel, (compound,), klass, route_cost(problem, (compound,), hotel))
        for compound, number in sorted(people.items())
        for _bus in range(1 + 2 * number // seats)
    ]


def _packed(problem: Problem, households: list[Household], buses: list[Route], seats: int) -> list[Load]:
    """The cheapest of these buses into which all fit; those that can leave early are put together where it costs
    nothing."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    used = [model.new_bool_var("") for _bus in buses]
    sits = {
        (at, number): model.new_bool_var("")
        for at, bus in enumerate(buses)
        for number, one in enumerate(households)
        if one.compound in bus.compounds
    }
    for number in range(len(households)):
        model.add_exactly_one(sits[at, number] for at in range(len(buses)) if (at, number) in sits)
    for at in range(len(buses)):
        mine = [len(households[n].members) * one for (bus, n), one in sits.items() if bus == at]
        model.add(sum(mine) <= seats * used[at])
        if at and buses[at] == buses[at - 1]:
            model.add(used[at] <= used[at - 1])
    model.minimize(sum(bus.cost * used[at] for at, bus in enumerate(buses)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = SECONDS, WORKERS
    solver.parameters.random_seed = 1
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return _one_by_one(households, buses[0].hotel, seats)
    found = []
    for at, bus in enumerate(buses):
        aboard = [one for n, one in enumerate(households) if (at, n) in sits and solver.value(sits[at, n])]
        if aboard:
            found.append(_load(bus.hotel, bus.compounds, aboard))
    return found


def _one_by_one(households: list[Household], hotel: str, seats: int) -> list[Load]:
    """Best fit, compound by compound: where the solver had no time for better."""
    buses: list[list[Household]] = []
    for one in sorted(households, key=lambda one: (one.compound, -len(one.members), one.key)):
        fitting = [
            some for some in buses
            if some[0].compound == one.compound and sum(len(each.members) for each in (*some, one)) <= seats
        ]  # fmt: skip
        if fitting:
            max(fitting, key=lambda some: sum(len(each.members) for each in some)).append(one)
        else:
            buses.append([one])
    return [_load(hotel, (some[0].compound,), some) for some in buses]


def _load(hotel: str, compounds: tuple[str, ...], households: list[Household]) -> Load:
    """A load that calls only where somebody gets on."""
    there = {one.compound for one in households}
    return Load(hotel, tuple(one for one in compounds if one in there), tuple(households))
