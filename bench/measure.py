"""Measuring two things in turn: ours and the limit, interleaved, medians, one verdict."""

import json
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

Work = Callable[[], object]


def nothing() -> None:
    """A limit that is not measured, or a step that is not needed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Something of ours beside the limit for the same job.

    ``before`` runs untimed ahead of each of the two. Each round calls ``ours`` and ``limit`` once, the first of the
    two changing from round to round. ``most_ms`` and ``most_ratio`` are the targets; without a ``limit`` there is
    no ratio.
    """

    name: str
    ours: Work
    limit: Work | None = None
    most_ms: float | None = None
    most_ratio: float | None = None
    rounds: int = 15
    warm: int = 2
    before: Work = nothing


@dataclass(frozen=True, slots=True)
class Outcome:
    """Medians in milliseconds, with the fastest and slowest round of ours; or counts, where ``unit`` says so."""

    name: str
    database: str
    ours: float
    fastest: float
    slowest: float
    limit: float | None
    target: str
    reached: bool
    unit: str = "ms"

    @property
    def ratio(self) -> float | None:
        return self.ours / self.limit if self.limit else None


def milliseconds(work: Work) -> float:
    """How long a call takes by the wall clock."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def measure(pair: Pair, database: str) -> Outcome:
    """Run a pair's rounds."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(pair.warm + pair.rounds):
        for is_ours in (True, False) if number % 2 else (False, True):
            work = pair.ours if is_ours else pair.limit
            if work:
                pair.before()
                took = milliseconds(work)
                if number >= pair.warm:
                    times[is_ours].append(took)
    return _outcome(pair, database, times[True], times[False])


def _outcome(pair: Pair, database: str, ours: list[float], limit: list[float]) -> Outcome:
    median, bound = statistics.median(ours), statistics.median(limit) if limit else None
    targets, reached = [], True
    if pair.most_ratio is not None and bound:
        targets.append(f"≤ {pair.most_ratio:g} x")
        reached &= median <= pair.most_ratio * bound
    if pair.most_ms is not None:
        targets.append(f"< {pair.most_ms:g} ms")
        reached &= median < pair.most_ms
    return Outcome(pair.name, database, median, min(ours), max(ours), bound, ", ".join(targets), reached)


def dump(outcomes: Iterable[Outcome]) -> str:
    """Outcomes as text, from the process that measured to the one that prints."""
    return json.dumps([asdict(one) for one in outcomes])


def load(text: str) -> list[Outcome]:
    """The inverse of ``dump``."""
    rows: list[dict[str, Any]] = json.loads(text)
    return [Outcome(**row) for row in rows]


def table(outcomes: Iterable[Outcome]) -> str:
    """One line for each outcome: ours, limit, ratio, target, verdict."""
    line = "{:<30} {:<11} {:>10} {:>15} {:>10} {:>7}  {:<18} {}"
    lines = [line.format("benchmark", "database", "ours ms", "(min–max)", "limit ms", "ratio", "target", "verdict")]
    for one in outcomes:
        limit = f"{one.limit:.1f}" if one.limit else "–"
        ratio = f"{one.ratio:.2f}" if one.ratio else "–"
        name = one.name if one.unit == "ms" else f"{one.name} ({one.unit})"
        spread, verdict = f"{one.fastest:.1f}–{one.slowest:.1f}", "reached" if one.reached else "MISSED"
        lines.append(line.format(name, one.database, f"{one.ours:.1f}", spread, limit, ratio, one.target, verdict))
    return "\n".join(lines)
