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
    """A measure of the protocol and how many days it lasts (0: to the end of the day it begins).

    ``away``: it is not spent at home.
    """

    measure: str
    days: int
    away: bool = False


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
    away: bool = False


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
        stages.append(PlannedStage(part.measure, day, last, part.away))
        day = last + timedelta(days=1)
    return Plan(decides.role, decides.clause, tuple(stages))


class Turn(StrEnum):
    """What happens to a running order when another edition begins."""

    KEEP = "keep"  # it stays as it was decided, to its own end
    PROPOSE = "propose"  # the milder plan waits for an authority; without one the order ends when that plan does
    END = "end"  # the edition asks for nothing more: it ends that day, with the edition's clause


@dataclass(frozen=True, slots=True)
class Burden:
    """What still lies ahead of a person: the last day, and how many days of it away from home."""

    ends: date
    away_days: int


def burden(stages: Iterable[PlannedStage], today: date) -> Burden:
    """What these stages still ask from today on; there must be one."""
    known = list(stages)
    ahead = (one for one in known if one.away and one.last_day >= today)
    away = sum((one.last_day - max(one.first_day, today)).days + 1 for one in ahead)
    return Burden(max(one.last_day for one in known), away)


def turn(running: Burden, wanted: Burden | None, today: date) -> Turn:
    """The rule of a switch: shortened where the new edition is milder, never lengthened."""
    if wanted is None or wanted.ends < today:
        return Turn.END
    milder = wanted.ends <= running.ends and wanted.away_days <= running.away_days and wanted != running
    return Turn.PROPOSE if milder else Turn.KEEP
