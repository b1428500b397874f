"""Zones in plain words, for everybody: which are in force, and what applies at an address. Nothing typed is kept.

Public, as the notices are. How often an address may search is counted.
"""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from wangge.base.access.scope import EVERYTHING
from wangge.base.problems import Problem
from wangge.domains.places.queries import Candidate, resolve_place, root
from wangge.domains.places.rules import Kind
from wangge.domains.zones import queries
from wangge.domains.zones.models import Zone
from wangge.web.areas import WITHIN, count_search
from wangge.web.desk.words import moment
from wangge.web.problems import sentence
from wangge.web.signs import listed
from wangge.web.zones.picture import picture_of, signs
from wangge.web.zones.told import level, meaning

PAGE, FOUND, LONGEST, NAMES = 50, 8, 60, 6
#: What somebody can ask about: never a single home, whose address would say that somebody lives there.
ASKED = frozenset(Kind) - {Kind.CITY, Kind.DISTRICT, Kind.HOUSEHOLD, Kind.YARD, Kind.ROOM, Kind.BED}


@require_safe
def zones(request: HttpRequest) -> HttpResponse:
    """The zones in force, and a search for one's own address."""
    q = request.GET.get("q", "").strip()[:LONGEST]
    problem, found = None, list[dict[str, Any]]()
    if q:
        try:
            count_search(request)
            found = _found(q)
        except Problem as error:
            problem = error
    page = Paginator(queries.zones(EVERYTHING), PAGE).get_page(request.GET.get("page"))
    some = list(page.object_list)
    names = queries.names_inside(some)
    context = {
        "q": q, "found": found, "asked": bool(q) and not problem, "problem": sentence(problem) if problem else "",
        "picture": picture_of(EVERYTHING, reverse("zones-picture-here")), "signs": signs(some),
        "page": page, "rows": [_row(one, names.get(one.pk, [])) for one in some],
    }  # fmt: skip
    answer = render(request, "wangge/resident/zones.html", context, status=429 if problem else 200)
    if problem:
        answer.headers["Retry-After"] = str(int(WITHIN.total_seconds()))
    return answer


def _row(one: Zone, names: list[str]) -> dict[str, Any]:
    return {
        "name": one.name, "district": one.district, "level": level(one), "since": moment(one.began_at),
        "places": listed(names[:NAMES]) + ("…" if len(names) > NAMES else ""),
        "notice": f"{one.notice.authority} {one.notice.number}", "meaning": meaning(one),
    }  # fmt: skip


def _found(q: str) -> list[dict[str, Any]]:
    """What the text can mean, each with what applies there."""
    whole = root()
    some = resolve_place(text=q, within=whole, kinds=ASKED).candidates[:FOUND] if whole else ()
    here = queries.at_each(one.place for one in some)
    return [_answer(one, here[one.place.pk]) for one in some]


def _answer(one: Candidate, here: list[Zone]) -> dict[str, Any]:
    zone = here[0] if here else None
    return {
        "name": one.label, "level": level(zone) if zone else "", "meaning": meaning(zone) if zone else [],
        "notice": f"{zone.notice.authority} {zone.notice.number}" if zone else "",
    }  # fmt: skip
