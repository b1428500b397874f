"""The sensor at a door: fitted after it was explained, an expected opening noted, ended for safety, taken off."""

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
from wangge.base.problems import Problem
from wangge.domains.places.queries import label
from wangge.domains.sensors import actions, queries
from wangge.domains.sensors.inputs import read_planned
from wangge.domains.sensors.links import token_of
from wangge.domains.sensors.models import Fit
from wangge.domains.sensors.words import GROUNDS, HEALTH, KINDS, SILENT
from wangge.domains.work.models import Task
from wangge.domains.work.queries import task
from wangge.flows import sensors as flow
from wangge.sentences import sentence
from wangge.web.access import Asked, needs
from wangge.web.code_shown import picture
from wangge.web.desk.words import moment
from wangge.web.saying import office_for

HOURS = (1, 2, 4, 8, 24)


def _one(request: Asked, uuid: UUID) -> Task:
    return task(request.by.scope(Right.WORK_DOORS), uuid)


def _fit(one: Task, uuid: str) -> Fit:
    """A sensor at this very door. Raises Fit.DoesNotExist."""
    found = next((each for each in queries.at_door(one.door) if str(each.uuid) == uuid), None)
    if found is None:
        raise Fit.DoesNotExist
    return found


@needs(Right.WORK_DOORS)
@never_cache
@require_safe
def sensor(request: Asked, uuid: UUID) -> HttpResponse:
    """What is at this door, and what can be done about it."""
    one = _one(request, uuid)
    fits = queries.at_door(one.door)
    live = [each for each in fits if each.silent_at is None]
    ground = None if live else flow.ground_at(one.door)
    context = {
        "task": one, "name": label(one.door), "fits": [_shown(request, each) for each in fits], "live": bool(live),
        "ground": ground, "until": moment(ground.order.ends_at) if ground else "",
        "free": list(queries.free(one.door)[:50]) if ground else [], "uuid": uuid7(),
        "planned": [
            {"word": GROUNDS[each.ground], "begins": moment(each.begins_at), "ends": moment(each.ends_at)}
            for each in queries.planned_at(one.door)
        ],
        "grounds": list(GROUNDS.items()), "hours": HOURS, "page_back": reverse("door", args=[uuid]),
        "office": office_for(request),
    }  # fmt: skip
    return render(request, "wangge/field/sensor.html", context)


def _shown(request: Asked, each: Fit) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse("resident-sensor", args=[token_of(each)]))
    return {
        "uuid": each.uuid, "code": each.sensor.code, "kind": KINDS[each.sensor.kind],
        "how": HEALTH[queries.health_of(each.sensor)], "since": moment(each.fitted_at),
        "until": moment(each.until) if each.until else "",
        "silent": SILENT[each.silent_cause] if each.silent_at else "", "address": address,
        "picture": picture(address, 4),
    }  # fmt: skip


@needs(Right.WORK_DOORS)
@require_POST
def fit(request: Asked, uuid: UUID) -> HttpResponse:
    """Fit one of the devices in store."""
    one = _one(request, uuid)
    chosen = next((each for each in queries.free(one.door) if str(each.uuid) == request.POST.get("sensor")), None)
    try:
        if chosen is None:
            raise Problem("sensor_missing", field="sensor")
        flow.fit(sensor=chosen, door=one.door, by=request.by, uuid=_uuid(request))
        messages.success(request, _("Fitted. Let whoever lives here scan the picture: it shows all that is recorded."))
    except Problem as problem:
        messages.error(request, sentence(problem))
    return redirect("door-sensor", uuid)


def _uuid(request: Asked) -> UUID:
    try:
        return UUID(request.POST.get("uuid", ""))
    except ValueError:
        return uuid7()


@needs(Right.WORK_DOORS)
@require_POST
def plan(request: Asked, uuid: UUID) -> HttpResponse:
    """The door will open: nothing follows then."""
    one = _one(request, uuid)
    try:
        actions.plan_opening(door=one.door, typed=read_planned(request.POST), by=request.by)
        messages.success(request, _("Noted. Nobody asks about an opening in this time."))
    except Problem as problem:
        messages.error(request, sentence(problem))
    return redirect("door-sensor", uuid)


@needs(Right.WORK_DOORS)
@require_POST
def off(request: Asked, uuid: UUID) -> HttpResponse:
    """It was taken off the door."""
    one = _one(request, uuid)
    flow.take_off(fit=_fit(one, request.POST.get("fit", "")), by=request.by)
    messages.success(request, _("Taken off. Bring it back to the community."))
    return redirect("door-sensor", uuid)


@needs(Right.WORK_DOORS)
@require_POST
def safety(request: Asked, uuid: UUID) -> HttpResponse:
    """One tap: the duty ends at once, at this door or in the whole stairwell. No reason is asked."""
    one = _one(request, uuid)
    around = request.POST.get("reach") == "stairwell"
    actions.end_for_safety(door=one.door, around=around, source="worker", by=request.by)
    messages.success(request, _("Ended for safety. Whoever leaves has done nothing wrong."))
    return redirect("door-sensor", uuid)
