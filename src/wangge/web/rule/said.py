"""What an edition says, as sentences in the reader's language. A figure that is not well known says so."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wangge.domains.protocol.rules import Area, Codes, Confidence, Marks, Protocol, Quoted, Role, Text, Traveller
from wangge.web.desk.words import language
from wangge.web.signs import listed, noted, phrases, told


def into(text: Text) -> str:
    return text.into(language())


def sure(said: str, marks: Marks, *numbers: str) -> str:
    """The same, with a note where one of its numbers is from a weak source or our own setting."""
    weak = any(marks.get(name) is Confidence.LOW for name in numbers)
    return noted(said, _("figure to be checked")) if weak and said else said


def measures(edition: Protocol, role: Role) -> str:
    """'集中隔离医学观察14天；居家健康监测7天'."""
    parts = [
        ngettext("%(what)s, %(days)s day", "%(what)s, %(days)s days", one.days)
        % {"what": into(edition.word(one.kind)), "days": one.days}
        for one in role.measures
    ]
    return sure(phrases(parts), role.marks, "measures")


def tests(role: Role) -> str:
    """'第1、4、7天检测；第10天上门检测'."""
    site = [one.day for one in role.tests if not one.at_door]
    door = [one.day for one in role.tests if one.at_door]
    parts = [_("tests on days %(days)s") % {"days": listed(site)}] if site else []
    at_door = ngettext("test at the door on day %(days)s", "tests at the door on days %(days)s", len(door))
    parts += [at_door % {"days": listed(door)}] if door else []
    twice = [one.day for one in role.tests if one.times > 1]
    parts += [_("two samples on day %(days)s") % {"days": listed(twice)}] if twice else []
    return sure(phrases(parts), role.marks, "tests")


def role(edition: Protocol, one: Role) -> str:
    """A role with its measures, tests and clause in one line."""
    asks = phrases(part for part in (measures(edition, one), tests(one)) if part)
    return told(into(one.label), noted(asks or into(one.quote), one.clause))


def items(edition: Protocol) -> list[str]:
    """What is done at doors: each thing once, with for whom and within how many hours; the soonest first."""
    found = [(item.within_hours, one, item.kind) for one in edition.roles.values() for item in one.items]
    for_whom: dict[str, list[str]] = {}
    for hours, one, kind in sorted(found, key=lambda row: (row[0], -row[1].rank)):
        said = _("%(role)s within %(hours)g h") % {"role": into(one.label), "hours": hours}
        for_whom.setdefault(kind, []).append(said)
    lines = [told(into(edition.word(kind)), listed(whom)) for kind, whom in for_whom.items()]
    ours = any(one.marks.get("items") is Confidence.LOW for one in edition.roles.values())
    return (
        [*lines, _("These hours are our own setting: where a document says otherwise, it counts.")] if ours else lines
    )


def area(edition: Protocol, one: Area) -> str:
    """An area: how large, what holds, when it is over."""
    parts = [
        sure(_("as large as %(unit)s") % {"unit": into(one.unit)}, one.marks, "unit"), into(one.rule),
        _("over when: %(when)s") % {"when": into(one.release)} if one.release else "",
        _("then %(area)s") % {"area": into(edition.areas[one.becomes].label)} if one.becomes else "",
    ]  # fmt: skip
    return told(into(one.label), noted(phrases(part for part in parts if part), one.clause))


def screening(one: Area) -> str:
    """First screen, test days and tubes of an area; empty where nothing is said."""
    parts = [
        _("first screen within %(hours)g h") % {"hours": one.first_screen_hours} if one.first_screen_hours else "",
        _("tests on days %(days)s") % {"days": listed(one.tests)} if one.tests else "",
        ngettext("%(n)d person in one tube", "%(n)d people in one tube", one.tube) % {"n": one.tube}
        if one.tube
        else "",
    ]
    said = phrases(part for part in parts if part)
    return told(into(one.label), sure(said, one.marks, "first_screen_hours", "tests", "tube")) if said else ""


def traveller(edition: Protocol, one: Traveller) -> str:
    start = _("From a %(area)s") % {"area": into(edition.areas[one.area].label)}
    return told(start, noted(sure(into(one.rule), one.marks, "measures", "tests"), one.clause))


def self_report(edition: Protocol) -> list[str]:
    """Who reports, and which reports become a visit."""
    one = edition.self_report
    if one is None:
        return []
    days = ngettext("%(n)d day back", "%(n)d days back", one.lookback_days) % {"n": one.lookback_days}
    back = sure(_("Stays count %(days)s.") % {"days": days}, one.marks, "lookback_days")
    lines = [noted(into(one.rule), one.clause), back]
    for visit in one.visits:
        values = {"area": into(edition.areas[visit.area].label), "hours": visit.within_hours}
        lines.append(sure(_("From a %(area)s: a visit within %(hours)g h") % values, one.marks, "visits"))
    if one.needs:
        said = _("Whoever needs something: within %(hours)g h") % {"hours": one.needs.within_hours}
        lines.append(sure(said, one.marks, "needs"))
    return lines


def codes(one: Codes | None) -> str:
    """Where a code may be asked for."""
    if one is None:
        return _("This protocol knows no codes: ask nobody to show one.")
    if one.asked == "nowhere":
        return noted(_("No code and no test result may be asked for anywhere."), one.clause)
    if one.asked == "listed":
        places = {"places": listed(into(at) for at in one.at)}
        return noted(_("A code may be asked for only at: %(places)s.") % places, one.clause)
    return noted(_("A code may be asked for where it is posted at the entrance."), one.clause)


def quoted(one: Quoted) -> str:
    return noted(into(one.quote), one.clause)
