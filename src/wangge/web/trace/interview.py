"""The interview: somebody the case named. Nobody and no place is picked silently; who is unknown is registered here."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem, Problems
from wangge.domains.cases import queries
from wangge.domains.cases.actions import Found, name_contact
from wangge.domains.cases.inputs import MeetingInput, read_meeting
from wangge.domains.cases.models import Case, Exposure
from wangge.domains.cases.rules import ExposureKind
from wangge.domains.people.models import Person
from wangge.domains.protocol.queries import in_force
from wangge.domains.venues.queries import itinerary
from wangge.web.access import Asked, needs
from wangge.web.trace.forms import InterviewForm
from wangge.web.trace.named import Named

T = TypeVar("T")


@needs(Right.TRACE)
@never_cache
def interview(request: Asked, uuid: UUID) -> HttpResponse:
    """Take down one contact. What was typed stays when something is wrong, each mistake at its field."""
    case = queries.case(request.by.scope(Right.TRACE), uuid)
    form = InterviewForm(request.POST if request.method == "POST" else None)
    form.offer("venue", [("", _("none of these")), *_venues(case)])
    named = Named(request, case, form)
    if request.method == "POST":
        try:
            exposure = _take_down(request, case, named)
            said = _("%(name)s was added as a contact.") % {"name": mask_name(exposure.person.name)}
            messages.success(request, said)
            return redirect(f"{reverse('case', args=[uuid])}#row-{exposure.uuid}")
        except (Problem, Problems) as error:
            form.say(error)
    context = {
        "case": case, "name": mask_name(case.person.name), "form": form, "register": named.register,
        "page_back": reverse("case", args=[uuid]),
    }  # fmt: skip
    context |= {f"{name}_offered": form.offered(name) for name in ("person", "place", "home")}
    return render(request, "wangge/trace/interview.html", context, status=422 if form.is_bound else 200)


def _take_down(request: Asked, case: Case, named: Named) -> Exposure:
    """All of it or nothing: every mistake is told at once, and somebody new is not registered without the meeting."""
    problems: list[Problem] = []
    meeting = _kept(problems, lambda: read_meeting(named.typed))
    where = _kept(problems, named.place)
    who = _kept(problems, named.person)
    if problems or meeting is None or who is None:
        raise Problems(problems)
    with transaction.atomic():
        person = who()
        found = _found(case, person, meeting, named.venue(), *(where or ()))
        return name_contact(found=found, by=request.by)


def _kept(problems: list[Problem], read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Problem as error:
        problems.append(error)
    except Problems as error:
        problems += error.problems
    return None


def _found(case: Case, person: Person, meeting: MeetingInput, venue: UUID | None, *place: object) -> Found:
    rule = in_force(case.response).exposures.get(ExposureKind.INTERVIEW)
    if rule is None:
        raise Problem("exposure_not_judged")
    return Found(
        case=case, person=person, kind=ExposureKind.INTERVIEW, role=rule.role, clause=rule.clause, confirmed=True,
        starts=meeting.starts, ends=meeting.ends, minutes=meeting.minutes, venue=venue,
        place=place[0] if place else None,  # type: ignore[arg-type]
    )  # fmt: skip


def _venues(case: Case) -> list[tuple[str, str]]:
    """The venues the case checked in at since it was infectious."""
    last = clock.day_of(case.confirmed_at) + timedelta(days=1)
    went = itinerary(person=case.person_id, first_day=case.infectious_from, last_day=last)
    return [(str(key), name) for key, name in {venue.uuid: venue.name for venue, _at in went}.items()]
