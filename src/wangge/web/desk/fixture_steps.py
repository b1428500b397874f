"""What is done about something at a door or gate: tried from inside, to go, taken away, confirmed; and the walks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.fixtures import actions, queries
from wangge.domains.fixtures.inputs import read_check, read_found, read_name, read_why
from wangge.domains.fixtures.models import Fixture
from wangge.domains.fixtures.rules import Second
from wangge.domains.fixtures.words import THINGS
from wangge.domains.places.queries import labels
from wangge.sentences import by_field
from wangge.web.access import Asked, needs
from wangge.web.desk.fixtures import rows
from wangge.web.desk.words import moment


def _one(request: Asked, uuid: UUID) -> Fixture:
    return queries.fixture(request.by.scope(Right.WORK_DOORS), uuid)


def say(request: Any, error: Problem | Problems) -> None:
    """Every mistake of a small form at the head of the page."""
    for sentences in by_field(error).values():
        for sentence in sentences:
            messages.error(request, sentence)


@needs(Right.WORK_DOORS)
@require_POST
def check(request: Asked, uuid: UUID) -> HttpResponse:
    """Somebody who lives there tried it from inside; a worker takes it down."""
    try:
        made = actions.check(fixture=_one(request, uuid), typed=read_check(request.POST), by=request.by)
        messages.success(request, _("Noted: it opens.") if made.opens else _("Noted. It has to be taken away now."))
    except (Problem, Problems) as problem:
        say(request, problem)
    return redirect("fixture", uuid)


@needs(Right.WORK_DOORS)
@require_POST
def step(request: Asked, uuid: UUID) -> HttpResponse:
    """It has to go, it was taken away, a second person says so, or it hangs still."""
    one = _one(request, uuid)
    try:
        messages.success(request, _step(request, one, request.POST.get("step", "")))
    except (Problem, Problems) as problem:
        say(request, problem)
    return redirect("fixture", uuid)


def _step(request: Asked, one: Fixture, name: str) -> str:
    """Do it and say so. Raises Problem."""
    if name == "removed":
        actions.record_removed(fixture=one, by=request.by)
        return _("Recorded. A second person has to confirm that it is gone.")
    if name == "gone":
        actions.confirm_gone(fixture=one, by=request.by, said=Second.POST)
        return _("Confirmed: it is gone.")
    if name == "told":
        actions.confirm_gone(fixture=one, by=request.by, said=Second.RESIDENT, name=read_name(request.POST))
        return _("Confirmed: it is gone.")
    if name == "still":
        actions.still_hangs(fixture=one, by=request.by)
        return _("Noted. The level above knows that it hangs still.")
    queries.need(request.by, one.place)
    actions.want_removal(fixtures=[one], why=read_why({"why": name}), by=request.by)
    return _("Noted. It has to be taken away.")


@needs(Right.WORK_DOORS)
@never_cache
@require_safe
def walk(request: Asked, uuid: UUID) -> HttpResponse:
    """A grid's exits, gates and fire lanes, in walking order."""
    one = queries.walk(request.account, uuid)
    places = queries.on_walk(one)
    names = labels(places)
    context = {
        "one": one, "grid": one.grid.name, "due": moment(one.due_at), "uuid": uuid7(),
        "done": moment(one.done_at) if one.done_at else "", "found": rows(queries.found_on(one)),
        "places": [{"uuid": each.uuid, "name": names[each.pk]} for each in places],
        "things": list(THINGS.items()), "page_back": reverse("fixtures"),
    }  # fmt: skip
    return render(request, "wangge/desk/walk.html", context)


@needs(Right.WORK_DOORS)
@require_POST
def walk_found(request: Asked, uuid: UUID) -> HttpResponse:
    """Something blocks a way: with the level above in the same instant."""
    one = queries.walk(request.account, uuid)
    try:
        place = next((each for each in queries.on_walk(one) if str(each.uuid) == request.POST.get("place")), None)
        if place is None:
            raise Problem("fixture_place_unknown", field="place")
        actions.report_found(place=place, typed=read_found(request.POST), by=request.by, walk=one)
        messages.success(request, _("Reported: the level above knows now. It has to be taken away."))
    except (Problem, Problems) as problem:
        say(request, problem)
    return redirect("walk", uuid)


@needs(Right.WORK_DOORS)
@require_POST
def walk_done(request: Asked, uuid: UUID) -> HttpResponse:
    """All of it was walked."""
    one = queries.walk(request.account, uuid)
    try:
        actions.end_walk(walk=one, by=request.by)
        messages.success(request, _("Thank you. The walk is done."))
    except Problem as problem:
        say(request, problem)
    return redirect("fixtures")
