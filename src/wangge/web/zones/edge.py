"""Doors at a zone's edge: asked for by name, and decided one by one by a person."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.domains.places.models import Place
from wangge.domains.places.queries import labels
from wangge.domains.zones import actions, queries
from wangge.domains.zones.models import Zone
from wangge.domains.zones.rules import Part
from wangge.web.access import Asked, needs
from wangge.web.zones.told import level

DOORS = 100


@needs(Right.DRAW_ZONES)
@require_http_methods(["GET", "HEAD", "POST"])
def edge(request: Asked, uuid: UUID) -> HttpResponse:
    """The doors of which nobody has said whether they are in."""
    one = queries.zone(request.by.scope(Right.DRAW_ZONES), uuid)
    page = Paginator(queries.edge_doors(one), DOORS).get_page(request.GET.get("page"))
    doors = list(page.object_list)
    if request.method == "POST":
        return _decided(request, one)
    where = labels(doors)
    rows = [{"key": f"d-{door.uuid}", "name": where[door.pk]} for door in doors]
    context = {"one": one, "level": level(one), "page": page, "rows": rows, "page_back": reverse("zone", args=[uuid])}
    return render(request, "wangge/zones/edge.html", context)


def _decided(request: Asked, one: Zone) -> HttpResponse:
    said = {key[2:]: part for key in request.POST if key.startswith("d-")
            and (part := member(Part, request.POST[key])) in (Part.IN, Part.OUT)}  # fmt: skip
    waiting = {str(door.uuid): door for door in queries.edge_doors(one)}
    chosen: list[tuple[Place, Part]] = [(waiting[key], part) for key, part in said.items() if key in waiting and part]
    actions.decide_places(zone=one, places=chosen, by=request.by)
    messages.success(request, _("%(n)d doors were decided.") % {"n": len(chosen)})
    return redirect("zone-edge" if len(waiting) > len(chosen) else "zone", one.uuid)
