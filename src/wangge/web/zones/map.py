"""An area drawn on the map for a line of a notice: what lies inside is shown, decided and confirmed by a person."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.places.outlines import outlines_of
from wangge.domains.places.queries import labels
from wangge.domains.protocol.queries import in_force
from wangge.domains.zones import actions, mapping, queries
from wangge.domains.zones.drawn import Drawn, Spot, community, drawn
from wangge.domains.zones.inputs import read_corners, read_drawn
from wangge.domains.zones.models import ZoneLine
from wangge.domains.zones.outline import need_near
from wangge.domains.zones.placing import district_of
from wangge.domains.zones.plane import Area, box_of
from wangge.domains.zones.words import LINES
from wangge.web.access import Asked, needs
from wangge.web.command.words import spoken
from wangge.web.problems import by_field
from wangge.web.zones.frame import Frame, framed

MOST = 500  # places of one area that are confirmed one by one
NAMED = 400  # compounds whose names are written on the map
UNKNOWN = 60  # places without a point of other communities that are listed


@needs(Right.DRAW_ZONES)
@require_http_methods(["GET", "HEAD", "POST"])
def zone_map(request: Asked, uuid: UUID, number: int) -> HttpResponse:
    """Draw, look at what lies inside, confirm."""
    one = queries.line(queries.notice(request.by.scope(Right.DRAW_ZONES), uuid), number)
    around = _around(one)
    spots = mapping.spots(around)
    try:
        area = _area(request, one, around, spots)
        if request.POST.get("said") == "drawn":
            return _decided(request, one)
    except Problem as problem:
        return _page(request, one, around, spots, _kept(request, problem), problem)
    return _page(request, one, around, spots, area, None)


def _around(one: ZoneLine) -> Place:
    """The district that the line stands under."""
    try:
        return district_of(one.notice.area, one.district)
    except Place.DoesNotExist:
        return one.notice.area


def _area(request: Asked, one: ZoneLine, around: Place, spots: list[Spot]) -> Area | None:
    """What was drawn now, or for this line before. Raises Problem."""
    if request.method != "POST":
        return mapping.area_of_line(one)
    area = read_corners(request.POST)
    need_near(area, mapping.extent(around, spots))
    return area


def _kept(request: Asked, problem: Problem) -> Area | None:
    """The area stays on the page where it is only the choice of places that is not complete."""
    return None if problem.field == "corners" else read_corners(request.POST)


def _decided(request: Asked, one: ZoneLine) -> HttpResponse:
    done = actions.decide_line(line=one, typed=read_drawn(request.POST), by=request.by)
    messages.success(request, _("%(text)s: %(state)s.") % {"text": done.text, "state": LINES[done.state]})
    return redirect("zone-notice", one.notice.uuid)


def _page(
    request: Asked, one: ZoneLine, around: Place, spots: list[Spot], area: Area | None, problem: Problem | None
) -> HttpResponse:
    found = drawn(area, spots) if area else None
    if found and len(found.inside) > MOST:
        found, problem = None, Problem("zone_outline_wide", field="corners", most=MOST)
    errors = by_field(problem) if problem else {}
    level = queries.levels_of(in_force(one.notice.response)).get(one.level)
    corners = written(area) if area else request.POST.get("corners", "")
    context = {
        "one": one, "level": spoken(level.label) if level else one.level, "errors": errors,
        "whole": " ".join(text for texts in errors.values() for text in texts),
        "corners": corners, "datum": "" if area else request.POST.get("datum", ""),
        "found": _found(found, request.POST) if found else None,
        "page_back": reverse("zone-notice", args=[one.notice.uuid]), **_drawing(around, spots, area),
    }  # fmt: skip
    return render(request, "wangge/zones/map.html", context, status=422 if problem else 200)


def written(area: Area) -> str:
    """An area as its field holds it: corners a line, or a Polygon where it has holes."""
    if area.holes:
        return json.dumps({"type": "Polygon", "coordinates": mapping.rings_of(area)})
    return "\n".join(f"{point.lon:.7f},{point.lat:.7f}" for point in area.ring)


def _drawing(around: Place, spots: list[Spot], area: Area | None) -> dict[str, Any]:
    """The map: what is known of the district, nearest around its points."""
    rings = [ring for each in outlines_of(around.code).values() for ring in each]
    points = [one.point for one in spots if one.point]
    frame = framed(box_of([*points, *(area.ring if area else ())] or [point for ring in rings for point in ring]))
    if frame is None:
        return {"frame": None}
    return {
        "frame": frame, "outlines": [line for ring in rings if (line := frame.line(ring, 20.0))],
        "buildings": frame.dots(one.point for one in spots if one.point and not one.compound),
        "compounds": frame.dots(one.point for one in spots if one.point and one.compound),
        "names": _names(frame, spots), "drawn": frame.area(area) if area else "",
    }  # fmt: skip


def _names(frame: Frame, spots: list[Spot]) -> list[tuple[float, float, str]]:
    named = [(frame.at(one.point), one.name) for one in spots if one.point and one.compound][:NAMED]
    return [(x, y, name) for (x, y), name in named]


def _found(found: Drawn, typed: QueryDict) -> dict[str, Any]:
    """The result as rows. Ticked is what lies inside, or what was ticked when the page came back."""
    near = {community(one.path) for one in [*found.inside, *(each.spot for each in found.half)]}
    first = [one for one in found.unknown if community(one.path) in near]
    unknown = [*first, *found.unknown[len(first) : len(first) + UNKNOWN]]
    where = _labels([*found.inside, *unknown, *(one.spot for one in found.half)])
    back, ticked = typed.get("said") == "drawn", set(typed.getlist("place"))
    half = [
        {"key": str(one.spot.uuid), "name": where[one.spot.uuid], "of": one.of, "some": len(one.inside),
         "under": str(one.under or ""),
         "inside": [str(each.uuid) for each in one.inside], "said": typed.get(f"d-{one.spot.uuid}", "")}
        for one in found.half
    ]  # fmt: skip
    return {
        "counts": found.counts, "all": found.all, "half": half, "more": len(found.unknown) - len(unknown),
        "inside": [(str(one.uuid), where[one.uuid], not back or str(one.uuid) in ticked) for one in found.inside],
        "unknown": [(str(one.uuid), where[one.uuid], str(one.uuid) in ticked) for one in unknown],
    }  # fmt: skip


def _labels(spots: list[Spot]) -> dict[UUID, str]:
    places = queries.places_chosen(one.uuid for one in spots)
    where = labels(places)
    return {place.uuid: where[place.pk] for place in places}
