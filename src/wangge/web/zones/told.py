"""What a zone means, and how far its release is, in the reader's words. Shared by desk, door and residents' pages."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wangge.base import clock
from wangge.domains.places.models import Place
from wangge.domains.protocol.rules import Area
from wangge.domains.protocol.rules_zones import ReleaseWhen
from wangge.domains.zones.models import Zone
from wangge.domains.zones.queries import area_of, at
from wangge.domains.zones.rules import Finding, Stands
from wangge.web.command.words import spoken
from wangge.web.desk.words import day
from wangge.web.signs import listed, noted


def level(zone: Zone) -> str:
    """The level as the edition calls it."""
    return spoken(area_of(zone).label)


def here(place: Place) -> dict[str, Any] | None:
    """What applies at a place: the strictest zone that holds it, with its address; None outside all zones."""
    found = at(place)
    if not found:
        return None
    return {"level": level(found[0]), "meaning": meaning(found[0]), "url": reverse("zone", args=[found[0].uuid])}


def meaning(zone: Zone) -> list[tuple[str, str]]:
    """What holds inside: who goes out, who is served, which tests on which days. Pairs of term and words."""
    area = area_of(zone)
    facts = [(_("What holds"), noted(spoken(area.rule), area.clause))]
    if area.zone:
        facts += [
            (_("Who may go out"), spoken(area.zone.goes_out)), (_("How people are served"), spoken(area.zone.served)),
        ]  # fmt: skip
    if area.tests:
        facts.append((_("Tests"), _tests(zone, area)))
    if area.first_screen_hours:
        facts.append((_("First test of everybody"), _("within %(hours)g hours") % {"hours": area.first_screen_hours}))
    return facts


def _tests(zone: Zone, area: Area) -> str:
    """The first full day is day 1."""
    first = clock.day_of(zone.began_at)
    days = listed(day(first + timedelta(days=number)) for number in area.tests)
    return _("on day %(numbers)s (%(days)s)") % {"numbers": listed(area.tests), "days": days}


def condition(one: Finding) -> dict[str, Any]:
    """A condition of release with its state and by what."""
    kind, days = one.condition.when, one.condition.days
    if kind is ReleaseWhen.NO_NEW_INFECTION:
        title = ngettext("%(n)d day without a new infection", "%(n)d days without a new infection", days) % {"n": days}
        by = _("%(done)d of %(of)d days have passed since %(day)s")
    elif kind is ReleaseWhen.LAST_CONTACT_NEGATIVE:
        title = _("The last contacts are negative %(n)d days after they were exposed") % {"n": days}
        by = _("%(done)d of %(of)d who were exposed on %(day)s have that sample") if one.of else _("No such contact")
    else:
        title = _round(days, one.condition.from_day)
        by = _("%(done)d of %(of)d people have a negative sample since %(day)s")
    said = by % {"done": one.done, "of": one.of, "day": day(one.since)} if "%" in by else by
    against = ngettext("%(n)d sample was positive", "%(n)d samples were positive", one.against) % {"n": one.against}
    met = one.stands is Stands.MET
    waits = one.earliest and not met and one.earliest > clock.today()
    return {
        "title": title, "met": met, "by": said, "against": against if one.against else "",
        "earliest": day(one.earliest) if waits and one.earliest else "",
    }  # fmt: skip


def _round(days: int, from_day: int) -> str:
    if days:
        return ngettext(
            "Everybody is negative within %(n)d day before", "Everybody is negative within %(n)d days before", days
        ) % {"n": days}
    return _("Everybody is negative on day %(n)d or later") % {"n": from_day}
