"""One zone: what holds in it, its places and exceptions, what its households need, how far its release is."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.base.problems import Problem
from wangge.domains.places.queries import full_label, labels, resolve_place
from wangge.domains.zones import actions, queries, service
from wangge.domains.zones.inputs import uuids
from wangge.domains.zones.models import Zone
from wangge.domains.zones.placing import KINDS
from wangge.domains.zones.rules import Entry, Part, ZoneState, inside
from wangge.domains.zones.service import Figures, Need
from wangge.domains.zones.words import PARTS, STATES
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment
from wangge.web.zones.release import conditions
from wangge.web.zones.told import level, meaning
from wangge.web.zones.words import NEEDS

PLACES, FOUND = 200, 20
ASKED = (Need.MEDICINE, Need.NOBODY)  # known from answers alone; the others also from the register


@needs(Right.SEE_BOARD)
@require_safe
def zone(request: Asked, uuid: UUID) -> HttpResponse:
    """The zone's page, for everybody whose places it touches."""
    one = queries.zone(request.by.scope(Right.SEE_BOARD), uuid)
    entries = queries.entries_of([one]).get(one.pk, ())
    in_force, draws = one.state == ZoneState.IN_FORCE, request.by.may(Right.DRAW_ZONES)
    q = request.GET.get("q", "").strip()[:60]
    context = {
        "one": one, "level": level(one), "facts": _facts(one), "meaning": meaning(one), "in_force": in_force,
        "places": _places(one), "draws": draws and in_force, "q": q, "found": _found(one, entries, q) if q else [],
        "edges": queries.edge_doors(one).count() if in_force else 0, "page_back": reverse("zones"),
        "tiles": tiles(one, service.figures(entries)) if in_force else [], "leads": request.by.may(Right.OPEN_RECORD),
        "conditions": conditions(one) if in_force else [], "steps": _steps(one),
    }  # fmt: skip
    return render(request, "wangge/zones/zone.html", context)


def _steps(one: Zone) -> list[tuple[str, str, str]]:
    """What it was before it was stepped down, and what it became: words, name of the level, address."""
    after = queries.after(one)
    found = [(_("Stepped down from"), one.before)] if one.before else []
    found += [(_("Stepped down to"), after)] if after else []
    return [(words, level(each), reverse("zone", args=[each.uuid])) for words, each in found]


def _facts(one: Zone) -> list[tuple[str, Any]]:
    facts = [
        (_("State"), STATES[one.state]), (_("Since"), moment(one.began_at)),
        (_("Notice"), f"{one.notice.authority} {one.notice.number}"), (pgettext("zone", "Ground"), one.clause),
        (pgettext("zone", "Doors"), one.doors), (_("People on the register"), one.people),
    ]  # fmt: skip
    return [*facts, (_("Until"), moment(one.ended_at))] if one.ended_at else facts


def _places(one: Zone) -> list[dict[str, Any]]:
    rows = list(queries.places(one)[:PLACES])
    where = labels([row.place for row in rows], divisions=True)
    return [
        {"uuid": row.place.uuid, "name": where[row.place_id], "part": row.part, "word": PARTS[row.part]}
        for row in rows
    ]  # fmt: skip


def _found(one: Zone, entries: tuple[Entry, ...], q: str) -> list[tuple[str, str]]:
    """Places inside the zone that a text can mean."""
    area = one.notice.area
    found = [each.place for each in resolve_place(text=q, within=area, kinds=KINDS).candidates]
    return [(str(place.uuid), full_label(place)) for place in found[:FOUND] if inside(entries, place.path) is not None]


def tiles(one: Zone, figures: Figures) -> list[dict[str, Any]]:
    """What the zone's households need: what is not known first; each leads to the very doors that it counts."""
    address = reverse("zone-service", args=[one.uuid])
    counts = {Need.UNKNOWN: figures.unknown, **figures.needs}
    return [
        {"label": NEEDS[need], "value": counts[need], "total": figures.known if need in ASKED else figures.doors,
         "url": f"{address}?need={need.value}"}
        for need in NEEDS
    ]  # fmt: skip


@needs(Right.DRAW_ZONES)
@require_POST
def places(request: Asked, uuid: UUID) -> HttpResponse:
    """Leave places out, or take them in again."""
    one = queries.zone(request.by.scope(Right.DRAW_ZONES), uuid)
    part = member(Part, request.POST.get("part", ""))
    chosen = queries.places_chosen(uuids(request.POST.getlist("place")))
    if not part or not chosen:
        raise Problem("zone_place_missing", field="place")
    done = actions.decide_places(zone=one, places=[(place, part) for place in chosen], by=request.by)
    messages.success(request, _("Noted: %(places)s is %(part)s.") % {
        "places": ", ".join(place.name for place in chosen), "part": PARTS[part]
    })  # fmt: skip
    return redirect("zone", uuid) if done.state == ZoneState.IN_FORCE else redirect("zones")
