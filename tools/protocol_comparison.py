"""Editions of one family side by side: what a person, a tracer and a street would notice of a switch."""

from collections.abc import Callable, Sequence

from markdown import both, marked, page, table
from protocol_pages import SURE, WHERE
from wangge.domains.protocol.rules import Protocol, Role

NONE = "—"


def comparison_page(editions: Sequence[Protocol]) -> str:
    """One row for each thing, one column for each edition, in the order of their dates."""
    editions = sorted(editions, key=lambda one: one.valid_from)
    head = ("", *(both(one.label) for one in editions))
    rows = [(name, *(say(one) for one in editions)) for name, say in ROWS.items()]
    return page("COVID-19 editions side by side (新冠各版规定对照)", SURE, table(head, rows))


def _role(key: str, say: Callable[[Protocol, Role], str]) -> Callable[[Protocol], str]:
    return lambda one: say(one, one.roles[key]) if key in one.roles else NONE


def _days(one: Protocol, role: Role) -> str:
    parts = [f"{part.days} {WHERE[part.where]}: {one.word(part.kind).en}" for part in role.measures]
    return marked(", then ".join(parts), role.marks, "measures") if parts else NONE


def _tests(one: Protocol, role: Role) -> str:
    tests = [f"D{it.day}{' ×2' if it.times > 1 else ''}{' at the door' if it.at_door else ''}" for it in role.tests]
    return marked(", ".join(tests), role.marks, "tests") if tests else NONE


def _secondary(one: Protocol) -> str:
    return "judged" if "contact" in one.exposures else "not judged"


def _lookback(one: Protocol) -> str:
    return marked(f"{one.lookback_days} days", one.marks, "lookback_days") if one.lookback_days else NONE


def _unit(one: Protocol) -> str:
    area = one.areas.get("high")
    return marked(both(area.unit), area.marks, "unit") if area else NONE


def _levels(one: Protocol) -> str:
    return ", ".join(both(area.label) for area in one.areas.values()) or NONE


def _release(one: Protocol) -> str:
    kept = [area for area in one.areas.values() if area.release_days]
    days = [marked(f"{area.label.en} {area.release_days} d", area.marks, "release_days") for area in kept]
    return ", ".join(days) or NONE


def _travellers(one: Protocol) -> str:
    said = [f"{one.areas[it.area].label.en}: {it.rule.en}" for it in one.travellers]
    return "; ".join(said) or NONE


def _mass(one: Protocol) -> str:
    return one.mass_testing.rule.en if one.mass_testing else NONE


def _codes(one: Protocol) -> str:
    return f"{one.codes.asked} {', '.join(at.en for at in one.codes.at)}".strip() if one.codes else NONE


def _forbidden(one: Protocol) -> str:
    return "; ".join(it.quote.en for it in one.forbidden) or NONE


def _dates(one: Protocol) -> str:
    return f"{one.valid_from} to {one.valid_to or 'further notice'}"


ROWS: dict[str, Callable[[Protocol], str]] = {
    "In force (施行)": _dates,
    "Case (感染者)": _role("case", _days),
    "Case: tests": _role("case", _tests),
    "Close contact (密接)": _role("close_contact", _days),
    "Close contact: tests": _role("close_contact", _tests),
    "Contacts of contacts (次密接)": _secondary,
    "Contact of a contact: days": _role("secondary_contact", _days),
    "Contact of a contact: tests": _role("secondary_contact", _tests),
    "Look-back (追溯)": _lookback,
    "Risk unit (风险区单位)": _unit,
    "Levels (等级)": _levels,
    "Released after (解除)": _release,
    "From a high-risk area (来返)": _travellers,
    "Testing everybody (全员检测)": _mass,
    "Codes asked for (查码)": _codes,
    "Forbidden (禁止)": _forbidden,
}
