"""What a protocol file says of sensors at doors."""

from wangge.domains.protocol.reading import Section
from wangge.domains.protocol.rules_sensors import Sensors


def sensors(top: Section) -> Sensors | None:
    """Whether sensors may be fitted, where the edition speaks of it."""
    if top.absent("sensors"):
        return None
    section = top.section("sensors")
    found = Sensors(
        rule=section.text("rule"),
        clause=section.string("clause"),
        measures=section.strings("measures"),
        marks=section.marks("measures"),
    )
    section.done()
    return found
