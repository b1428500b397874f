"""Checkpoints: which are open, who stands there, what they counted; opening one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.checkpoints import actions, queries
from wangge.domains.checkpoints.inputs import read_checkpoint
from wangge.domains.checkpoints.models import Checkpoint
from wangge.domains.checkpoints.words import KINDS
from wangge.domains.places.models import Place
from wangge.domains.places.queries import labels
from wangge.domains.protocol.queries import naming
from wangge.domains.protocol.rules import Named
from wangge.domains.venues.models import Venue
from wangge.domains.venues.queries import with_poster
from wangge.web.access import Asked, needs
from wangge.web.problems import by_field
from wangge.web.signs import listed

PAGE, VENUES = 50, 500


@needs(Right.KEEP_CHECKPOINT)
@require_safe
def checkpoints(request: Asked) -> HttpResponse:
    """The checkpoints at one's places, open ones first, with what today added up to."""
    found = queries.checkpoints(request.by.scope(Right.KEEP_CHECKPOINT))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    opens = [{"url": reverse("checkpoint-new"), "label": _("Open a checkpoint"), "icon": "plus", "main": True}]
    context = {
        "page": page, "rows": _rows(list(page.object_list)), "named": bool(naming(Named.CODES)),
        "actions": opens if request.by.may(Right.OPEN_RECORD) and naming(Named.CODES) else None,
    }  # fmt: skip
    return render(request, "wangge/command/checkpoints.html", context)


def _rows(points: list[Checkpoint]) -> list[dict[str, Any]]:
    standing, where = queries.standing(points), labels([one.place for one in points], divisions=True)
    names = queries.names_of(shift for shifts in standing.values() for shift in shifts)
    today = queries.totals_of_checkpoints(points, since=clock.start_of(clock.today()))
    needs_a_word = queries.unsettled(points)
    return [
        {
            "uuid": one.uuid, "name": one.name, "kind": KINDS[one.kind], "place": where[one.place_id],
            "who": listed(names.get(shift.account, "") for shift in standing.get(one.pk, ())),
            "open": one.closed_at is None, "today": today.get(one.pk, queries.NOTHING),
            "unsettled": needs_a_word.get(one.pk, 0),
        }
        for one in points
    ]  # fmt: skip


@needs(Right.KEEP_CHECKPOINT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """Open one: where, at what, and for whom."""
    request.by.scope(Right.OPEN_RECORD)
    if request.method != "POST":
        return _form(request, None)
    places = {one.uuid: one for one in queries.places_for(request.by.scope(Right.KEEP_CHECKPOINT))}
    posts = {one.uuid: one for one in queries.posts_for(request.by.scope(Right.KEEP_CHECKPOINT))}
    try:
        typed = read_checkpoint(request.POST)
        if (place := places.get(typed.place)) is None:
            raise Problem("checkpoint_place_missing", field="place")
        venue = _venue(request, typed.venue, place) if typed.venue else None
        one = actions.open_checkpoint(
            place=place, kind=typed.kind, name=typed.name, post=posts.get(typed.post) if typed.post else None,
            venue=venue.uuid if venue else None, uuid=typed.uuid, by=request.by,
        )  # fmt: skip
    except Problem as problem:
        return _form(request, problem)
    said = _("%(name)s is open. Whoever stands there begins a shift in the field app.")
    messages.success(request, said % {"name": one.name})
    return redirect("checkpoint", one.uuid)


def _venues(request: Asked) -> list[Venue]:
    """Whose door a checkpoint may be: for whoever may keep both."""
    if not request.by.may(Right.KEEP_VENUES) or not naming(Named.CHECK_IN):
        return []
    return list(with_poster(request.by.scope(Right.KEEP_VENUES))[:VENUES])


def _venue(request: Asked, uuid: UUID, place: Place) -> Venue:
    """One lies within the other: a venue is known by its community at least. Raises Problem."""
    found = next((one for one in _venues(request) if one.uuid == uuid), None)
    if not found or not (found.place.path.startswith(place.path) or place.path.startswith(found.place.path)):
        raise Problem("checkpoint_venue_elsewhere", field="venue")
    return found


def _form(request: Asked, problem: Problem | None) -> HttpResponse:
    scope = request.by.scope(Right.KEEP_CHECKPOINT)
    places = queries.places_for(scope)
    where = labels(places, divisions=True)
    errors = by_field(problem) if problem else {}
    context = {
        "places": [(str(one.uuid), where[one.pk]) for one in places], "kinds": list(KINDS.items()),
        "venues": [(str(one.uuid), one.name) for one in _venues(request)],
        "posts": [(str(one.uuid), one.title) for one in queries.posts_for(scope)],
        "typed": request.POST, "uuid": request.POST.get("uuid") or uuid7(),
        "errors": errors, "whole": " ".join(errors.get("", [])), "page_back": reverse("checkpoints"),
    }  # fmt: skip
    return render(request, "wangge/command/checkpoint_new.html", context, status=422 if problem else 200)
