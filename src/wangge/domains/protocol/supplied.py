"""What a protocol file says of supplies."""

from wangge.domains.protocol.reading import Section
from wangge.domains.protocol.rules_supplies import NUMBERS, Supplies


def supplies(top: Section) -> Supplies:
    """The edition's own terms, or the standing ones where it is silent."""
    if top.absent("supplies"):
        return Supplies()
    section = top.section("supplies")
    found = Supplies(
        rule=section.text("rule"),
        clause=section.string("clause"),
        low_days=section.whole("low_days"),
        look_days=section.whole("look_days"),
        expiry_days=section.whole("expiry_days"),
        answer_hours=section.hours("answer_hours"),
        marks=section.marks(*NUMBERS),
    )
    section.done()
    return found
