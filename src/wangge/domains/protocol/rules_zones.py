"""What holds in a zone (封控区, 管控区 …) and when it is over, as an edition says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wangge.domains.protocol.rules_words import Confidence, Text


class ReleaseWhen(StrEnum):
    """What has to be true before a zone is released."""

    NO_NEW_INFECTION = "no_new_infection"  # for so many days
    LAST_CONTACT_NEGATIVE = "last_contact_negative"  # so many days after the last exposure
    FULL_ROUND_NEGATIVE = "full_round_negative"  # everybody, within so many days before, or from a day on


@dataclass(frozen=True, slots=True)
class ReleaseCondition:
    """One condition. ``days``: without an infection, or after the last exposure of whoever has ``role``, or how old the
    round may be. ``from_day``: the round counts from this day after the last infection on."""

    when: ReleaseWhen
    days: int = 0
    role: str = ""
    from_day: int = 0


@dataclass(frozen=True, slots=True)
class ZoneRule:
    """``rank``: of two levels at one place the higher holds. ``care_hours``: how soon every household of which it is
    not known has been asked what it needs (0: nobody is asked). ``stepped_all_of``: instead of ``release_all_of`` where
    a stricter zone became this one (第九版: 高风险区 → 中风险区 → after 3 more days 低风险区)."""

    rank: int
    goes_out: Text
    served: Text
    care_hours: float = 0
    release_all_of: tuple[ReleaseCondition, ...] = ()
    stepped_all_of: tuple[ReleaseCondition, ...] = ()
    marks: Mapping[str, Confidence] = field(default_factory=dict)

    def conditions(self, *, stepped: bool) -> tuple[ReleaseCondition, ...]:
        """What has to be true before it is over. ``stepped``: it was a stricter zone before."""
        return self.stepped_all_of if stepped and self.stepped_all_of else self.release_all_of
