"""How somebody wants to be told, noted for them at the desk; and the address with which they change it themselves."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.messages import actions, queries
from wangge.domains.messages.inputs import read_ways
from wangge.domains.people.models import Person
from wangge.domains.people.queries import person as person_named
from wangge.domains.protocol.models import Response
from wangge.web.access import Asked, needs
from wangge.web.code_shown import picture
from wangge.web.desk import opened
from wangge.web.resident.ways import form_of


def _one(request: Asked, uuid: UUID) -> Person:
    return person_named(request.by.scope(Right.OPEN_RECORD), uuid)


def _response(one: Person) -> Response:
    if (found := queries.response_at(one.home)) is None:
        raise Problem("ways_response_closed")
    return found


@needs(Right.OPEN_RECORD)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ways(request: Asked, uuid: UUID) -> HttpResponse:
    """The form; the record has to be open."""
    one = _one(request, uuid)
    if not opened.is_open(request.session, uuid):
        return redirect("person", uuid)
    response, problem = _response(one), None
    if request.method == "POST":
        try:
            actions.choose_ways(person=one, response=response, ways=read_ways(request.POST), by=request.by)
            messages.success(request, _("Noted. Every message from now on goes this way."))
            return redirect("person-ways", uuid)
        except Problem as error:
            problem = error
    typed = request.POST if problem else None
    context = form_of(queries.choice(one, response), typed, problem) | {
        "person": one, "response": response, "page_back": reverse("person", args=[uuid]),
    }  # fmt: skip
    return render(request, "wangge/desk/ways.html", context, status=422 if problem else 200)


@needs(Right.OPEN_RECORD)
@never_cache
@require_POST
def address(request: Asked, uuid: UUID) -> HttpResponse:
    """The address for the person's own phone, shown once."""
    one = _one(request, uuid)
    if not opened.is_open(request.session, uuid):
        return redirect("person", uuid)
    secret = actions.make_address(person=one, response=_response(one), by=request.by)
    said = request.build_absolute_uri(reverse("ways", args=[secret]))
    context = {"person": one, "picture": picture(said), "address": said,
               "page_back": reverse("person-ways", args=[uuid])}  # fmt: skip
    return render(request, "wangge/desk/ways_address.html", context)
