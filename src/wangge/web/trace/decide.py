"""The tracer's decisions, one tap each, and the call that comes before them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from wangge.base.access.rights import Right
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.cases import actions, queries
from wangge.domains.cases.models import Exposure
from wangge.domains.cases.rules import STEPS, ExposureState
from wangge.domains.cases.words import STATES
from wangge.web.access import Asked, needs
from wangge.web.problems import sentence
from wangge.web.saying import confirming, office_for
from wangge.web.trace.gathered import Gathered

BUTTONS = {
    ExposureState.CONFIRMED: pgettext_lazy("decision", "Contact"),
    ExposureState.ASKED: pgettext_lazy("decision", "Asked"),
    ExposureState.DISMISSED: pgettext_lazy("decision", "Not a contact"),
}


def choices(all_: Gathered, one: Exposure) -> dict[str, Any]:
    """An exposure with the decisions that may follow now."""
    allowed = STEPS[ExposureState(one.state)]
    buttons = [(state.value, word) for state, word in BUTTONS.items() if state in allowed]
    url = reverse("exposure-decide", args=[all_.case.uuid, one.uuid])
    return all_.row(one) | {"buttons": [] if all_.case.response.closed_at else buttons, "url": url}


def _one(request: Asked, uuid: UUID, exposure: UUID) -> Exposure:
    case = queries.case(request.by.scope(Right.TRACE), uuid)
    found = queries.exposure(case, exposure)
    found.case = case  # with its person and home, as the verbs ask for the place
    return found


@needs(Right.TRACE)
@require_POST
def decide(request: Asked, uuid: UUID, exposure: UUID) -> HttpResponse:
    """One tap. With htmx the row comes back as it stands now; without, the page at this row."""
    one, problem, typed = _one(request, uuid, exposure), "", request.POST.get("state", "")
    try:
        if typed not in BUTTONS:
            raise Problem("form_broken")
        actions.decide(exposure=one, state=ExposureState(typed), by=request.by)
    except Problem as error:
        one.refresh_from_db(fields=["state"])
        problem = sentence(error)
    if request.headers.get("HX-Request"):
        row = choices(Gathered(one.case, [one]), one)
        return render(request, "wangge/trace/candidate.html", {"row": row, "problem": problem, "just": not problem})
    said = _("%(name)s: %(state)s.") % {"name": mask_name(one.person.name), "state": STATES[one.state]}
    (messages.error if problem else messages.success)(request, problem or said)
    return redirect(f"{reverse('case', args=[uuid])}#row-{exposure}")


@needs(Right.TRACE)
@require_POST
def call(request: Asked, uuid: UUID, exposure: UUID) -> HttpResponse:
    """Name and number of somebody to be asked about a meeting, for one call that stands on their record."""
    one = _one(request, uuid, exposure)
    known = actions.call(exposure=one, by=request.by)
    row = choices(Gathered(one.case, [one]), one)
    context = {
        "row": row, "number": known["phone"], "name": one.person.name, "page_back": reverse("case", args=[uuid]),
        "confirm": confirming(one.person, known), "office": office_for(request),
    }  # fmt: skip
    return render(request, "wangge/trace/call.html", context)
