"""What a protocol file says of things that are fixed to doors, units and gates."""

from wangge.domains.places.rules import DIVISIONS, Kind
from wangge.domains.protocol.reading import Section
from wangge.domains.protocol.rules_fixtures import ALLOWABLE, NUMBERS, Fixtures

PLACES = {one.value for one in Kind if one not in DIVISIONS}


def fixtures(top: Section) -> Fixtures:
    """The edition's own terms, or the standing ones where it is silent."""
    if top.absent("fixtures"):
        return Fixtures()
    section = top.section("fixtures")
    found = Fixtures(
        rule=section.text("rule"),
        clause=section.string("clause"),
        allowed={} if section.absent("allowed") else _allowed(section),
        check_hours=section.hours("check_hours"),
        removal_hours=section.hours("removal_hours"),
        walk_days=section.whole("walk_days"),
        marks=section.marks(*NUMBERS),
    )
    section.done()
    return found


def _allowed(section: Section) -> dict[str, tuple[str, ...]]:
    """The kinds of place for each thing; a chain is refused by name: no edition can allow one."""
    inner = section.section("allowed")
    found = {thing: inner.strings(thing) for thing in ALLOWABLE if not inner.absent(thing)}
    for thing, kinds in found.items():
        if wrong := sorted(set(kinds) - PLACES):
            raise inner.error(f"`{thing}` names {', '.join(wrong)}.", f"Name of these: {', '.join(sorted(PLACES))}.")
    inner.done()
    return found
