"""Posts: the holes first, then who holds each."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.duty import seating
from wangge.domains.duty.words import POSTS
from wangge.domains.places.models import Place
from wangge.domains.places.queries import children, labels
from wangge.domains.places.queries.scoped import part_of, seen, way_to, widest
from wangge.web.access import Asked, needs
from wangge.web.command.here import kept, name_of, typed, uuid_of
from wangge.web.command.people import waiting
from wangge.web.command.words import kind_of, since

PAGE = 50


@needs(Right.MANAGE_POSTS)
@require_safe
def posts(request: Asked) -> HttpResponse:
    """The posts of one's places, vacant ones on top."""
    scope = request.by.scope(Right.MANAGE_POSTS)
    chosen = {name: typed(request, name) for name in ("place", "kind", "vacant", "q")}
    place = seen(scope, at) if (at := uuid_of(chosen["place"])) else None
    found = seating.narrowed(
        seating.seats(part_of(place, scope) if place else scope), kind=chosen["kind"], vacant=chosen["vacant"] == "1",
        text=chosen["q"],
    )  # fmt: skip
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": _rows(seating.seated(list(page.object_list))), "q": chosen["q"],
        "filters": _filters(scope, place, chosen), "keep": kept(request), "holes": seating.holes(scope).count(),
        "recoveries": waiting(request),
    }  # fmt: skip
    return render(request, "wangge/command/posts.html", context)


def _rows(seats: Sequence[seating.Seat]) -> list[dict[str, Any]]:
    named = labels([seat.post.place for seat in seats])
    return [
        {
            "post": seat.post, "kind": kind_of(seat.post), "place": named[seat.post.place_id], "hole": since(seat),
            "holder": seat.holder.account.name if seat.holder else "",
        }
        for seat in seats
    ]  # fmt: skip


def _filters(scope: Scope, place: Place | None, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Places one level down from the one chosen, and the way back up."""
    start = place or widest(scope)
    near = [*way_to(start, scope), start, *children(start).filter(code__gt="")] if start else []
    places = [("", _("all my places")), *((str(one.uuid), name_of(one)) for one in near)]
    return [
        {"name": "place", "label": _("Place"), "chosen": chosen["place"], "options": places},
        {"name": "kind", "label": _("Kind of post"), "chosen": chosen["kind"],
         "options": [("", _("any")), *POSTS.items()]},
        {"name": "vacant", "label": _("Held or vacant"), "chosen": chosen["vacant"],
         "options": [("", _("both")), ("1", _("vacant only"))]},
    ]  # fmt: skip
