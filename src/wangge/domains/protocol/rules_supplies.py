"""Supplies by place, as an edition says them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wangge.domains.protocol.rules_words import Confidence, Text

ENOUGH = Text(
    "防护和生活物资按可用天数预警，不足时上级主动调配", "Stock is told by the days it lasts; the level above acts first"
)
NUMBERS = ("low_days", "look_days", "expiry_days", "answer_hours")


@dataclass(frozen=True, slots=True)
class Supplies:
    """``low_days``: with fewer days left the level above has to answer; ``look_days``: over how many days use is looked
    at; ``expiry_days``: so long before a lot expires it is said; ``answer_hours``: how long one level may take.

    Where an edition is silent these are our own settings.
    """

    rule: Text = ENOUGH
    clause: str = "-"
    low_days: int = 3
    look_days: int = 7
    expiry_days: int = 30
    answer_hours: float = 4
    marks: Mapping[str, Confidence] = field(default_factory=lambda: dict.fromkeys(NUMBERS, Confidence.LOW))
