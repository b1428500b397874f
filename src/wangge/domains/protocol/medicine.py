"""What a protocol file says of medicine."""

from wangge.domains.protocol.reading import Section
from wangge.domains.protocol.rules_medicine import NUMBERS, PARTS, Medicine


def medicine(top: Section) -> Medicine:
    """The edition's own terms, or the standing ones where it is silent."""
    if top.absent("medicine"):
        return Medicine()
    section = top.section("medicine")
    found = Medicine(
        rule=section.text("rule"),
        clause=section.string("clause"),
        margin=section.hours("margin_hours"),
        urgent=section.hours("urgent_hours"),
        soonest=section.hours("soonest_hours"),
        hold=_hold(section),
        marks=section.marks(*NUMBERS),
    )
    section.done()
    return found


def _hold(section: Section) -> dict[str, float]:
    """How long each part of the path may stay in one hand."""
    inner = section.section("hold_hours")
    found = {part: inner.hours(part) for part in PARTS}
    inner.done()
    return found
