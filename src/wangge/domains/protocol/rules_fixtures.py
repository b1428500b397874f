"""What an edition says of things that are fixed to doors, units and gates: fences, seals. A chain is never allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wangge.domains.protocol.rules_words import Confidence, Text

#: What an edition may allow at all. Chains and parked cars do not give way from inside: they stand in no edition.
ALLOWABLE = ("seal", "fence", "other")
NUMBERS = ("allowed", "check_hours", "removal_hours", "walk_days")
RULE = Text(
    "出入口、楼门、单元门、安全出口和消防车通道不得封堵",
    "No entrance, unit door, emergency exit or fire lane may be blocked",
    "出入口、樓門、單元門、安全出口和消防車通道不得封堵",
)


@dataclass(frozen=True, slots=True)
class Fixtures:
    """``allowed``: for each thing the kinds of place where it may be fixed; nothing else may. ``check_hours``: within
    what time somebody who lives there has said that it opens from inside. ``removal_hours``: within what time it is
    gone once its ground is. ``walk_days``: how often exits, gates and fire lanes are walked; 0: not at all.

    Where an edition is silent nothing may be fixed, and the hours are our own setting.
    """

    rule: Text = RULE
    clause: str = "消防法·第二十八条"
    allowed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    check_hours: float = 24
    removal_hours: float = 24
    walk_days: int = 0
    marks: Mapping[str, Confidence] = field(default_factory=lambda: dict.fromkeys(NUMBERS, Confidence.LOW))
