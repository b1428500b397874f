"""What today's edition means to each face: parts of a page, each a heading and lines. No disease is named here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from wangge.domains.cases.words import KINDS
from wangge.domains.protocol.rules import Protocol, Role, TestDay
from wangge.domains.venues.words import LABELS
from wangge.web.desk.words import day
from wangge.web.rule import said
from wangge.web.signs import listed, noted, told


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its lines. ``forbids``: these are the things not to do."""

    title: str
    lines: list[str]
    forbids: bool = False


def _ranked(edition: Protocol) -> list[Role]:
    return sorted(edition.roles.values(), key=lambda one: -one.rank)


def _part(title: str, lines: Iterable[str], *, forbids: bool = False) -> Iterator[Part]:
    """Nothing where there is nothing to say."""
    if found := [line for line in lines if line]:
        yield Part(title, found, forbids)


def tested_today(edition: Protocol, today: date) -> list[tuple[Role, TestDay, date]]:
    """Whose turn it is today: the role, the test, and the day of the last contact (or of the result) it counts from."""
    return [
        (role, test, today - timedelta(days=role.first_day + test.day - 1))
        for role in _ranked(edition)
        for test in role.tests
    ]


def _tests_today(edition: Protocol, today: date, *, at_door: bool | None = None) -> Iterator[str]:
    for role, test, since in tested_today(edition, today):
        if at_door in (None, test.at_door):
            values = {"role": said.into(role.label), "since": day(since), "number": test.day}
            yield (
                _("%(role)s since %(since)s: today is day %(number)s, at the door") % values
                if test.at_door
                else _("%(role)s since %(since)s: today is day %(number)s, at the site") % values
            )


def _not(edition: Protocol, *also: str, title: str = "") -> Iterator[Part]:
    """Where codes may be asked for, what the edition forbids, and what no edition ever allows."""
    codes = said.codes(edition.codes)
    allowed = edition.codes is not None and edition.codes.asked != "nowhere"
    yield from _part(_("Where a code may be asked for"), [codes] if allowed else [])
    lines = [*(said.quoted(one) for one in edition.forbidden), "" if allowed else codes, *also]
    yield from _part(title or _("What not to do"), lines, forbids=True)


def field(edition: Protocol, today: date) -> Iterator[Part]:
    """At a door."""
    yield from _part(_("What you do at a door"), said.items(edition))
    yield from _part(_("Whose turn it is for a test at the door today"), _tests_today(edition, today, at_door=True))
    yield from _part(
        _("What people are asked, and for how long"), (said.role(edition, one) for one in _ranked(edition))
    )
    yield from _not(edition, _("Ask nobody for anything that does not stand here."))


def desk(edition: Protocol, today: date) -> Iterator[Part]:
    """Results and orders."""
    retests = (
        _("%(role)s: re-test within %(hours)g h; ends by itself after %(ends)g h")
        % {"role": said.into(one.label), "hours": one.retest_hours, "ends": one.provisional_hours}
        for one in _ranked(edition)
        if one.retest_hours
    )
    yield from _part(_("What an order asks"), (said.role(edition, one) for one in _ranked(edition)))
    yield from _part(_("After a positive first screen"), retests)
    yield from _part(_("Whose turn it is for a test today"), _tests_today(edition, today))
    yield from _part(_("Tubes and first screens by area"), (said.screening(one) for one in edition.areas.values()))
    yield from _not(edition, _("No order without authority, document, ground, end and remedy."))


def trace(edition: Protocol, today: date) -> Iterator[Part]:
    """Who is looked for, how far back, and who decides."""
    days = {"days": edition.lookback_days}
    back = _("Meetings count from %(days)s days before the first sign or the first positive sample on.") % days
    kept = _("Check-ins are kept for %(days)s days.") % {"days": edition.checkins_days}
    shown = _("At most %(number)s people met at venues are shown.") % {"number": edition.candidates_cap}
    lines = [
        said.sure(back, edition.marks, "lookback_days") if edition.lookback_days else "",
        *(_met(edition, kind) for kind in edition.exposures),
        "" if "contact" in edition.exposures else _("Contacts of contacts are not judged."),
        "" if "venue" in edition.exposures else _("Who was at the same venue is not looked for."),
    ]
    yield from _part(_("Who is a contact"), lines)
    yield from _part(_("What they are asked, and for how long"), (said.role(edition, one) for one in _ranked(edition)))
    limits = [
        said.sure(kept, edition.marks, "checkins_days") if edition.checkins_days else "",
        said.sure(shown, edition.marks, "candidates_cap") if edition.candidates_cap else "",
        _stays(edition),
    ]
    yield from _part(_("How far the search goes"), limits)
    yield from _not(edition, _("Never tell anybody who the case is: the number and the day are enough."))


def _met(edition: Protocol, kind: str) -> str:
    rule = edition.exposures[kind]
    who = _("a tracer decides") if rule.by_tracer else _("decided by the rule")
    what = {"how": KINDS[kind], "role": said.into(edition.roles[rule.role].label), "who": who}
    return noted(_("%(how)s: %(role)s, %(who)s") % what, rule.clause)


def _stays(edition: Protocol) -> str:
    if not edition.stays:
        return ""
    minutes = listed(_("%(kind)s %(n)s min") % {"kind": LABELS[kind], "n": n} for kind, n in edition.stays.items())
    return said.sure(told(_("A visit is presumed to last"), minutes), edition.marks, "stays_minutes")


def command(edition: Protocol, today: date) -> Iterator[Part]:
    """Areas, travellers, testing everybody."""
    mass = edition.mass_testing
    often = (told(said.into(one.label), said.into(one.rule)) for one in mass.frequencies) if mass else ()
    hours = {"hours": edition.escalate_hours}
    late = said.sure(_("Late work goes up a level every %(hours)g h.") % hours, edition.marks, "escalate_hours")
    yield from _part(_("Areas"), (said.area(edition, one) for one in edition.areas.values()))
    yield from _part(_("First screens and tubes"), (said.screening(one) for one in edition.areas.values()))
    yield from _part(_("Who comes from elsewhere"), (said.traveller(edition, one) for one in edition.travellers))
    if edition.self_report:
        yield from _part(_("Who comes back reports"), said.self_report(edition))
    if mass:
        yield from _part(_("Testing everybody"), [noted(said.into(mass.rule), mass.clause), *often])
    yield from _part(
        _("What people are asked, and for how long"), (said.role(edition, one) for one in _ranked(edition))
    )
    yield from _part(_("Work that is late"), [late])
    yield from _not(edition, _("No measure without a document, a ground and an end."))


def residents(edition: Protocol, today: date) -> Iterator[Part]:
    """For everybody: what may be asked of you, and what may not."""
    yield from _part(_("What may be asked of you"), (said.role(edition, one) for one in _ranked(edition)))
    yield from _part(_("Areas"), (said.area(edition, one) for one in edition.areas.values()))
    badge = _("Whoever comes to your door shows a badge. You may call the office before you answer.")
    money = _("Nobody of ours asks for money, a password, a code sent to your phone or a bank card.")
    yield from _part(_("Who comes to your door"), [badge])
    yield from _not(edition, money, title=_("What nobody may do"))


MAKES: Mapping[str, Callable[[Protocol, date], Iterator[Part]]] = {
    "field": field, "desk": desk, "trace": trace, "command": command, "residents": residents,
}  # fmt: skip
