"""Policy of changes to an order in force: made by the authority, with a document and a cause, never by itself.

Longer only where the reasons that stand ask for it: then the plan that the rule proposed is confirmed. Shorter,
elsewhere or ended: the authority may, for it harms rights less (传染病防治法: the measure that harms rights least).
"""

from datetime import date, datetime
from enum import StrEnum


class Change(StrEnum):
    EXTENDED = "extended"
    SHORTENED = "shortened"
    MOVED = "moved"
    ENDED = "ended"


class Cause(StrEnum):
    """Why an authority changes an order. Being longer has its own: the reason that the rule found."""

    REASON = "reason"  # a later reason, with the protocol's clause
    MEDICAL = "medical"  # a doctor advises it
    CARE = "care"  # somebody depends on the person, or the person on somebody
    HOME = "home"  # the home does not serve: no room, no water, alone
    RISK_OVER = "risk_over"  # what was feared is over
    MISTAKEN = "mistaken"  # what it rested on was wrong


#: Which causes each change may have; ``docs/states/order.md``.
CAUSES: dict[Change, tuple[Cause, ...]] = {
    Change.EXTENDED: (Cause.REASON,),
    Change.SHORTENED: (Cause.MEDICAL, Cause.CARE, Cause.RISK_OVER, Cause.MISTAKEN),
    Change.MOVED: (Cause.MEDICAL, Cause.CARE, Cause.HOME),
    Change.ENDED: (Cause.MEDICAL, Cause.CARE, Cause.RISK_OVER, Cause.MISTAKEN),
}


def shortening_refusal(*, first: date, last: date, today: date, wanted: date) -> str:
    """The code of what is wrong with a new last day; '' where it may be."""
    if wanted < first:
        return "change_before_begin"
    if wanted < today:
        return "change_in_past"
    if wanted >= last:
        return "change_not_shorter"
    return ""


def extending_refusal(ends: datetime, planned: datetime | None) -> str:
    """Longer only where a plan waits that the rule made from the reasons that stand, and that ends later."""
    return "" if planned is not None and planned > ends else "change_no_reason"
