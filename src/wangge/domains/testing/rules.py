"""Policy of testing: what a result can be and what makes one impossible."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Purpose(StrEnum):
    SCREEN = "screen"  # 初筛
    RETEST = "retest"  # 复核
    ROUTINE = "routine"  # a test on a protocol day


class Value(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"
    INVALID = "invalid"


OLDEST = timedelta(days=60)  # a specimen older than this is a mistyped date
SLACK = timedelta(minutes=5)  # clocks of laboratories run fast by this much at most


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something cannot be taken: a code of ``words.py`` and the field it is about."""

    code: str
    field: str


def times_refusal(collected_at: datetime, reported_at: datetime, now: datetime) -> Refusal | None:
    """The first thing wrong with a result's times; all instants aware."""
    if collected_at > now + SLACK:
        return Refusal("collected_in_future", "collected_at")
    if reported_at > now + SLACK:
        return Refusal("reported_in_future", "reported_at")
    if collected_at < now - OLDEST:
        return Refusal("collected_too_long_ago", "collected_at")
    if reported_at < collected_at:
        return Refusal("reported_before_collected", "reported_at")
    return None
