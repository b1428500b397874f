"""The table of a zone's states, and what each level of each edition asks before it is over."""

from collections.abc import Iterable

from markdown import both, marked, page, table
from wangge.domains.protocol.rules import Area, Protocol
from wangge.domains.protocol.rules_zones import ReleaseCondition, ReleaseWhen, ZoneRule
from wangge.domains.zones.rules import STEPS, LineState, Part, ZoneState

ZONES = {
    ZoneState.IN_FORCE: ("生效中", "holds at its places; the strictest of several zones decides at a door"),
    ZoneState.SUPERSEDED: ("已被替代", "the authority's next notice does not name it, or its line was put right"),
    ZoneState.RELEASED: ("已解除", "every condition was met and a person confirmed it"),
    ZoneState.ENDED: ("随响应结束", "its Response was closed"),
}
LINES = {
    LineState.OPEN: ("未落实", "nobody has said yet what it means"),
    LineState.PLACED: ("已落实", "a person confirmed its places"),
    LineState.WAITING: ("还没找到", "looked for, not found: it stays on the list"),
    LineState.OUTSIDE: ("不在本市", "it means nothing here"),
}
PARTS = {
    Part.IN: ("在区内", "everything in it, unless a closer place says otherwise"),
    Part.OUT: ("除外", "left out by the notice or by a decision"),
    Part.EDGE: ("逐户核定", "only a part: each door is decided by name, and is not in before"),
}

STEP = (
    "“Then it is”: when a person confirms that every condition is met, the zone is `released` and the same places have "
    "that level from the same instant, under the same document, as a zone of its own that knows what it was before. "
    "After such a step the conditions under “after a step” count instead, where the edition has some (第九版: "
    "高风险区 → 中风险区, and after 3 more days without a new infection → 低风险区), from the day of the step or of a "
    "later infection."
)
COLUMNS = ("Edition", "Level", "Rank", "All of", "All of, after a step", "Households asked within", "Then it is")
HEAD = ("Word", "中文", "What it means")


def _when(one: ReleaseCondition) -> str:
    if one.when is ReleaseWhen.NO_NEW_INFECTION:
        return f"{one.days} days without a new infection"
    if one.when is ReleaseWhen.LAST_CONTACT_NEGATIVE:
        return f"the last `{one.role}` negative {one.days} days after the exposure"
    days = f"within {one.days} days" if one.days else f"on day {one.from_day} or later"
    return f"a full round negative {days}"


def _rule(rule: ZoneRule) -> tuple[object, ...]:
    asked = marked("; ".join(map(_when, rule.release_all_of)) or "—", rule.marks, "release_all_of")
    stepped = marked("; ".join(map(_when, rule.stepped_all_of)) or "—", rule.marks, "stepped_all_of")
    return (
        rule.rank,
        asked,
        stepped,
        marked(f"{rule.care_hours:g} h", rule.marks, "care_hours") if rule.care_hours else "—",
    )


def _then(edition: Protocol, area: Area) -> str:
    """The level that follows, where it can be a zone."""
    following = edition.areas.get(area.becomes)
    return both(following.label) if following and following.zone else "over"


def zone_page(editions: Iterable[Protocol]) -> str:
    """States, lines, parts; then each edition's levels."""
    steps = [
        (
            f"`{state}`",
            *ZONES[state],
            ", ".join(f"`{one}`" for one in ZoneState if one in then) or "nothing: it is over",
        )
        for state, then in STEPS.items()
    ]
    rows = [
        (both(edition.label), both(area.label), *_rule(area.zone), _then(edition, area))
        for edition in editions
        for area in edition.areas.values()
        if area.zone
    ]
    text = (
        "A zone is a line of a city's notice in force: a level at its places. Which places a line means a person says; "
        "nothing is guessed. Release is worked out, and confirmed by a person, never early."
    )
    return page(
        "Zone (封管控区)", text, table(("State", "中文", "What it means", "May become"), steps),
        "## A line of a notice\n\n" + table(HEAD, [(f"`{one}`", *LINES[one]) for one in LINES]),
        "## A place in a zone\n\n" + table(HEAD, [(f"`{one}`", *PARTS[one]) for one in PARTS]),
        "## When it is over\n\n"
        + table(COLUMNS, rows)
        + "\n\n" + STEP,
    )  # fmt: skip
