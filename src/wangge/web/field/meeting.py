"""A meeting point on the phone: who is expected, who is there, who is on no list; what went on adds up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.transfer import arriving, meeting, queries
from wangge.domains.transfer.inputs import uuid_or_none, uuids
from wangge.domains.transfer.inputs_meeting import read_coming, read_list
from wangge.domains.transfer.models import MeetingPoint, Passenger
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.transfer.words import HANDS, NEEDS
from wangge.web.access import Asked, needs
from wangge.web.desk.words import language, moment
from wangge.web.problems import by_field
from wangge.web.signs import listed


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_safe
def meet(request: Asked, uuid: UUID) -> HttpResponse:
    """The point's page: a look at everybody on its list, on record."""
    return _page(request, arriving.my_point(request.by, uuid), None)


def _page(request: Asked, point: MeetingPoint, problem: Problem | None) -> HttpResponse:
    people = list(arriving.everybody(point))
    looked = max(1, len(people))
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"meeting:{point.uuid}", count=looked)
    errors, text = by_field(problem) if problem else {}, request.GET.get("q", "").strip()[:40]
    rows = [_row(one) for one in people if one.off_at is None]
    edition = in_force(response_named(point.response))
    context: dict[str, Any] = {
        "point": point, "counts": arriving.counts(people), "q": text, "typed": request.POST, "uuid": uuid7(),
        "awaited": [one for one in rows if one["awaited"] and _matches(one, text)],
        "ways": _ways(people), "on": [one for one in rows if not one["awaited"] and not one["here"]],
        "roles": [(key, edition.roles[key].label.into(language())) for key in meeting.roles(point.response)],
        "needs": NEEDS.items(), "response": response_named(point.response), "errors": errors,
        "whole": " ".join(text for texts in errors.values() for text in texts),
        "steps": [(hand.value, HANDS[hand]) for hand in (Hand.ESCORT, Hand.DRIVER)],
        "page_back": reverse("hands" if request.by.may(Right.HAND_OVER) else "transfer"),
    }  # fmt: skip
    return render(request, "wangge/field/meeting.html", context, status=422 if problem else 200)


def _row(one: Passenger) -> dict[str, Any]:
    sealed = queries.sealed(one)
    here = one.hand == Hand.MEETING and one.came_at is not None
    return {
        "uuid": one.uuid, "name": sealed.get("name", ""), "phone": sealed.get("phone", ""), "hand": HANDS[one.hand],
        "note": sealed.get("note", ""), "due": moment(one.due_at) if one.due_at else "", "here": here,
        "awaited": one.came_at is None, "since": moment(one.came_at) if one.came_at else "",
        "needs": listed(str(NEEDS[word]) for word in sealed.get("needs", ())),
        "to": one.site.place.name if one.site else one.trip.site.place.name if one.trip else "",
    }  # fmt: skip


def _matches(row: dict[str, Any], text: str) -> bool:
    """Found by a part of the name or of the number."""
    return not text or text in row["name"] or text in row["phone"]


def _ways(people: list[Passenger]) -> list[dict[str, Any]]:
    """Those who are there, by the trip they are on; whoever is on none waits for a plan."""
    found: dict[int, dict[str, Any]] = {}
    for one in people:
        if one.off_at is None and one.came_at and one.hand == Hand.MEETING:
            way = found.setdefault(one.trip_id or 0, {"trip": one.trip, "people": [], "uuid": uuid7()})
            way["people"].append(_row(one))
    return list(found.values())


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_POST
def say(request: Asked, uuid: UUID) -> HttpResponse:
    """They came, or did not."""
    point = arriving.my_point(request.by, uuid)
    wanted = set(uuids(request.POST.getlist("people")))
    people = [one for one in arriving.everybody(point) if one.uuid in wanted]
    if not people:
        raise Problem("meeting_nobody")
    verb = meeting.not_come if "not_come" in request.POST else meeting.came
    verb(point=point, people=people, by=request.by)
    messages.success(request, _("Noted."))
    return redirect("meeting", uuid)


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_POST
def add(request: Asked, uuid: UUID) -> HttpResponse:
    """A list of the expected is pasted, or somebody stands there who is on none."""
    point, role = arriving.my_point(request.by, uuid), request.POST.get("role", "")
    try:
        if "list" in request.POST:
            parties = read_list(request.POST["list"])
            number = meeting.expect(point=point, parties=parties, role=role, by=request.by)
        else:
            party = read_coming(request.POST, request.POST.getlist("needs"))
            key = uuid_or_none(request.POST.get("uuid"))
            number = meeting.unexpected(point=point, party=party, role=role, uuid=key or uuid7(), by=request.by)
    except Problem as problem:
        return _page(request, point, problem)
    messages.success(request, _("%(number)s new on the list.") % {"number": number})
    return redirect("meeting", uuid)
