"""Medicine for people who cannot fetch it, as an edition says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wangge.domains.protocol.rules_words import Confidence, Text

FIRST = Text("药品按剩余天数排序，先断药的先送", "Medicine by the days left: who runs out first is first")
NUMBERS = ("margin_hours", "urgent_hours", "soonest_hours", "hold_hours")
#: The parts of the path that somebody has in hand.
PARTS = ("taken", "placed", "buying", "bought", "on_way", "delivered", "not_received")


@dataclass(frozen=True, slots=True)
class Medicine:
    """All in hours. ``margin``: so long before the last dose it must be there; ``urgent``: with less left it goes up a
    level by itself; ``soonest``: the least time anybody is given; ``hold``: how long each part may stay in one hand.

    Where an edition is silent these are our own settings: nobody's medicine waits for an edition.
    """

    rule: Text = FIRST
    clause: str = "-"
    margin: float = 24
    urgent: float = 48
    soonest: float = 6
    hold: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(PARTS, 4.0) | {"delivered": 24.0})
    marks: Mapping[str, Confidence] = field(default_factory=lambda: dict.fromkeys(NUMBERS, Confidence.LOW))
