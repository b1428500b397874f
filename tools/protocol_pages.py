"""A protocol file as a page: what it asks of whom, and how well each number is known."""

from markdown import both, marked, page, table
from wangge.domains.protocol.rules import Area, Codes, Protocol, ReturnVisit, Role, TestDay, Where
from wangge.domains.protocol.rules_colours import Colour, ColourRule, Until, When
from wangge.domains.protocol.rules_entry import Entry

SIGNALS = {
    "screen_positive": "a positive first screen",
    "case": "a positive re-test",
    "opening": "the opening of the Response",
}  # fmt: skip
MET = {
    "household": "同住: the same household", "room": "同宿舍: the same dormitory room",
    "interview": "流调: named by the case", "venue": "同场所: the same venue at the same time",
    "contact": "密接的同住人: lives with a close contact",
}  # fmt: skip
WHERE = {Where.HOME: "at home", Where.CENTRAL: "at a site", Where.HOSPITAL: "in hospital"}
SURE = "[M] after a number: from one source. [L]: our own setting, or a weak source. No mark: two sources or the text."
COLOURS = {Colour.YELLOW: "黄 (yellow)", Colour.RED: "红 (red)"}
GROUNDS = {
    When.MEASURE: "a confirmed order in force, today in", When.PROVISIONAL: "the protective step after a first screen",
    When.TEST_OVERDUE: "a test of their own was not had in time, and nobody was to come to the door for it",
    When.STAY: "an answer that says: in a listed risk area", When.VERDICT: "a verdict of an authority above",
}  # fmt: skip
ENDS = {
    Until.MEASURE_ENDS: "the measure ends", Until.ORDER_ENDS: "the step ends, or the re-test is negative",
    Until.TEST_HAD: "the test was had", Until.DAYS: "these days are over", Until.VERDICT_ENDS: "the verdict's own end",
}  # fmt: skip
ASKED = {"anywhere": "wherever a code is posted", "listed": "only at: ", "nowhere": "nowhere"}


def protocol_page(one: Protocol) -> str:
    """A protocol file in words."""
    roles = [_role(one, role) for role in sorted(one.roles.values(), key=lambda role: -role.rank)]
    return page(
        both(one.label), f"File: `{one.key}.yaml`. Family: `{one.family}`. {SURE}",
        "\n".join(f"- {fact}" for fact in _facts(one) if fact), _switch(one), _signals(one), _exposures(one), *roles,
        _areas(one), _travellers(one), _self_report(one), _mass(one),
        _codes(one.codes), _entry(one.entry), _forbidden(one), _stays(one), _sources(one),
    )  # fmt: skip


def _facts(one: Protocol) -> list[str]:
    until = one.valid_to.isoformat() if one.valid_to else "further notice"
    marks = one.marks
    lookback = marked(f"{one.lookback_days} days", marks, "lookback_days")
    checkins = marked(f"{one.checkins_days} days", marks, "checkins_days")
    shown = marked(f"{one.candidates_cap} people", marks, "candidates_cap")
    return [
        f"In force from {one.valid_from.isoformat()} until {until}.",
        "Everything is off: no role, no order, no test; what runs ends on the day it begins." if one.all_off else "",
        f"Late work goes up a level each {marked(f'{one.escalate_hours:g} h', marks, 'escalate_hours')}.",
        "It saves lives: nobody's list is cut to fit a day." if one.saves_lives else "",
        f"A case is infectious from {lookback} before its first sign on." if one.lookback_days else "",
        f"Check-ins are kept for {checkins}." if one.checkins_days else "",
        f"A tracer is shown at most {shown} met at venues." if one.candidates_cap else "",
    ]


def _switch(one: Protocol) -> str:
    text = marked("When this edition begins inside a Response, what runs already is worked out again under",
                  {"quote": one.switch.mark}, "quote")  # fmt: skip
    return f"## The day it begins\n\n{text} {one.switch.clause}:\n\n> {one.switch.quote.zh}\n>\n> {one.switch.quote.en}"


def _signals(one: Protocol) -> str:
    given = [(SIGNALS[name], _role_name(one.roles[key])) for name, key in one.on.items()]
    return "## What gives a role\n\n" + table(("What happens", "Role"), given) if given else ""


def _role_name(role: Role) -> str:
    return both(role.label)


def _exposures(one: Protocol) -> str:
    rows = [
        (MET[kind], _role_name(one.roles[rule.role]), "a tracer" if rule.by_tracer else "the protocol", rule.clause)
        for kind, rule in one.exposures.items()
    ]
    return table(("Having met a case", "Makes somebody a", "Decided by", "Clause"), rows) if rows else ""


def _role(one: Protocol, role: Role) -> str:
    head = [f"## {_role_name(role)}", f"Rank {role.rank}: of several roles the highest decides. Clause: {role.clause}."]
    head += [f"> {role.quote.zh}\n>\n> {role.quote.en}"]
    if role.provisional_hours:
        ends = marked(f"{role.provisional_hours:g} h", role.marks, "provisional_hours")
        head.append(f"Stands at once and ends by itself after {ends}.")
    if role.retest_hours:
        due = marked(f"{role.retest_hours:g} h", role.marks, "retest_hours")
        head.append(f"A re-test (复核) is due within {due}.")
    return "\n\n".join([*head, *_measures(one, role), *_tests(one, role), *_items(one, role)])


def _measures(one: Protocol, role: Role) -> list[str]:
    rows, day = [], role.first_day
    for part in role.measures:
        last = day + max(part.days, 1) - 1
        days = marked(part.days, role.marks, "measures")
        rows.append((both(one.word(part.kind)), days, f"D{day} to D{last}", WHERE[part.where]))
        day = last + 1
    return [table(("Measure", "Days", "Days after the reason (D0)", "Where"), rows)] if rows else []


def _tests(one: Protocol, role: Role) -> list[str]:
    rows = [
        (marked(f"day {test.day}", role.marks, "tests"), test.times, "at the door" if test.at_door else "at a site",
         _of(one, role, test))
        for test in role.tests
    ]  # fmt: skip
    return [table(("Test on", "Samples", "Where", "Which is"), rows)] if rows else []


def _of(one: Protocol, role: Role, test: TestDay) -> str:
    """The day as the text counts it: within a measure of its own."""
    before = 0
    for part in role.measures:
        if part.kind == test.of:
            return f"day {test.day - before} of {one.word(part.kind).en}"
        before += part.days
    return "—"


def _items(one: Protocol, role: Role) -> list[str]:
    when = {"known": "once the role is known", "ordered": "once the order is confirmed"}
    whom = {True: "the whole door", False: "each person"}
    rows = [
        (both(one.word(item.kind)), marked(f"{item.within_hours:g} h", role.marks, "items"), when[item.when],
         whom[item.per_door])
        for item in role.items
    ]  # fmt: skip
    return [table(("At the door", "Within", "When", "For"), rows)] if rows else []


def _areas(one: Protocol) -> str:
    head = (
        "Area",
        "As large as",
        "What holds",
        "When it is over",
        "Then",
        "First screen",
        "Tests on days",
        "One tube for",
    )
    rows = [_area(one, area) for area in one.areas.values()]
    return "## Areas\n\n" + table((*head, "Clause"), rows) if rows else ""


def _area(one: Protocol, area: Area) -> tuple[str, ...]:
    then = both(one.areas[area.becomes].label) if area.becomes else "—"
    tests = ", ".join(map(str, area.tests))
    return (
        both(area.label), marked(both(area.unit), area.marks, "unit"), both(area.rule),
        marked(both(area.release), area.marks, "release_days") if area.release else "—", then,
        marked(f"{area.first_screen_hours:g} h", area.marks, "first_screen_hours") if area.first_screen_hours else "—",
        marked(tests, area.marks, "tests") if tests else "—",
        marked(area.tube, area.marks, "tube") if area.tube else "—", area.clause,
    )  # fmt: skip


def _travellers(one: Protocol) -> str:
    rows = [
        (both(one.areas[it.area].label), marked(both(it.rule), it.marks, "measures", "tests"), it.clause)
        for it in one.travellers
    ]
    return "## Who comes from there\n\n" + table(("From", "What is asked", "Clause"), rows) if rows else ""


def _self_report(one: Protocol) -> str:
    rule = one.self_report
    if rule is None:
        return ""

    def row(who: str, it: ReturnVisit, name: str) -> tuple[str, str, str]:
        return who, both(one.word(it.kind)), marked(f"{it.within_hours:g} h", rule.marks, name)

    rows = [row(both(one.areas[it.area].label), it, "visits") for it in rule.visits]
    rows += [row("有需求 (needs something)", rule.needs, "needs")] if rule.needs else []
    days = marked(f"{rule.lookback_days} days", rule.marks, "lookback_days")
    said = f"{both(rule.rule)}. Clause: {rule.clause}. Stays count {days} back from the day of arrival."
    return f"## Who comes back reports\n\n{said}\n\n" + table(("From", "What is done at the door", "Within"), rows)


def _mass(one: Protocol) -> str:
    mass = one.mass_testing
    if mass is None:
        return ""
    rows = [(both(it.label), marked(both(it.rule), mass.marks, "frequencies")) for it in mass.frequencies]
    hours = marked(f"{mass.complete_hours:g} h", mass.marks, "complete_hours")
    parts = [
        "## Testing everybody", f"{both(mass.rule)}. Clause: {mass.clause}.",
        f"A round is complete within {hours}." if mass.complete_hours else "",
        table(("Where", "How often"), rows) if rows else "",
    ]  # fmt: skip
    return "\n\n".join(filter(None, parts))


def _codes(codes: Codes | None) -> str:
    if codes is None:
        return ""
    places = ", ".join(map(both, codes.at))
    asked = f"## Where a code may be asked for\n\n{ASKED[codes.asked]}{places}. Clause: {codes.clause}."
    if codes.asked == "nowhere":
        return asked
    if not codes.colours:
        return f"{asked}\n\nThis edition says nothing of colours: nobody's code is yellow or red."
    said = "The first that holds decides. Nobody sets a colour; it ends as soon as its ground does."
    rows = [(COLOURS[it.colour], _ground(it), ENDS[it.until], both(it.quote), it.clause) for it in codes.colours]
    grounds = table(("Colour", "Ground", "Until", "Words", "Clause"), rows)
    return f"{asked}\n\n## What makes a code yellow or red\n\n{said}\n\n{grounds}"


def _ground(rule: ColourRule) -> str:
    said = GROUNDS[rule.when]
    if rule.of:
        said += ": " + ", ".join(f"`{kind}`" for kind in rule.of)
    if rule.days:
        said += ", " + f"{rule.days} days"
    if rule.grace:
        said += ", " + f"{rule.grace.total_seconds() / 3600:g} h of grace"
    return marked(said, rule.marks, "when", "days", "grace_hours")


def _entry(entry: Entry | None) -> str:
    """What is looked at at which entrance."""
    if entry is None:
        return ""
    rows = [
        (f"`{kind}`", marked(", ".join(asks) or "nothing", entry.marks, "asks")) for kind, asks in entry.asks.items()
    ]
    facts = (
        f"{both(entry.rule)}. Clause: {entry.clause}. A fever from "
        f"{marked(f'{entry.fever / 10:g} °C', entry.marks, 'fever')} on is answered with help. A status list holds for "
        f"{marked(f'{entry.list_hours} h', entry.marks, 'list_hours')}, then: {both(entry.fallback)}. The visitors' "
        f"register is kept for {marked(f'{entry.register_days} days', entry.marks, 'register_days')}."
    )
    return f"## At an entrance (进场)\n\n{facts}\n\n" + table(("Entrance", "Looked at"), rows)


def _forbidden(one: Protocol) -> str:
    rows = [(both(it.quote), it.clause) for it in one.forbidden]
    return "## What is forbidden\n\n" + table(("What", "Clause"), rows) if rows else ""


def _stays(one: Protocol) -> str:
    """How long a visit is presumed to last where nobody checked out."""
    if not one.stays:
        return ""
    rows = [(kind, marked(f"{minutes} min", one.marks, "stays_minutes")) for kind, minutes in one.stays.items()]
    return "## How long a visit is presumed to last\n\n" + table(("Venue", "Minutes"), rows)


def _sources(one: Protocol) -> str:
    return "## Sources\n\n" + "\n".join(f"- {both(text)}" for text in one.sources)
