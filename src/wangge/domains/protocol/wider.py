"""What a protocol file says beyond single people: areas, travellers, testing everybody, codes."""

from datetime import timedelta

from wangge.domains.protocol.reading import Section
from wangge.domains.protocol.rules import (
    Area,
    Codes,
    Frequency,
    MassTesting,
    Measure,
    ReturnVisit,
    SelfReporting,
    TestDay,
    Traveller,
    Where,
)
from wangge.domains.protocol.rules_colours import ENDS, Colour, ColourRule, Until, When

ASKED = ("anywhere", "listed", "nowhere")


def measure(item: Section) -> Measure:
    """A measure with its days and its place."""
    found = Measure(item.string("kind"), item.whole("days"), item.choice("where", {one.value: one for one in Where}))
    item.done()
    return found


def test(item: Section, measures: tuple[Measure, ...]) -> TestDay:
    """A test; `{day: 3, of: home_monitoring}` is the third day of that measure, counted on from those before it."""
    at_door = item.choice("where", {"door": True, "site": False}, "site")
    day, times, of = item.whole("day"), item.whole("times", 1), item.string("of", "")
    item.done()
    if not of:
        return TestDay(day, times, at_door)
    before = 0
    for one in measures:
        if one.kind == of and day <= one.days:
            return TestDay(before + day, times, at_door, of)
        before += one.days
    raise item.error(f"`of: {of}` has no day {day}.", "Name a measure of this role, and a day within it.")


test.__test__ = False  # type: ignore[attr-defined]  # not a test of ours


def area(name: str, section: Section) -> Area:
    """A level or kind of area."""
    found = Area(
        key=name,
        label=section.text("label"),
        unit=section.text("unit"),
        rule=section.text("rule"),
        clause=section.string("clause"),
        release=None if section.absent("release") else section.text("release"),
        release_days=section.whole("release_days", 0),
        becomes=section.string("becomes", ""),
        first_screen_hours=0 if section.absent("first_screen_hours") else section.hours("first_screen_hours"),
        tests=section.wholes("tests"),
        tube=section.whole("tube", 0),
        marks=section.marks("unit", "release_days", "first_screen_hours", "tests", "tube"),
    )
    section.done()
    return found


def traveller(item: Section) -> Traveller:
    """What is asked of whoever comes from an area of a kind."""
    measures = tuple(measure(one) for one in item.items("measures"))
    found = Traveller(
        area=item.string("from"),
        rule=item.text("rule"),
        clause=item.string("clause"),
        measures=measures,
        tests=tuple(test(one, measures) for one in item.items("tests")),
        marks=item.marks("measures", "tests"),
    )
    item.done()
    return found


def mass_testing(top: Section) -> MassTesting | None:
    """Testing of everybody, where the edition speaks of it."""
    if top.absent("mass_testing"):
        return None
    section = top.section("mass_testing")
    found = MassTesting(
        asked=section.flag("asked", True),
        rule=section.text("rule"),
        clause=section.string("clause"),
        complete_hours=0 if section.absent("complete_hours") else section.hours("complete_hours"),
        frequencies=tuple(_frequency(item) for item in section.items("frequencies")),
        marks=section.marks("complete_hours", "frequencies"),
    )
    section.done()
    return found


def _frequency(item: Section) -> Frequency:
    found = Frequency(item.text("label"), item.text("rule"))
    item.done()
    return found


def codes(top: Section) -> Codes | None:
    """Where codes may be asked for, where the edition speaks of it."""
    if top.absent("codes"):
        return None
    section = top.section("codes")
    asked = section.choice("asked", {one: one for one in ASKED})
    rules = tuple(_colour(item) for item in section.items("colours"))
    found = Codes(asked, section.texts("at"), section.string("clause"), rules)
    if (asked == "listed") != bool(found.at):
        raise section.error("`at` and `asked` do not fit.", "Write `asked: listed` and the places under `at`.")
    if rules and asked == "nowhere":
        raise section.error("`colours` stands where no code is asked for.", "Leave `colours` out, or change `asked`.")
    section.done()
    return found


def _colour(item: Section) -> ColourRule:
    """One rule of colours: each ground has its own end, and the figures it needs."""
    when = item.choice("when", {one.value: one for one in When})
    until = item.choice("until", {one.value: one for one in Until})
    if until is not ENDS[when]:
        raise item.error(f"`until: {until}` does not end `when: {when}`.", f"Write `until: {ENDS[when]}`.")
    rule = ColourRule(
        colour=item.choice("colour", {one.value: one for one in Colour if one is not Colour.GREEN}),
        when=when,
        until=until,
        clause=item.string("clause"),
        quote=item.text("quote"),
        of=item.strings("of") if when is When.MEASURE else (),
        days=item.whole("days") if when is When.STAY else 0,
        grace=timedelta(hours=item.hours("grace_hours")) if when is When.TEST_OVERDUE else timedelta(0),
        marks=item.marks("when", "days", "grace_hours"),
    )
    if (when is When.MEASURE) != bool(rule.of):
        raise item.error("`of` is empty.", "Write the measures: `of: [central_isolation]`.")
    item.done()
    return rule


def self_report(top: Section) -> SelfReporting | None:
    """Whether people who come back are asked to report, where the edition speaks of it."""
    if top.absent("self_report"):
        return None
    section = top.section("self_report")
    needs = None if section.absent("needs") else _visit(section.section("needs"), "")
    found = SelfReporting(
        rule=section.text("rule"),
        clause=section.string("clause"),
        lookback_days=section.whole("lookback_days"),
        visits=tuple(_visit(item, item.string("from")) for item in section.items("visits")),
        needs=needs,
        marks=section.marks("lookback_days", "visits", "needs"),
    )
    section.done()
    return found


def _visit(item: Section, area: str) -> ReturnVisit:
    found = ReturnVisit(area, item.string("kind"), item.hours("within_hours"))
    item.done()
    return found
