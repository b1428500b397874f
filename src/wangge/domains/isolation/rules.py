"""Policy of orders: from all reasons of one person to one plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class OrderState(StrEnum):
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


#: Which state may follow which; ``docs/states/order.md``.
STEPS: dict[OrderState, frozenset[OrderState]] = {
    OrderState.PROPOSED: frozenset({OrderState.IN_FORCE, OrderState.WITHDRAWN, OrderState.SUPERSEDED}),
    OrderState.IN_FORCE: frozenset({OrderState.ENDED, OrderState.WITHDRAWN, OrderState.SUPERSEDED}),
    OrderState.SUPERSEDED: frozenset(),
    OrderState.ENDED: frozenset(),
    OrderState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A measure of the protocol and how many days it lasts (0: to the end of the day it begins)."""

    measure: str
    days: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason as the rule sees it: what the protocol asks of this role, counted from ``since``."""

    role: str
    rank: int
    since: date
    first_day: int
    parts: tuple[Part, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class PlannedStage:
    measure: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Plan:
    """The one plan for all reasons: the strictest role decides, counted from its latest day."""

    role: str
    clause: str
    stages: tuple[PlannedStage, ...]


def plan(reasons: Iterable[Reason]) -> Plan | None:
    """The plan that serves every reason; None without any."""
    known: Sequence[Reason] = sorted(reasons, key=lambda reason: (reason.rank, reason.since))
    if not known:
        return None
    decides = known[-1]
    day = decides.since + timedelta(days=decides.first_day)
    stages = []
    for part in decides.parts:
        last = day + timedelta(days=max(part.days, 1) - 1)
        stages.append(PlannedStage(part.measure, day, last))
        day = last + timedelta(days=1)
    return Plan(decides.role, decides.clause, tuple(stages))
