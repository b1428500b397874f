"""Somebody comes back: at the gate, or announced by a call. Name and number only if given."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.base.ids import uuid7
from wangge.base.problems import Problem, Problems
from wangge.domains.places.queries import labels
from wangge.domains.protocol.queries import naming
from wangge.domains.protocol.rules import Named
from wangge.domains.reception import queries
from wangge.domains.reception.actions import ANNOUNCES, reach
from wangge.domains.reception.inputs import read_reception
from wangge.domains.reception.rules import How, Shown
from wangge.domains.reception.words import CARE, HOW, SHOWN
from wangge.flows import receptions
from wangge.web.access import Asked, needs
from wangge.web.problems import by_field


@needs(*ANNOUNCES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Asked) -> HttpResponse:
    """The form; sent twice it is one reception."""
    places = queries.places_for(reach(request.by, *ANNOUNCES))
    if request.method != "POST":
        return _form(request, places, None)
    try:
        typed = read_reception(request.POST.dict(), request.POST.getlist("care"))
        place = next((one for one in places if one.uuid == typed.place), None)
        if place is None:
            raise Problem("reception_place_missing", field="place")
        one = receptions.announce(typed=typed, place=place, by=request.by)
    except (Problem, Problems) as problem:
        return _form(request, places, problem)
    messages.success(request, _("Noted. The page says who meets them, where they wait and by which way they go."))
    return redirect("reception", one.uuid)


def _form(request: Asked, places: list[Any], problem: Problem | Problems | None) -> HttpResponse:
    where, errors = labels(places, divisions=True), by_field(problem) if problem else {}
    typed = request.POST if request.method == "POST" else {"how": How.GATE, "people": "1"}
    shown = {one: word for one, word in SHOWN.items() if one == Shown.TOLD or naming(Named.CODES)}
    context = {
        "places": [(str(one.uuid), where[one.pk]) for one in places], "how": HOW.items(), "shown": shown.items(),
        "care": CARE.items(), "cared": request.POST.getlist("care"), "typed": typed, "errors": errors,
        "uuid": request.POST.get("uuid") or uuid7(), "whole": " ".join(errors.get("", [])),
        "page_back": reverse("receptions"), "response": _response(places),
    }  # fmt: skip
    return render(request, "wangge/reception/new.html", context, status=422 if problem else 200)


def _response(places: list[Any]) -> Any:
    """Under which Response it would be: for the line that says what it is kept for."""
    ground = next((found for one in places[:1] if (found := queries.ground(one))), None)
    return ground.response if ground else None
