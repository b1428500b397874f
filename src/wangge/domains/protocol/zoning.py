"""What a protocol file says of zones: below an area, `zone:`."""

from wangge.domains.protocol.reading import Section
from wangge.domains.protocol.rules_zones import ReleaseCondition, ReleaseWhen, ZoneRule


def zone(section: Section) -> ZoneRule | None:
    """The rule of a zone, where the area is one that a notice can draw."""
    if section.absent("zone"):
        return None
    inner = section.section("zone")
    found = ZoneRule(
        rank=inner.whole("rank"),
        goes_out=inner.text("goes_out"),
        served=inner.text("served"),
        care_hours=0 if inner.absent("care_hours") else inner.hours("care_hours"),
        release_all_of=tuple(_condition(item) for item in inner.items("release_all_of")),
        stepped_all_of=tuple(_condition(item) for item in inner.items("stepped_all_of")),
        marks=inner.marks("care_hours", "release_all_of", "stepped_all_of"),
    )
    if not found.rank:
        raise inner.error(
            "`rank: 0` is no level of a zone.", "Write 1 for the mildest level, higher for stricter ones."
        )
    inner.done()
    return found


def _condition(item: Section) -> ReleaseCondition:
    """Each kind has the figures it needs, and no others."""
    when = item.choice("when", {one.value: one for one in ReleaseWhen})
    if when is ReleaseWhen.NO_NEW_INFECTION:
        found = ReleaseCondition(when, item.whole("days"))
    elif when is ReleaseWhen.LAST_CONTACT_NEGATIVE:
        found = ReleaseCondition(when, item.whole("days"), role=item.string("role"))
    else:
        found = ReleaseCondition(when, item.whole("within_days", 0), from_day=item.whole("from_day", 0))
        if not (found.days or found.from_day):
            raise item.error("no day is said for the round.", "Write `within_days: 2`, or `from_day: 7`.")
    item.done()
    return found
