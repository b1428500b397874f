"""The slip that goes with people: printed at the door or for a trip, and typed in later line by line."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.places.queries import labels
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.transfer import journey, papers, queries
from wangge.domains.transfer.inputs import read_slip, uuid_or_none
from wangge.domains.transfer.models import Passenger, Trip
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.transfer.words import HANDS
from wangge.web import transfer_paper
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment
from wangge.web.problems import by_field


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_safe
def slip(request: Asked, uuid: UUID) -> HttpResponse:
    """The slip of somebody on the list and those who go with them, as a PDF; a look at them, on record."""
    one = _within(request, uuid)
    if one.trip is None:
        raise Problem("hand_no_trip")
    number = len(journey.together(one))
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"slip:{uuid}", count=number)
    return transfer_paper.pdf(one)


def _within(request: Asked, uuid: UUID) -> Passenger:
    """Somebody at one's own places, or on one's own trip. Raises Passenger.DoesNotExist."""
    for right in (Right.PLAN_TRANSFER, Right.HAND_OVER):
        if request.by.may(right):
            found = queries.on_list(request.by.scope(right)).filter(uuid=uuid).first()
            if found and (right is Right.PLAN_TRANSFER or request.by.may(Right.WORK_DOORS)):
                return found
    mine = {one.pk for one in queries.my_trips(request.by)}
    found = next((one for one in queries.by_ids([uuid]) if one.trip_id in mine and one.off_at is None), None)
    if found is None:
        raise Passenger.DoesNotExist
    return found


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_http_methods(["GET", "HEAD", "POST"])
def type_in(request: Asked, uuid: UUID) -> HttpResponse:
    """Type a slip in, a line at a time: into whose hands, when, who, how many were counted."""
    trip, problem = _trip(request, uuid), None
    if request.method == "POST":
        try:
            line = read_slip(request.POST, request.POST.getlist("people"), papers.day_of(trip))
            made = papers.type_in(
                uuid=uuid_or_none(request.POST.get("uuid")) or uuid7(), trip=trip, line=line, by=request.by
            )
            said = _("%(number)s noted from the slip.") % {"number": made.accepted}
            messages.success(request, said)
            return redirect("slip", uuid)
        except Problem as found:
            problem = found
    return _form(request, trip, problem)


def _trip(request: Asked, uuid: UUID) -> Trip:
    """Raises Trip.DoesNotExist for one that is neither one's own nor at a place one leads."""
    one = queries.trip(uuid)
    return one if queries.leads(request.by, one.plan.area) else queries.my_trip(request.by, uuid)


def _form(request: Asked, trip: Trip, problem: Problem | None) -> HttpResponse:
    people = list(queries.aboard(trip))
    looked = max(1, len(people))
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"slip:{trip.uuid}", count=looked)
    where, ticked = labels([one.door for one in people]), request.POST.getlist("people")
    rows = [
        (key, one.name, where[one.door_id], HANDS[one.hand], moment(one.since), key in ticked)
        for key, one in ((str(one.uuid), one) for one in people)
    ]
    errors = by_field(problem) if problem else {}
    leads = queries.leads(request.by, trip.plan.area)
    context: dict[str, Any] = {
        "trip": trip, "typed": request.POST, "uuid": request.POST.get("uuid") or uuid7(), "errors": errors,
        "people": rows,
        "hands": [(one.value, HANDS[one]) for one in (Hand.ESCORT, Hand.DRIVER, Hand.DESK, Hand.DOOR)],
        "whole": " ".join(text for texts in errors.values() for text in texts),
        "response": response_named(trip.plan.response), "day": moment(trip.begins_at),
        "page_back": reverse("transfer") if leads else reverse("hands-trip", args=[trip.uuid]),
    }  # fmt: skip
    return render(request, "wangge/field/slip.html", context, status=422 if problem else 200)
