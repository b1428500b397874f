"""Transfers for whoever leads: alarms, what is under way, who is to be taken; sites and vehicles."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.ids import uuid7
from wangge.base.privacy import mask_name
from wangge.base.problems import Problem
from wangge.domains.duty.models import Post
from wangge.domains.duty.seating import titles
from wangge.domains.places.models import Place
from wangge.domains.places.queries import labels
from wangge.domains.places.queries.scoped import touched
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force
from wangge.domains.transfer import actions, arriving, handing, planning, queries, waiting, watching
from wangge.domains.transfer.inputs import read_site, read_vehicle, uuid_or_none
from wangge.domains.transfer.models import InClothing, Passenger, TransferAlert, TransferSite, Trip
from wangge.domains.transfer.rules_live import behind
from wangge.domains.transfer.words import ALARMS, HANDS, LACKS, NEEDS, ROOMS, WHERE, ZONES
from wangge.web.access import Asked, needs
from wangge.web.desk.words import language, moment
from wangge.web.problems import by_field
from wangge.web.signs import listed

PAGE = 50


@needs(Right.PLAN_TRANSFER)
@require_safe
def transfer(request: Asked) -> HttpResponse:
    """Alarms first, then what is under way by lateness, who is to be taken, places and vehicles."""
    scope = request.by.scope(Right.PLAN_TRANSFER)
    page = Paginator(queries.on_list(scope), PAGE).get_page(request.GET.get("page"))
    sites = list(queries.sites(scope))
    context = {
        "open": bool(queries.transferring(scope)), "page": page, "rows": _people(list(page.object_list)),
        "alerts": _alerts(list(queries.alerts(scope)[:PAGE])),
        "trips": [_trip(one) for one in queries.under_way(scope)[:PAGE]], "sites": _sites(sites),
        "vehicles": queries.vehicles(scope)[:PAGE],
        "points": arriving.points(scope)[:PAGE], "plans": queries.plans(scope)[:3], "total": page.paginator.count,
    }  # fmt: skip
    return render(request, "wangge/desk/transfer.html", context)


def _people(some: list[Passenger]) -> list[dict[str, Any]]:
    """Names stay masked in a list; what somebody needs stands on the door's page."""
    where = labels([one.door for one in some])
    return [
        {
            "name": mask_name(one.name), "door": where[one.door_id], "hand": HANDS[one.hand],
            "where": WHERE[one.where], "until": one.until, "told": one.told_at, "asked": one.asked_at,
            "refused": one.refused_at, "trip": one.trip, "along": one.order is None and one.point is None,
            "url": reverse("hands-door", args=[one.door.uuid]),
        }
        for one in some
    ]  # fmt: skip


def _alerts(some: list[TransferAlert]) -> list[dict[str, Any]]:
    waits = waiting.waits_about(some)
    posts = titles([one.post for one in waits.values() if one.post])
    return [_alert(one) | _care(waits.get(one.uuid), posts) for one in some]


def _care(wait: InClothing | None, posts: dict[UUID, str]) -> dict[str, Any]:
    """Of whoever waits in protective clothing: who it is, and whether they were fed and sheltered."""
    if wait is None:
        return {}
    return {
        "waits": posts.get(wait.post, "") if wait.post else "", "relief": True,
        "fed": moment(wait.fed_at) if wait.fed_at else "",
        "roof": moment(wait.sheltered_at) if wait.sheltered_at else "",
    }  # fmt: skip


def _alert(one: TransferAlert) -> dict[str, Any]:
    title, then = ALARMS[one.kind]
    about = one.trip.vehicle.name if one.trip else mask_name(one.passenger.name) if one.passenger else ""
    return {
        "uuid": one.uuid, "title": title, "then": then, "about": about, "clause": one.clause,
        "since": moment(one.since), "nearest": one.nearest.place.name if one.nearest else "",
        "place": one.place.name,
    }  # fmt: skip


def _trip(one: Trip) -> dict[str, Any]:
    late = behind(one.started_at, one.begins_at, one.arrives_at, clock.now())
    return {
        "uuid": one.uuid, "vehicle": one.vehicle.name, "to": one.site.place.name, "begins": moment(one.begins_at),
        "arrives": moment(one.arrives_at), "started": one.started_at, "late": max(0, int(late.total_seconds() // 60)),
        "people": len(one.people),
    }  # fmt: skip


def _sites(found: list[TransferSite]) -> list[dict[str, Any]]:
    free = queries.free_rooms(found)
    return [
        {
            "uuid": one.uuid, "name": one.place.name, "where": WHERE[one.where], "staff": one.staff,
            "free": [(ROOMS[kind], number) for kind, number in free[one.pk].items()],
            "cares": listed(str(NEEDS[word]) for word in one.cares), "desk": one.desk.title if one.desk else "",
            "zones": listed(str(ZONES[word]) for word in one.zones), "short": len(one.zones) < len(ZONES),
        }
        for one in found
    ]  # fmt: skip


def within(request: Asked) -> Response:
    """The open Response that takes people away from home here. Raises Problem where there is none."""
    found = queries.transferring(request.by.scope(Right.PLAN_TRANSFER))
    if not found:
        raise Problem("transfer_response_closed")
    return found[0]


def _area(request: Asked, response: Response) -> Place:
    """The place one plans for: that of one's own post, within the Response's area."""
    mine = [one.post for one in request.seats if one.post.uuid == request.by.post]
    return mine[0].place if mine else response.area


@needs(Right.PLAN_TRANSFER)
@require_http_methods(["GET", "HEAD", "POST"])
def site(request: Asked) -> HttpResponse:
    """Open a place of isolation, or change its rooms."""
    scope = request.by.scope(Right.PLAN_TRANSFER)
    posts = queries.posts_of_kind(scope, "hotel_desk")
    if request.method != "POST":
        return _site_form(request, posts, None)
    try:
        typed = read_site(request.POST, request.POST.getlist("zones"), request.POST.getlist("cares"))
        place = touched(scope, typed.place)
        desk = next((one for one in posts if one.uuid == typed.desk), None)
        actions.open_site(response=within(request), place=place, typed=typed, desk=desk, by=request.by)
    except Problem as problem:
        return _site_form(request, posts, problem)
    messages.success(request, _("%(name)s takes people in.") % {"name": place.name})
    return redirect("transfer")


def _site_form(request: Asked, posts: list[Post], problem: Problem | None) -> HttpResponse:
    places = list(queries.site_places(request.by.scope(Right.PLAN_TRANSFER))[:300])
    where = labels(places, divisions=True)
    errors = by_field(problem) if problem else {}
    context = {
        "places": [(str(one.uuid), where[one.pk]) for one in places], "posts": [(str(p.uuid), p.title) for p in posts],
        "kinds": WHERE.items(), "needs": NEEDS.items(), "zones": ZONES.items(), "typed": request.POST,
        "numbers": [(name, ROOMS[name]) for name in ROOMS] + [("staff", _("staff on duty"))],
        "errors": errors, "whole": " ".join(text for texts in errors.values() for text in texts),
        "page_back": reverse("transfer"),
    }  # fmt: skip
    return render(request, "wangge/desk/transfer_site.html", context, status=422 if problem else 200)


@needs(Right.PLAN_TRANSFER)
@require_http_methods(["GET", "HEAD", "POST"])
def vehicle(request: Asked) -> HttpResponse:
    """Put a vehicle to use, with its driver and escort."""
    scope = request.by.scope(Right.PLAN_TRANSFER)
    drivers, escorts = (queries.posts_of_kind(scope, kind) for kind in ("driver", "escort"))
    problem = None
    if request.method == "POST":
        try:
            typed, response = read_vehicle(request.POST), within(request)
            actions.add_vehicle(
                response=response, place=_area(request, response), typed=typed, by=request.by,
                driver=next((one for one in drivers if one.uuid == typed.driver), None),
                escort=next((one for one in escorts if one.uuid == typed.escort), None),
                uuid=uuid_or_none(request.POST.get("uuid")),
            )  # fmt: skip
            return redirect("transfer")
        except Problem as found:
            problem = found
    errors = by_field(problem) if problem else {}
    context = {
        "drivers": [(str(one.uuid), one.title) for one in drivers], "typed": request.POST, "errors": errors,
        "escorts": [(str(one.uuid), one.title) for one in escorts], "uuid": request.POST.get("uuid") or uuid7(),
        "whole": " ".join(text for texts in errors.values() for text in texts), "page_back": reverse("transfer"),
    }  # fmt: skip
    return render(request, "wangge/desk/transfer_vehicle.html", context, status=422 if problem else 200)


@needs(Right.PLAN_TRANSFER)
@require_POST
def make(request: Asked) -> HttpResponse:
    """Let the planner propose; what is missing is said at once."""
    response = within(request)
    plan, made = planning.make_plan(response=response, area=_area(request, response), by=request.by)
    if plan:
        return redirect("transfer-plan", plan.uuid)
    edition = in_force(response)
    lacks = [_lack(one, edition.roles) for one in made.missing]
    return render(request, "wangge/desk/transfer_missing.html", {"lacks": lacks, "page_back": reverse("transfer")})


def _lack(one: Any, roles: Any) -> str:
    what = ROOMS.get(one.what) or NEEDS.get(one.what) or (roles[one.what].label.into(language()) if one.what else "")
    return str(LACKS[one.lack]) % {"number": one.number, "what": what}


@needs(Right.PLAN_TRANSFER)
@require_POST
def settle(request: Asked, uuid: UUID) -> HttpResponse:
    """An alarm was seen to; a full desk's vehicle is sent on to the nearest place with room."""
    alert = queries.alerts(request.by.scope(Right.PLAN_TRANSFER)).get(uuid=uuid)
    if "send_on" in request.POST:
        handing.send_on(alert=alert, by=request.by)
    watching.settle_alert(alert=alert, by=request.by)
    messages.success(request, _("Noted."))
    return redirect("transfer")
