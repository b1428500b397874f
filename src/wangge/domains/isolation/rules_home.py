"""Policy of an isolation at home: who signs for a paper, who the five are, which day of how many it is."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

ADULT = 18  # 民法典 art. 17-19, 27: for somebody younger a guardian signs


class Paper(StrEnum):
    """What is handed over."""

    ORDER = "order"  # 隔离通知书
    RELEASE = "release"  # 解除隔离通知书


class Signed(StrEnum):
    """What stands under the promise. To refuse is allowed: it is noted, and nothing follows by itself."""

    SIGNED = "signed"
    GUARDIAN = "guardian"
    REFUSED = "refused"


class Helper(StrEnum):
    """The five responsible for a home in isolation (五包一)."""

    COMMUNITY = "community"
    GRID_WORKER = "grid_worker"
    DOCTOR = "doctor"
    POLICE = "police"
    VOLUNTEER = "volunteer"


#: They hold no post here: the community types a name and a number.
TYPED = (Helper.POLICE, Helper.VOLUNTEER)


def signing_refusal(signed: Signed, age: int | None, guardian: str) -> str:
    """The code of what is wrong with a signature; '' where it stands. ``age`` None: not known, then people decide."""
    if signed is Signed.SIGNED and age is not None and age < ADULT:
        return "minor_needs_guardian"
    if signed is Signed.GUARDIAN and not guardian:
        return "guardian_missing"
    return ""


def handing_refusal(at: datetime, now: datetime, begins: datetime | None, ends: datetime | None) -> str:
    """The code of what is wrong with the hour of a hand-over. ``begins``: when there was such a paper at all."""
    if at > now:
        return "handed_in_future"
    if begins is None or at < begins:
        return "handed_before_paper"
    if ends is not None and at > ends:
        return "handed_after_end"
    return ""


@dataclass(frozen=True, slots=True)
class Term:
    """Which day of how many it is; ``day`` 0 before the first one."""

    day: int
    days: int
    last: date

    @property
    def left(self) -> int:
        return self.days - self.day


def term(first: date, last: date, today: date) -> Term:
    """The protocol's day: the first day of the first measure is day 1; after the last day it stays the last."""
    days = (last - first).days + 1
    return Term(min(max((today - first).days + 1, 0), days), days, last)
