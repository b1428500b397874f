"""What a protocol file says of taking people to a place of isolation."""

from wangge.domains.protocol.reading import Section
from wangge.domains.protocol.rules_transfer import Transfer

#: What somebody may need where they are taken.
NEEDS = ("dialysis", "pregnant", "infant", "wheelchair", "severe", "care")
#: What and who may stay behind (留守人员与物品).
BEHIND = ("child", "elder", "pet", "stove", "medicine", "card")
_MINUTES = ("drive", "rest", "day", "outdoors", "meal", "toilet", "relief", "late")


def transfer(top: Section) -> Transfer | None:
    """What holds on the way, where the edition takes anybody away from home."""
    if top.absent("transfer"):
        return None
    section = top.section("transfer")
    numbers = {name: section.whole(name) for name in _MINUTES}
    found = Transfer(
        rule=section.text("rule"),
        alone_clause=section.string("alone_clause"),
        alone_under=section.whole("alone_under"),
        alone=_some(section, "alone", NEEDS),
        road_clause=section.string("road_clause"),
        night_from=_hour(section, "night_from"),
        night_to=_hour(section, "night_to"),
        care_clause=section.string("care_clause"),
        behind=_some(section, "behind", BEHIND),
        marks=section.marks("alone_under", "night_from", "night_to", *_MINUTES),
        **numbers,
    )
    section.done()
    return found


def _some(section: Section, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    words = section.strings(key)
    if unknown := [word for word in words if word not in known]:
        raise section.error(f"`{unknown[0]}` is not known under `{key}`.", f"Write some of: {', '.join(known)}.")
    return words


def _hour(section: Section, key: str) -> int:
    if not 0 <= (hour := section.whole(key)) <= 24:
        raise section.error(f"`{key}` is no hour of a day.", f"Write `{key}: 2`.", section.values[key])
    return hour
