"""Where people who come back wait, and the way in from there: set up by whoever leads a place."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.places.queries import labels
from wangge.domains.reception import actions, queries
from wangge.domains.reception.inputs import read_spot
from wangge.web.access import Asked, needs
from wangge.web.problems import by_field


@needs(Right.OPEN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def spots(request: Asked) -> HttpResponse:
    """What is set up, and the form for another one."""
    scope, problem = request.by.scope(Right.OPEN_RECORD), None
    places = queries.places_for(scope)
    if request.method == "POST":
        try:
            typed = read_spot(request.POST.dict())
            place = next((one for one in places if one.uuid == typed.place), None)
            if place is None:
                raise Problem("reception_place_missing", field="place")
            actions.set_spot(typed=typed, place=place, by=request.by)
            messages.success(request, _("Set up. Whoever receives people reads it from now on."))
            return redirect("reception-spots")
        except (Problem, Problems) as caught:
            problem = caught
    where, found = labels(places, divisions=True), list(queries.spots_in(scope)[:200])
    around = labels([one.place for one in found])
    context = {
        "rows": [{"one": one, "place": around[one.place_id]} for one in found], "typed": request.POST,
        "places": [(str(one.uuid), where[one.pk]) for one in places], "errors": by_field(problem) if problem else {},
        "uuid": request.POST.get("uuid") or uuid7(), "page_back": reverse("receptions"),
    }  # fmt: skip
    return render(request, "wangge/reception/spots.html", context, status=422 if problem else 200)


@needs(Right.OPEN_RECORD)
@require_POST
def close(request: Asked, uuid: UUID) -> HttpResponse:
    """Nobody is sent there any more."""
    actions.close_spot(spot=queries.spot(request.by.scope(Right.OPEN_RECORD), uuid), by=request.by)
    messages.success(request, _("Closed. Nobody is sent there any more."))
    return redirect("reception-spots")
