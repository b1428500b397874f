"""From a protocol file to a Protocol. The only parser of these files."""

from pathlib import Path

from wangge.domains.protocol.entering import entry
from wangge.domains.protocol.reading import ProtocolError, Section, open_file
from wangge.domains.protocol.rules import Confidence, DoorItem, ExposureRule, Protocol, Quoted, Role, Text
from wangge.domains.protocol.wider import area, codes, mass_testing, measure, self_report, test, traveller

NUMBERS = ("lookback_days", "checkins_days", "candidates_cap", "escalate_hours", "stays_minutes")
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
        family=top.string("family"),
        label=top.text("label"),
        valid_from=top.day("valid_from"),
        valid_to=top.day_or_none("valid_to"),
        saves_lives=top.flag("saves_lives", False),
        roles=roles,
        on=_signals(top, roles),
        exposures={kind: _exposure(kind, section, roles) for kind, section in top.sections("exposures")},
        words={name: top.section("words").text(name) for name in top.section("words").values},
        switch=_quoted(top.section("switch")),
        sources=_sources(top),
        all_off=top.flag("all_off", False),
        areas={name: area(name, section) for name, section in top.sections("areas")},
        travellers=tuple(traveller(item) for item in top.items("travellers")),
        mass_testing=mass_testing(top),
        codes=codes(top),
        self_report=self_report(top),
        entry=entry(top),
        forbidden=tuple(_quoted(item) for item in top.items("forbidden")),
        lookback_days=top.whole("lookback_days", 0),
        stays=_stays(top),
        candidates_cap=top.whole("candidates_cap", 0),
        checkins_days=top.whole("checkins_days", 0),
        escalate_hours=top.hours("escalate_hours"),
        marks=top.marks(*NUMBERS),
    )
    top.string("note", "")
    top.done()
    _check(top, protocol)
    return protocol


def _sources(top: Section) -> tuple[Text, ...]:
    if not (sources := top.texts("sources")):
        raise top.error("`sources` is missing.", "Write `sources:` and a line `- {zh: …, en: …}` for each.")
    return sources


def _quoted(section: Section) -> Quoted:
    """A clause with its words; how sure these are is said where it is not the text itself."""
    clause, quote = section.string("clause"), section.text("quote")
    mark = section.choice("confidence", {one.value: one for one in Confidence}, Confidence.HIGH)
    quoted = Quoted(clause, quote, mark)
    section.done()
    return quoted


def _role(name: str, section: Section) -> Role:
    measures = tuple(measure(item) for item in section.items("measures"))
    role = Role(
        key=name,
        rank=section.whole("rank"),
        label=section.text("label"),
        clause=section.string("clause"),
        quote=section.text("quote"),
        first_day=section.whole("first_day"),
        provisional_hours=0 if section.absent("provisional_hours") else section.hours("provisional_hours"),
        retest_hours=0 if section.absent("retest_hours") else section.hours("retest_hours"),
        measures=measures,
        tests=tuple(test(item, measures) for item in section.items("tests")),
        items=tuple(_door_item(item) for item in section.items("items")),
        marks=section.marks("provisional_hours", "retest_hours", "measures", "tests", "items"),
    )
    section.done()
    return role


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
    needed |= {m.kind for one in protocol.travellers for m in one.measures}
    needed |= {item.kind for role in protocol.roles.values() for item in role.items}
    needed |= _words_of_reports(protocol)
    needed |= {kind for one in (protocol.codes.colours if protocol.codes else ()) for kind in one.of}
    if missing := sorted(needed - set(protocol.words)):
        raise top.error(f"`words` lacks {', '.join(missing)}.", "Add `name: {zh: …, en: …}` for each.")
    named = (
        {one.area for one in protocol.travellers}
        | _areas_of_reports(protocol)
        | {one.becomes for one in protocol.areas.values()}
    )
    if lost := sorted(named - set(protocol.areas) - {""}):
        raise top.error(f"`areas` lacks {', '.join(lost)}.", "Add the area, or correct its name where it is used.")
    if protocol.all_off == bool(protocol.roles):
        raise top.error("`all_off` and `roles` do not fit.", "Write roles, or `all_off: true` and none.")
    ranks = [role.rank for role in protocol.roles.values()]
    if len(set(ranks)) != len(ranks):
        raise top.error("two roles have the same rank.", "Give each its own: the highest decides.")
    if protocol.valid_to and protocol.valid_to < protocol.valid_from:
        raise top.error("`valid_to` lies before `valid_from`.", "Exchange the two dates.")


def _words_of_reports(protocol: Protocol) -> set[str]:
    one = protocol.self_report
    return {visit.kind for visit in (*one.visits, one.needs) if visit} if one else set()


def _areas_of_reports(protocol: Protocol) -> set[str]:
    return {visit.area for visit in protocol.self_report.visits} if protocol.self_report else set()
