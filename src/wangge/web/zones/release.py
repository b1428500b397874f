"""When a zone is over: every condition with its evidence; a person confirms once all are met, never before."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.zones import actions, queries
from wangge.domains.zones.models import Zone
from wangge.domains.zones.rules import ZoneState, findings
from wangge.flows.zone_evidence import evidence_of
from wangge.web.access import Asked, needs
from wangge.web.command.words import spoken
from wangge.web.problems import sentence
from wangge.web.zones.told import condition, level


def conditions(one: Zone) -> list[dict[str, Any]]:
    """The conditions of the edition, worked out now."""
    asked = queries.conditions_of(one)
    return [condition(each) for each in findings(asked, evidence_of(one), clock.today())] if asked else []


def _then(one: Zone) -> dict[str, Any]:
    """What the edition makes of the places afterwards, and how long that lasts at least; no name where it says
    nothing."""
    following = queries.step_of(one)
    asked = following.zone.conditions(stepped=True) if following and following.zone else ()
    return {
        "name": spoken(following.label) if following else "", "rule": spoken(following.rule) if following else "",
        "days": max((each.days for each in asked), default=0),
    }  # fmt: skip


@needs(Right.DRAW_ZONES)
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: Asked, uuid: UUID) -> HttpResponse:
    """Which condition is open still; or the confirmation."""
    one = queries.zone(request.by.scope(Right.DRAW_ZONES), uuid)
    problem = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                done = actions.release_zone(zone=one, evidence=evidence_of(one), by=request.by)
        except Problem as error:
            problem = error
        else:
            return _done(request, done)
    area, rows = queries.area_of(one), conditions(one)
    context = {
        "one": one, "level": level(one), "rows": rows, "open": sum(not row["met"] for row in rows),
        "release": spoken(area.release) if area.release else "", "clause": area.clause,
        "then": _then(one),
        "problem": sentence(problem) if problem else "", "in_force": one.state == ZoneState.IN_FORCE,
        "page_back": reverse("zone", args=[uuid]),
    }  # fmt: skip
    return render(request, "wangge/zones/release.html", context, status=422 if problem else 200)


def _done(request: Asked, released: Zone) -> HttpResponse:
    after = queries.after(released)
    if after is None:
        messages.success(request, _("%(name)s is released.") % {"name": released.name})
        return redirect("zone", released.uuid)
    messages.success(request, _("%(name)s is a %(level)s now.") % {"name": after.name, "level": level(after)})
    return redirect("zone", after.uuid)
