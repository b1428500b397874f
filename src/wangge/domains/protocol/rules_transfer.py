"""What an edition, and the law of the road it names, say of taking people away from home."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wangge.domains.protocol.rules_words import Confidence, Text


@dataclass(frozen=True, slots=True)
class Transfer:
    """Times are minutes. ``alone_under``: who is younger shares a room with somebody named; ``alone``: so does whoever
    has one of these needs. ``night_from`` to ``night_to``: hours in which no coach is under way. ``drive``: the longest
    time at the wheel until a pause of ``rest``; ``day``: the longest in 24 hours. ``outdoors``: the longest wait in the
    open for somebody frail; ``meal`` and ``toilet``: the longest without one; ``relief``: whoever waits in protective
    clothing is relieved after it; ``late``: from this lateness on a vehicle is said to be late. ``behind``: what and
    who may stay behind, asked before anybody leaves.
    """

    rule: Text
    alone_clause: str
    alone_under: int
    alone: tuple[str, ...]
    road_clause: str
    night_from: int
    night_to: int
    drive: int
    rest: int
    day: int
    care_clause: str
    outdoors: int
    meal: int
    toilet: int
    relief: int
    late: int
    behind: tuple[str, ...]
    marks: Mapping[str, Confidence] = field(default_factory=dict)
