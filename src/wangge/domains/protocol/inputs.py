"""From a protocol file to a Protocol. The only parser of these files."""

from pathlib import Path

from wangge.domains.protocol.reading import ProtocolError, Section, open_file
from wangge.domains.protocol.rules import DoorItem, ExposureRule, Measure, Protocol, Role, TestDay

SIGNALS = ("screen_positive", "case", "opening")
EXPOSURES = ("household", "room", "interview", "venue", "contact")


def read_protocol(path: Path) -> Protocol:
    """Read and check a file. Raises ProtocolError naming file, line and what to write instead."""
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ProtocolError(path.name, line, "this is not UTF-8.", "Save the file as UTF-8.") from error
    return parse(path.name, path.stem, content)


def parse(file: str, key: str, content: str) -> Protocol:
    """The protocol in a text; ``key`` names it in decisions and never changes afterwards."""
    top = open_file(file, content)
    roles = {name: _role(name, section) for name, section in top.sections("roles")}
    protocol = Protocol(
        key=key,
        label=top.text("label"),
        valid_from=top.day("valid_from"),
        valid_to=top.day_or_none("valid_to"),
        saves_lives=top.flag("saves_lives", False),
        roles=roles,
        on=_signals(top, roles),
        exposures={kind: _exposure(kind, section, roles) for kind, section in top.sections("exposures")},
        words={name: top.section("words").text(name) for name in top.section("words").values},
        lookback_days=top.whole("lookback_days", 0),
        stays=_stays(top),
        candidates_cap=top.whole("candidates_cap", 0),
        checkins_days=top.whole("checkins_days", 0),
        escalate_hours=top.hours("escalate_hours"),
    )
    top.string("note", "")
    top.done()
    _check(top, protocol)
    return protocol


def _role(name: str, section: Section) -> Role:
    role = Role(
        key=name,
        rank=section.whole("rank"),
        label=section.text("label"),
        clause=section.string("clause"),
        quote=section.text("quote"),
        first_day=section.whole("first_day"),
        provisional_hours=section.hours("provisional_hours") if "provisional_hours" in section.values else 0,
        retest_hours=section.hours("retest_hours") if "retest_hours" in section.values else 0,
        measures=tuple(_measure(item) for item in section.items("measures")),
        tests=tuple(_test(item) for item in section.items("tests")),
        items=tuple(_door_item(item) for item in section.items("items")),
    )
    section.read |= {"provisional_hours", "retest_hours"}
    section.done()
    return role


def _measure(item: Section) -> Measure:
    measure = Measure(item.string("kind"), item.whole("days"))
    item.done()
    return measure


def _test(item: Section) -> TestDay:
    where = item.choice("where", {"door": True, "site": False}, "site")
    test = TestDay(item.whole("day"), item.whole("times", 1), where)
    item.done()
    return test


def _door_item(item: Section) -> DoorItem:
    per_door = item.choice("per", {"door": True, "person": False}, "person")
    when = item.choice("when", {"known": "known", "ordered": "ordered"}, "known")
    found = DoorItem(item.string("kind"), item.hours("within_hours"), per_door, when)
    item.done()
    return found


def _signals(top: Section, roles: dict[str, Role]) -> dict[str, str]:
    section = top.section("on")
    chosen = {name: name for name in roles}
    signals = {name: section.choice(name, chosen) for name in SIGNALS if name in section.values}
    section.read |= set(SIGNALS)
    section.done()
    return signals


def _exposure(kind: str, section: Section, roles: dict[str, Role]) -> ExposureRule:
    if kind not in EXPOSURES:
        raise section.error(f"the exposure `{kind}` does not exist here.", f"Write one of: {', '.join(EXPOSURES)}.")
    by_tracer = section.choice("decided_by", {"tracer": True, "protocol": False})
    rule = ExposureRule(
        kind, section.choice("role", {name: name for name in roles}), by_tracer, section.string("clause")
    )
    section.done()
    return rule


def _stays(top: Section) -> dict[str, int]:
    if "stays_minutes" not in top.values:
        return {}
    section = top.section("stays_minutes")
    return {kind: section.whole(kind) for kind in section.values}


def _check(top: Section, protocol: Protocol) -> None:
    """What no single line can show: words for all that is shown, a rank for each role, dates in order."""
    needed = {m.kind for role in protocol.roles.values() for m in role.measures}
    needed |= {item.kind for role in protocol.roles.values() for item in role.items}
    if missing := sorted(needed - set(protocol.words)):
        raise top.error(f"`words` lacks {', '.join(missing)}.", "Add `name: {zh: …, en: …}` for each.")
    ranks = [role.rank for role in protocol.roles.values()]
    if len(set(ranks)) != len(ranks):
        raise top.error("two roles have the same rank.", "Give each its own: the highest decides.")
    if protocol.valid_to and protocol.valid_to < protocol.valid_from:
        raise top.error("`valid_to` lies before `valid_from`.", "Exchange the two dates.")
