"""The poster of a compound: a picture that leads to its own form for whoever comes back."""

from uuid import UUID

import segno
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wangge.base.access.rights import Right
from wangge.domains.duty.badges import HOTLINE, office_of
from wangge.domains.duty.queries import offices
from wangge.domains.places.models import Place
from wangge.domains.places.queries import full_label, labels
from wangge.domains.places.queries.scoped import touched
from wangge.domains.selfreports.queries import FOR, asking, places_for_posters
from wangge.web.access import Asked, needs
from wangge.web.command.words import spoken

PAGE = 50


@needs(Right.OPEN_RECORD)
@require_safe
def posters(request: Asked) -> HttpResponse:
    """The communities, compounds and hamlets of one's places, searched."""
    q = request.GET.get("q", "").strip()
    scope = request.by.scope(Right.OPEN_RECORD)
    found = places_for_posters(scope, q)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = labels(page.object_list, divisions=True)
    rows = [{"uuid": one.uuid, "name": one.name, "where": names[one.pk]} for one in page.object_list]
    context = {"page": page, "rows": rows, "q": q, "keep": f"q={q}", "page_back": reverse("returns")}
    return render(request, "wangge/desk/posters.html", context)


@needs(Right.OPEN_RECORD)
@require_safe
def poster(request: Asked, uuid: UUID) -> HttpResponse:
    """One poster, to be printed and hung at the gate."""
    scope = request.by.scope(Right.OPEN_RECORD)
    place = touched(scope, uuid)
    if place.kind not in FOR:
        raise Place.DoesNotExist
    address = request.build_absolute_uri(reverse("back-report", args=[place.uuid]))
    asked, posts = asking(place), offices(place)[:1]
    context = {
        "place": place, "label": full_label(place), "address": address, "page_back": reverse("posters"),
        "picture": segno.make(address, error="m", micro=False).svg_data_uri(scale=8, border=2),
        "rule": spoken(asked.rule.rule) if asked else "", "response": asked.response if asked else None,
        "office": posts[0].title if posts else "", "phone": office_of(posts[0]) if posts else HOTLINE,
    }  # fmt: skip
    return render(request, "wangge/desk/poster.html", context)
