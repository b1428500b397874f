"""Policy of cases: classification, kinds of exposure, and what exposures make of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Classification(StrEnum):
    CONFIRMED = "confirmed"  # 确诊病例
    ASYMPTOMATIC = "asymptomatic"  # 无症状感染者


class ExposureKind(StrEnum):
    HOUSEHOLD = "household"
    ROOM = "room"  # the same dormitory room
    INTERVIEW = "interview"  # named by the case
    VENUE = "venue"  # present at the same venue at the same time
    CONTACT = "contact"  # lives with a close contact


class ExposureState(StrEnum):
    CANDIDATE = "candidate"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


#: Which state may follow which; ``docs/states/exposure.md``.
STEPS: dict[ExposureState, frozenset[ExposureState]] = {
    ExposureState.CANDIDATE: frozenset({ExposureState.ASKED, ExposureState.CONFIRMED, ExposureState.DISMISSED}),
    ExposureState.ASKED: frozenset({ExposureState.CONFIRMED, ExposureState.DISMISSED}),
    ExposureState.CONFIRMED: frozenset({ExposureState.DISMISSED}),
    ExposureState.DISMISSED: frozenset({ExposureState.CONFIRMED}),
    ExposureState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Met:
    """One confirmed exposure as the rule sees it: the role the protocol gives it and its last day."""

    role: str
    rank: int
    day: date


def standing(met: Iterable[Met]) -> tuple[str, date] | None:
    """The strictest role among the exposures and the latest day of that role; None without any."""
    known = list(met)
    if not known:
        return None
    top = max(known, key=lambda one: one.rank).role
    return top, max(one.day for one in known if one.role == top)
