"""Proposes a plan: joined without a solver, made better by CP-SAT part by part, then when; the bound from a search of
its own beside it.

A *route* is a hotel, one or two compounds and a class. The bound holds for every plan whose buses call at one or two
compounds. The rules check what comes out (``rules_faults``), whoever made it.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from wangge.domains.transfer.bounding import Bound
from wangge.domains.transfer.improving import improved
from wangge.domains.transfer.joining import joined
from wangge.domains.transfer.missing import Lack, Missing, missing
from wangge.domains.transfer.modelling import Alike, buses, grouped, hotels, routes
from wangge.domains.transfer.packing import WORKERS, Load, packed
from wangge.domains.transfer.rules import Household, Plan, Problem, plan_cost
from wangge.domains.transfer.timing import timed

SHARE = 0.45  # of the time for the whole problem at once, where joining found no plan


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan with what it costs, the bound for it, and how long it took (seconds); or what is missing.

    ``cost`` and ``bound`` are minutes of vehicles. ``first``: seconds until there was a plan at all.
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
    with Bound(problem, seconds) as bound:
        loads = joined(problem, _seats(problem)) or _solve(problem, seconds * SHARE)
        if loads is None:
            lack = Missing(Lack.COMBINED, sum(len(one.members) for one in problem.households))
            return Proposal(None, missing=(lack,), seconds=time.monotonic() - begun)
        first = time.monotonic() - begun
        loads = improved(problem, loads, _solve, begun + seconds, lambda cost: cost <= bound.value * (1 + good))
    plan = timed(problem, loads)
    return Proposal(plan, plan_cost(problem, plan), bound.value, time.monotonic() - begun, first)


def _seats(problem: Problem) -> int:
    """The seats that a round is planned with: those of the vehicle most of the fleet is no smaller than."""
    fleet = sorted((one.seats for one in problem.vehicles), reverse=True)
    most = max(len(one.members) for one in problem.households)
    return max(fleet[len(fleet) // 2], most)


def _solve(problem: Problem, seconds: float) -> list[Load] | None:
    """None where there is no answer in time. The people of a compound are spread over rounds here; families are put
    together in ``packing``."""
    from ortools.sat.python import cp_model  # 80 MB: only where a plan is made

    ways, groups, seats = routes(problem), grouped(problem), _seats(problem)
    model = cp_model.CpModel()
    to_hotel = hotels(model, problem, groups)
    running = buses(model, ways, to_hotel, groups, seats)
    model.minimize(sum(way.cost * running[at] for at, way in enumerate(ways)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(seconds, 0.2)
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    sent = _sent(groups, {key: solver.value(one) for key, one in to_hotel.items()})
    rounds = [way for at, way in enumerate(ways) for _bus in range(solver.value(running[at]))]
    return packed(problem, sent, rounds, seats)


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
