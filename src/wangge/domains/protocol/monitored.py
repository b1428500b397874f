"""What a protocol file says of daily reports from home."""

from wangge.domains.protocol.entering import degrees
from wangge.domains.protocol.reading import Section
from wangge.domains.protocol.rules_monitoring import Monitoring, ReportSlot

#: The reports a day may have, in the order of the day; a page has words for each.
SLOTS = ("morning", "noon", "evening")
NUMBERS = (
    "quote",
    "reports_a_day", "slots", "fever", "cold", "call_after_misses", "knock_after_misses", "call_within_hours",
    "knock_within_hours", "doctor_within_hours", "frail_age", "medicine_days",
)  # fmt: skip
#: What silence and reports put at doors: the edition words each.
KINDS = ("call_silent", "knock_silent", "care_dependants", "ask_needs", "help_supplies", "help_medicine")


def monitoring(top: Section) -> Monitoring | None:
    """Daily reports, where the edition speaks of them."""
    if top.absent("monitoring"):
        return None
    section = top.section("monitoring")
    slots = tuple(_slot(item) for item in section.items("slots"))
    found = Monitoring(
        rule=section.text("rule"),
        clause=section.string("clause"),
        quote=section.text("quote"),
        slots=slots,
        fever=degrees(section, "fever", 360, 400),
        cold=degrees(section, "cold", 340, 360),
        call_after_misses=section.whole("call_after_misses"),
        knock_after_misses=section.whole("knock_after_misses"),
        call_within_hours=section.hours("call_within_hours"),
        knock_within_hours=section.hours("knock_within_hours"),
        doctor_within_hours=section.hours("doctor_within_hours"),
        frail_age=section.whole("frail_age"),
        medicine_days=section.whole("medicine_days"),
        marks=section.marks(*NUMBERS),
    )
    _check(section, found)
    section.done()
    return found


def _slot(item: Section) -> ReportSlot:
    found = ReportSlot(item.choice("key", {one: one for one in SLOTS}), item.whole("opens"), item.whole("due"))
    item.done()
    return found


def _check(section: Section, found: Monitoring) -> None:
    """What no single line can show: as many slots as reports, one after the other, and a call before a knock."""
    if section.whole("reports_a_day") != found.reports_a_day:
        raise section.error("`reports_a_day` and `slots` do not fit.", "Write a line under `slots` for each report.")
    hours = [hour for slot in found.slots for hour in (slot.opens, slot.due)]
    if hours != sorted(set(hours)) or not hours or hours[-1] > 23:
        raise section.error("the hours of `slots` are not in order.", "Write `opens` before `due`, the next one after.")
    if not 1 <= found.call_after_misses <= found.knock_after_misses:
        raise section.error("a knock comes before its call.", "Write `call_after_misses` first, from 1 on.")
