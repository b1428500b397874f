"""300 deliveries to 10 volunteers, planned in ten seconds, beside what the same solver finds in 120: within 3 %."""

import sys
from statistics import median

from bench.errands import SEEDS, instance
from bench.measure import Outcome
from bench.stand import Stand
from wangge.domains.medicine.errands import MISSED, Plan, plan

OURS, LIMIT, MOST = 10, 120, 1.03


def outcomes(stand: Stand) -> list[Outcome]:
    """One for each instance (its number is its seed): costs are seconds of walking, not time."""
    seconds, limit = (1, 3) if stand.quick else (OURS, LIMIT)
    found = []
    for seed in SEEDS:
        drawn = instance(seed)
        ours = [plan(drawn.start, drawn.stops, drawn.carriers, seconds=seconds, seed=number) for number in (1, 2, 3)]
        best = plan(drawn.start, drawn.stops, drawn.carriers, seconds=limit, seed=1)
        found.append(_outcome(f"errands {seed}", stand.vendor, ours, best))
        print(f"{stand.vendor}: errands {seed}: {[one.cost for one in ours]}, {best.cost}", file=sys.stderr, flush=True)
    return found


def _outcome(name: str, database: str, ours: list[Plan], best: Plan) -> Outcome:
    costs = [float(one.cost) for one in ours]
    reached = max(costs) <= MOST * best.cost and best.cost < MISSED
    return Outcome(
        name, database, median(costs), min(costs), max(costs), float(best.cost), f"all ≤ {MOST:g} x", reached, "walked"
    )
