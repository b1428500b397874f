"""Policy of release (解除隔离): what has to be so before a doctor signs and the authority confirms.

The protocol's days and tests decide; whoever signs adds nothing to them. Without anybody's sign the order still ends at
its term (docs/adr/0027).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Condition(StrEnum):
    TERM = "term"  # the last day of the term has come
    TESTS = "tests"  # the tests of the protocol's last test day are there and negative
    NOTHING_NEWER = "newer"  # no later reason waits for the authority


class Met(StrEnum):
    MET = "met"
    WAITS = "waits"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class LastTest:
    """The protocol's last test day: how many samples it asks for, and what came of those taken from that day on."""

    day: date
    asked: int
    negative: int
    positive: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A condition, its state, and the evidence: the day it is about, and how many of how many."""

    condition: Condition
    state: Met
    day: date | None = None
    had: int = 0
    asked: int = 0


def conditions(*, today: date, last: date, test: LastTest | None, newer: int) -> tuple[Checked, ...]:
    """Every condition with its state. ``test`` None: the protocol asks for none of this role."""
    found = [Checked(Condition.TERM, Met.MET if today >= last else Met.WAITS, last)]
    if test is not None:
        found.append(Checked(Condition.TESTS, _tested(test), test.day, test.negative, test.asked))
    found.append(Checked(Condition.NOTHING_NEWER, Met.AGAINST if newer else Met.MET))
    return tuple(found)


def _tested(test: LastTest) -> Met:
    if test.positive:
        return Met.AGAINST
    return Met.MET if test.negative >= test.asked else Met.WAITS


def ready(checked: Sequence[Checked]) -> bool:
    """Whether a doctor may sign and the authority confirm."""
    return bool(checked) and all(one.state is Met.MET for one in checked)
