"""From a case's exposures to its picture: who is drawn one by one, who is counted, and in which words."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wangge.base import clock
from wangge.base.privacy import mask_name
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.cases.rules import ExposureKind, ExposureState
from wangge.domains.cases.words import KINDS, STATES
from wangge.domains.venues.words import LABELS
from wangge.web.desk.words import day as day_words
from wangge.web.signs import counted, listed, told
from wangge.web.trace.chart import Chain, Meeting, Who
from wangge.web.trace.gathered import Gathered, lasted, span
from wangge.web.trace.picture import draw_tall, draw_wide

HOMES = (ExposureKind.HOUSEHOLD, ExposureKind.ROOM)
FEW = 6  # people of one meeting drawn one by one whatever their state
MANY = 12  # confirmed people of one meeting drawn one by one
DAYS = 15  # the most the picture shows: what lies before is told under the first day
ORDER = [state.value for state in (
    ExposureState.CONFIRMED, ExposureState.ASKED, ExposureState.CANDIDATE, ExposureState.DISMISSED,
    ExposureState.WITHDRAWN,
)]  # fmt: skip


def pictures(all_: Gathered) -> tuple[SafeString, SafeString]:
    """The chain for a desk and for a phone; the page shows the one that fits."""
    chain = chain_of(all_)
    wide, tall = draw_wide(chain, "chain-wide"), draw_tall(chain, "chain-tall")
    return mark_safe(wide), mark_safe(tall)  # noqa: S308  # every text in it is escaped where it is drawn


def chain_of(all_: Gathered) -> Chain:
    """The picture's content in the reader's language."""
    case, meetings = all_.case, _meetings(all_)
    title = _("Case %(number)s") % {"number": case.number}
    met, waiting = len(all_.in_state(ExposureState.CONFIRMED)), len(all_.in_state(*UNDECIDED))
    told = _("%(places)s meetings, %(met)s people confirmed as contacts, %(waiting)s to be decided.") % {
        "places": len(meetings), "met": met, "waiting": waiting,
    }  # fmt: skip
    return Chain(
        title=title, name=mask_name(case.person.name), told=told, days=_days(case, meetings),
        infectious_from=clock.start_of(case.infectious_from), infectious=_("infectious from here on"),
        confirmed_at=case.confirmed_at, meetings=tuple(meetings), withdrawn=case.state == Case.State.WITHDRAWN,
        confirmed=_("confirmed %(at)s") % {"at": date_format(localtime(case.confirmed_at, clock.LOCAL), "H:i")},
    )  # fmt: skip


UNDECIDED = (ExposureState.CANDIDATE, ExposureState.ASKED)


def _days(case: Case, meetings: Sequence[Meeting]) -> tuple[tuple[datetime, str], ...]:
    """From the first meeting or infectious day to the last, each with its midnight."""
    known = [clock.day_of(one.starts) for one in meetings] + [clock.day_of(case.confirmed_at)]
    last = max(known)
    first = max(min([case.infectious_from, *known]), last - timedelta(days=DAYS - 1))
    every = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    return tuple((clock.start_of(day), _day_name(day)) for day in every)


def _day_name(day: date) -> str:
    return f"{day_words(day)} {date_format(day, 'D')}"


def _meetings(all_: Gathered) -> list[Meeting]:
    """One for each place and hour; who lives with a contact hangs on that contact."""
    hanging: dict[int, list[Exposure]] = {}
    groups: dict[tuple[object, ...], list[Exposure]] = {}
    drawn = {one.pk for one in all_.exposures}
    for one in all_.exposures:
        if one.kind == ExposureKind.CONTACT and one.via_id in drawn:
            hanging.setdefault(one.via_id or 0, []).append(one)
            continue
        home = one.kind in HOMES
        hour = "" if home else clock.day_of(one.starts) if one.venue else one.starts
        groups.setdefault((home, one.kind, one.venue or one.place_id, hour), []).append(one)
    return [_meeting(all_, same, hanging) for same in groups.values()]


def _meeting(all_: Gathered, same: list[Exposure], hanging: dict[int, list[Exposure]]) -> Meeting:
    same.sort(key=lambda one: (ORDER.index(one.state), one.rank, one.pk))
    shown = [one for one in same if one.state == ExposureState.CONFIRMED][:MANY] if len(same) > FEW else same
    rest = [one for one in same if one not in shown]
    rest += [other for one in rest for other in hanging.get(one.pk, [])]
    first, starts, ends = same[0], min(one.starts for one in same), max(one.ends for one in same)
    where = all_.where(first)
    return Meeting(
        where=where or str(KINDS[first.kind]), starts=starts, ends=ends, home=first.kind in HOMES,
        when=" · ".join(filter(None, [span(starts, ends), _why(all_, first)])),
        people=tuple(_who(all_, one, hanging, where) for one in shown),
        crowd=tuple(one.state for one in rest), more=_more(rest, bool(shown)),
        url=f"{reverse('case', args=[all_.case.uuid])}?meeting={first.venue or first.uuid}#candidates",
    )  # fmt: skip


def _why(all_: Gathered, one: Exposure) -> str:
    """What kind of venue, or why at all; nothing where the head says it already."""
    if one.kind == ExposureKind.VENUE and one.venue in all_.venues:
        return str(LABELS[all_.venues[one.venue].kind])
    return str(KINDS[one.kind]) if all_.where(one) else ""


def _who(all_: Gathered, one: Exposure, hanging: dict[int, list[Exposure]], known: str) -> Who:
    """Somebody met; the door is left out where it was just said."""
    how = _("lives there too") if one.kind == ExposureKind.CONTACT else lasted(one.minutes)
    note, door = " · ".join(filter(None, [how, str(STATES[one.state])])), all_.door(one)
    under = tuple(_who(all_, other, hanging, door) for other in hanging.get(one.pk, []))
    return Who(str(one.uuid), mask_name(one.person.name), _door(door, known), note, one.state, under)


def _door(door: str, known: str) -> str:
    """What a door adds to the place just named: nothing, a bed of the same room, or all of it."""
    around, _sep, last = door.rpartition(" ")
    if door == known:
        return ""
    return last if around in (known, known.rpartition(" ")[0]) and around else door


def _more(rest: Sequence[Exposure], others: bool) -> str:
    """'33 more people: 6 to be decided, 27 not a contact'."""
    if not rest:
        return ""
    states = [(str(STATES[state]), sum(one.state == state for one in rest)) for state in ORDER]
    alone = ngettext("%(n)d person", "%(n)d people", len(rest))
    head = ngettext("%(n)d more", "%(n)d more", len(rest)) if others else alone
    return told(head % {"n": len(rest)}, listed(counted(number, word) for word, number in states if number))
