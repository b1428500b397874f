"""Zones in force, what waits to be placed or decided, and the notices they come from."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.domains.places.queries import labels
from wangge.domains.protocol.rules import Area
from wangge.domains.protocol.rules_zones import ReleaseWhen
from wangge.domains.zones import queries
from wangge.domains.zones.models import Zone, ZoneNotice
from wangge.domains.zones.words import NOTICES
from wangge.flows.zone_evidence import infections
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment
from wangge.web.signs import listed
from wangge.web.zones.picture import picture_of, signs
from wangge.web.zones.told import level

PAGE, NOTICES_SHOWN, NAMES, CLASHES = 50, 20, 3, 20


@needs(Right.SEE_BOARD)
@require_safe
def zones(request: Asked) -> HttpResponse:
    """The zones that touch one's places, with what is still to be done about their notices."""
    scope = request.by.scope(Right.SEE_BOARD)
    page = Paginator(queries.zones(scope), PAGE).get_page(request.GET.get("page"))
    draws = request.by.may(Right.DRAW_ZONES)
    take = [{"url": reverse("zone-notice-new"), "label": _("Take a notice in"), "icon": "upload", "main": True}]
    context = {
        "page": page, "rows": _rows(list(page.object_list)), "unplaced": queries.unplaced_lines(scope),
        "clashes": _clashes(list(queries.zones(scope))) if draws else [], "draws": draws,
        "notices": [_notice(one) for one in queries.notices(scope)[:NOTICES_SHOWN]], "actions": take if draws else None,
        "picture": picture_of(scope, reverse("zones-picture")), "signs": signs(list(page.object_list)),
    }  # fmt: skip
    return render(request, "wangge/zones/zones.html", context)


def _rows(some: list[Zone]) -> list[dict[str, Any]]:
    entries = queries.entries_of(some)
    found, where, today = infections(some, entries), _places(some), clock.today()
    rows = []
    for one in some:
        area = queries.area_of(one)
        last = max([clock.day_of(one.began_at), *found[one.pk]])
        rows.append({
            "uuid": one.uuid, "name": one.name, "level": level(one), "district": one.district,
            "places": where.get(one.pk, ""), "doors": one.doors, "people": one.people, "since": moment(one.began_at),
            "days": (today - last).days, "of": _days_asked(one, area),
        })  # fmt: skip
    return rows


def _days_asked(one: Zone, area: Area) -> int:
    """How many days without a new infection the edition asks for; after a step down it asks for fewer."""
    asked = queries.conditions_of(one)
    return next((each.days for each in asked if each.when is ReleaseWhen.NO_NEW_INFECTION), area.release_days)


def _places(some: list[Zone]) -> dict[int, str]:
    """The first places of each zone, by name."""
    by_zone = queries.names_inside(some)
    return {key: listed(names[:NAMES]) + ("…" if len(names) > NAMES else "") for key, names in by_zone.items()}


def _clashes(some: list[Zone]) -> list[dict[str, Any]]:
    """Places under two levels: the stricter holds until somebody leaves the place out of one."""
    by_key = {one.pk: one for one in some}
    found = queries.contradictions(some)[:CLASHES]
    places = queries.places_at(each.path for each in found)
    names = labels(places.values(), divisions=False)
    return [
        {
            "place": places[one.path].uuid, "name": names[places[one.path].pk],
            "sides": [
                {"keep": level(by_key[keep]), "zone": by_key[keep], "other": by_key[drop]}
                for keep, drop in ((one.holds, one.other), (one.other, one.holds))
            ],
        }
        for one in found if one.path in places
    ]  # fmt: skip


def _notice(one: ZoneNotice) -> dict[str, Any]:
    counts: Any = one
    return {
        "uuid": one.uuid, "title": one.title or one.number, "number": one.number, "state": NOTICES[one.state],
        "published": moment(one.published_at), "lines": counts.all_lines, "unplaced": counts.unplaced,
    }  # fmt: skip
