"""A plan: its cost and bound, a picture of the vehicles' day, what is wrong with it, moving by hand, adopting it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wangge.base.access.rights import Right
from wangge.base.problems import Problem
from wangge.domains.places.queries import labels
from wangge.domains.protocol.queries import in_force
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.transfer import planning, queries
from wangge.domains.transfer.inputs import uuid_or_none
from wangge.domains.transfer.models import TransferPlan, Trip
from wangge.domains.transfer.rules_faults import Violation
from wangge.domains.transfer.setting import Setting
from wangge.domains.transfer.words import FAULTS, ROOMS
from wangge.web.access import Asked, needs
from wangge.web.desk.words import language, moment

WIDTH, ROW, LEFT = 720, 34, 96


@needs(Right.PLAN_TRANSFER)
@require_safe
def plan(request: Asked, uuid: UUID) -> HttpResponse:
    """The plan as it is now, before the rules as everything is now."""
    one = queries.plan(request.by.scope(Right.PLAN_TRANSFER), uuid)
    given, _made, wrong = planning.check(one, request.by)
    trips = queries.trips_of(one)
    rows = _rows(one, given, trips)
    context = {
        "one": one, "draft": one.state == TransferPlan.State.DRAFT, "picture": _picture(trips), "rows": rows,
        "wrong": [_wrong(each, given, trips) for each in wrong], "hard": any(each.hard for each in wrong),
        "gap": round(100 * (one.cost - one.bound) / one.bound) if one.bound else None,
        "households": _households(one, given, trips), "trips": [(str(t.uuid), _named(t)) for t in trips],
        "sites": [(key, site.place.name) for key, site in given.sites.items()],
        "vehicles": [(key, each.name) for key, each in given.vehicles.items()], "page_back": reverse("transfer"),
    }  # fmt: skip
    return render(request, "wangge/desk/transfer_plan.html", context)


def _named(trip: Trip) -> str:
    return f"{trip.number} · {trip.vehicle.name} → {trip.site.place.name}"


def _rows(one: TransferPlan, given: Setting, trips: Sequence[Trip]) -> list[dict[str, Any]]:
    places = labels(given.compounds.values())
    named = {key: places[place.pk] for key, place in given.compounds.items()}
    return [
        {
            "uuid": trip.uuid, "name": _named(trip), "begins": moment(trip.begins_at),
            "arrives": moment(trip.arrives_at), "people": len(trip.people),
            "seats": trip.vehicle.seats, "vehicle": str(trip.vehicle.uuid),
            "site": str(trip.site.uuid), "stops": [named.get(stop[0], "") for stop in trip.stops],
        }
        for trip in trips
    ]  # fmt: skip


def _households(one: TransferPlan, given: Setting, trips: Sequence[Trip]) -> list[dict[str, Any]]:
    """Each household with the trip it is on: by door and class, without a name."""
    where = labels([some[0].door for some in given.people.values()])
    roles, on = in_force(response_named(one.response)).roles, {u: str(t.uuid) for t in trips for u in t.people}
    found = [
        {
            "key": key, "door": where[some[0].door_id], "people": len(some), "trip": on.get(str(some[0].uuid), ""),
            "class": roles[some[0].role].label.into(language()) if some[0].role in roles else some[0].role,
        }
        for key, some in given.people.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: str(each["door"]))


def _wrong(one: Violation, given: Setting, trips: Sequence[Trip]) -> dict[str, Any]:
    """A fault in words: what, whom it is about, by how much, and the clause."""
    about = [_named(trip) for trip in trips if str(trip.uuid) == one.trip]
    if one.household in given.people:
        door = given.people[one.household][0].door
        about.append(labels([door])[door.pk])
    if one.where in given.sites:
        about.append(given.sites[one.where].place.name)
    kinds = [str(ROOMS[word]) for word in one.who if word in ROOMS]
    return {
        "what": FAULTS[one.fault], "hard": one.hard, "about": " · ".join([*about, *kinds]), "number": one.number,
        "clause": one.clause,
    }  # fmt: skip


def _picture(trips: Sequence[Trip]) -> SafeString:
    """A line for each vehicle, a bar for each of its trips, an hour between two strokes."""
    if not trips:
        return mark_safe("")
    names = list(dict.fromkeys(trip.vehicle.name for trip in trips))
    start = min(trip.begins_at for trip in trips).replace(minute=0, second=0, microsecond=0)
    hours = int((max(trip.arrives_at for trip in trips) - start).total_seconds() // 3600) + 1
    scale = (WIDTH - LEFT) / (hours * 60)
    parts = [_stroke(LEFT + hour * 60 * scale, len(names)) for hour in range(hours + 1)]
    parts += [
        f'<text class="chain-word" x="0" y="{at * ROW + 22}">{escape(name[:8])}</text>' for at, name in enumerate(names)
    ]
    for trip in trips:
        at = LEFT + (trip.begins_at - start).total_seconds() / 60 * scale
        long = (trip.arrives_at - trip.begins_at).total_seconds() / 60 * scale
        y = names.index(trip.vehicle.name) * ROW + 6
        parts.append(f'<rect class="transfer-bar" x="{at:.0f}" y="{y}" width="{max(long, 4):.0f}" height="22" rx="3"/>')
        parts.append(f'<text class="transfer-number" x="{at + 4:.0f}" y="{y + 16}">{trip.number}</text>')
    label = escape(_("Vehicles over the day, from %(begins)s; each bar is a trip") % {"begins": moment(start)})
    head = f'<svg class="transfer-day" viewBox="0 0 {WIDTH} {len(names) * ROW + 8}" role="img" aria-label="{label}">'
    return mark_safe(f"{head}{''.join(parts)}</svg>")  # noqa: S308 — numbers and escaped names only


def _stroke(x: float, rows: int) -> str:
    return f'<line class="transfer-hour" x1="{x:.0f}" y1="0" x2="{x:.0f}" y2="{rows * ROW + 4}"/>'


@needs(Right.PLAN_TRANSFER)
@require_POST
def move(request: Asked, uuid: UUID) -> HttpResponse:
    """Move a household to another trip, or off every trip."""
    one = queries.plan(request.by.scope(Right.PLAN_TRANSFER), uuid)
    to = uuid_or_none(request.POST.get("trip"))
    wrong = planning.move_household(plan=one, household=request.POST.get("household", ""), trip=to, by=request.by)
    _said(request, wrong)
    return redirect("transfer-plan", uuid)


@needs(Right.PLAN_TRANSFER)
@require_POST
def trip(request: Asked, uuid: UUID) -> HttpResponse:
    """Give a trip another vehicle or another place to go to."""
    one = queries.plan(request.by.scope(Right.PLAN_TRANSFER), uuid)
    named = [uuid_or_none(request.POST.get(field)) for field in ("trip", "vehicle", "site")]
    if None in named:
        raise Problem("transfer_trip_unknown")
    row, vehicle, site = (each for each in named if each)
    _said(request, planning.change_trip(plan=one, trip=row, vehicle=vehicle, site=site, by=request.by))
    return redirect("transfer-plan", uuid)


def _said(request: Asked, wrong: Sequence[Violation]) -> None:
    if wrong:
        messages.warning(request, _("Changed. The plan has faults now: look at them below."))
    else:
        messages.success(request, _("Changed. The plan has no fault."))


@needs(Right.PLAN_TRANSFER)
@require_POST
def adopt(request: Asked, uuid: UUID) -> HttpResponse:
    """The plan holds from now on."""
    one = queries.plan(request.by.scope(Right.PLAN_TRANSFER), uuid)
    planning.adopt(plan=one, why=request.POST.get("why", ""), by=request.by)
    messages.success(request, _("The plan holds. Drivers, escorts and desks see their trips now."))
    return redirect("transfer")
