"""What a protocol file says of entrances: what is looked at before somebody walks in."""

from wangge.domains.protocol.reading import Section
from wangge.domains.protocol.rules_entry import Entry

#: Where a checkpoint may stand, and what may be looked at there (进场三要素).
ENTRANCES = ("gate", "shop", "market", "station", "office", "school", "hospital", "care_home")
CONDITIONS = ("temperature", "mask", "venue_code")


def entry(top: Section) -> Entry | None:
    """What is looked at before somebody walks in, where the edition speaks of it."""
    if top.absent("entry"):
        return None
    section = top.section("entry")
    found = Entry(
        rule=section.text("rule"),
        clause=section.string("clause"),
        asks=_conditions(section),
        fever=_tenths(section),
        list_hours=section.whole("list_hours"),
        register_days=section.whole("register_days"),
        fallback=section.text("fallback"),
        marks=section.marks("asks", "fever", "list_hours", "register_days"),
    )
    section.done()
    return found


def _conditions(section: Section) -> dict[str, tuple[str, ...]]:
    """For each kind of checkpoint the conditions."""
    inner, found = section.section("asks"), dict[str, tuple[str, ...]]()
    for kind in inner.values:
        if kind not in ENTRANCES:
            raise inner.error(f"a checkpoint `{kind}` does not exist here.", f"Write one of: {', '.join(ENTRANCES)}.")
        found[kind] = inner.strings(kind)
        if unknown := [word for word in found[kind] if word not in CONDITIONS]:
            raise inner.error(f"`{unknown[0]}` is no condition.", f"Write some of: {', '.join(CONDITIONS)}.")
    return found


def _tenths(section: Section) -> int:
    """A reading of a thermometer; what nobody alive has is a slip of the pen."""
    tenths = round(section.hours("fever") * 10)
    if not 360 <= tenths <= 400:
        raise section.error("`fever` is no body temperature.", "Write `fever: 37.3`.", section.values["fever"])
    return tenths
