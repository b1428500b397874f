"""Daily reports of people whose measure is spent at home, as an edition says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wangge.domains.protocol.rules_words import Confidence, Text


@dataclass(frozen=True, slots=True)
class ReportSlot:
    """One report of a day: the civil hours at which it opens and by which it is expected."""

    key: str
    opens: int
    due: int


@dataclass(frozen=True, slots=True)
class Monitoring:
    """How often people report, what a bad reading is, and when silence becomes a call and a knock.

    ``fever`` and ``cold`` in tenths of a degree Celsius: from the one on, or down to the other. ``frail_age`` in years.
    ``medicine_days``: fewer days left than these, and medicine is brought.
    """

    rule: Text
    clause: str
    quote: Text
    slots: tuple[ReportSlot, ...]
    fever: int
    cold: int
    call_after_misses: int
    knock_after_misses: int
    call_within_hours: float
    knock_within_hours: float
    doctor_within_hours: float
    frail_age: int
    medicine_days: int
    marks: Mapping[str, Confidence] = field(default_factory=dict)

    @property
    def reports_a_day(self) -> int:
        return len(self.slots)
