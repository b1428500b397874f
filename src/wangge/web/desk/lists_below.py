"""The lists of the offices below: how far each is, from the city down to the list and its rows."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.lists import queries
from wangge.domains.places.models import Place
from wangge.domains.places.queries import children, root
from wangge.domains.places.queries.scoped import seen, way_to, widest
from wangge.domains.places.rules import DIVISIONS, Kind
from wangge.domains.places.spelling import short_name
from wangge.web.access import Asked, needs
from wangge.web.command.here import uuid_of
from wangge.web.desk import list_rows

NOTHING = dict.fromkeys(("lists", "people", "late", *queries.PARTS), 0)


@dataclass(frozen=True, slots=True)
class Office:
    """A place with the figures of its lists; ``url`` leads on to what is below it."""

    name: str
    url: str
    figures: dict[str, int]


@needs(Right.IMPORT_RECORDS)
@require_safe
def below(request: Asked) -> HttpResponse:
    """The figures of every place directly below one, and the lists of its own office, each with the way to its rows."""
    scope = request.by.scope(Right.IMPORT_RECORDS)
    place = _place(request, scope)
    found = _figures(scope, place)
    own = queries.lists(scope).filter(place=place)
    offices = [Office(_name(child), _link(child), found[child.path]) for child in children(place)
               if child.path in found and child.kind in DIVISIONS]  # fmt: skip
    whole = _figures(scope, place, whole=True).get(place.path, NOTHING)
    context: dict[str, Any] = {
        "place": _name(place), "offices": offices, "whole": whole, "cards": list_rows.cards(list(own)),
        "way": [(_name(one), _link(one)) for one in way_to(place, scope)], "page_back": reverse("handed"),
    }  # fmt: skip
    return render(request, "wangge/desk/lists_below.html", context)


def _place(request: Asked, scope: Scope) -> Place:
    """The place of the address, else where the reader's view begins."""
    if asked := uuid_of(request.GET.get("at", "")):
        return seen(scope, asked)
    place = root() if scope.everything else widest(scope)
    if place is None:
        raise Http404
    return place


def _figures(scope: Scope, place: Place, *, whole: bool = False) -> dict[str, dict[str, int]]:
    return queries.by_place(scope, place.path, len(place.path) + (0 if whole else 4))


def _name(place: Place) -> str:
    return short_name(place.name, Kind(place.kind))


def _link(place: Place) -> str:
    return f"{reverse('handed-below')}?at={place.uuid}"
