"""Which facts make a code yellow or red, as an edition says it: a closed vocabulary, so that no file invents a ground.

A check-in is not among them: being somewhere never makes a colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from wangge.domains.protocol.rules_words import Confidence, Text


class Colour(StrEnum):
    """What a code can be. Only the last two have grounds; green is their absence."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class When(StrEnum):
    """The facts that may make a colour."""

    MEASURE = "measure"  # a confirmed order in force, in one of these measures today
    PROVISIONAL = "provisional"  # the protective step after a first screen
    TEST_OVERDUE = "test_overdue"  # a test of somebody's own that was not had; never one that was to come to the door
    STAY = "stay"  # an answer says: in a listed risk area
    VERDICT = "verdict"  # an authority above says so, with source and end


class Until(StrEnum):
    """When a colour ends by itself."""

    MEASURE_ENDS = "measure_ends"
    ORDER_ENDS = "order_ends"
    TEST_HAD = "test_had"
    DAYS = "days"
    VERDICT_ENDS = "verdict_ends"


#: Each ground has one natural end: another would outlive its reason.
ENDS: Mapping[When, Until] = {
    When.MEASURE: Until.MEASURE_ENDS,
    When.PROVISIONAL: Until.ORDER_ENDS,
    When.TEST_OVERDUE: Until.TEST_HAD,
    When.STAY: Until.DAYS,
    When.VERDICT: Until.VERDICT_ENDS,
}


@dataclass(frozen=True, slots=True)
class ColourRule:
    """One rule of an edition. ``of``: the measures it is about. ``days``: after the day it was said. ``grace``: how
    long after its deadline a test is not yet overdue, for a sample on its way is nobody's delay."""

    colour: Colour
    when: When
    until: Until
    clause: str
    quote: Text
    of: tuple[str, ...] = ()
    days: int = 0
    grace: timedelta = timedelta(0)
    marks: Mapping[str, Confidence] = field(default_factory=dict)
