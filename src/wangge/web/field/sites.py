"""The desk of a place of isolation: who is expected and when, who is here and in which room, who leaves, who asked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.choices import member
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.places.queries import labels
from wangge.domains.transfer import queries, rooms, staying
from wangge.domains.transfer.handing import nearest_with_room
from wangge.domains.transfer.inputs import uuid_or_none, uuids
from wangge.domains.transfer.inputs_rooms import read_rooms
from wangge.domains.transfer.models import Passenger, TransferSite
from wangge.domains.transfer.rules_live import eta
from wangge.domains.transfer.rules_rooms import Ask, Room, RoomState, may_check_in, proposed
from wangge.domains.transfer.watching import under
from wangge.domains.transfer.words import ASKS, NEEDS, ROOM, ROOM_STATES, ROOM_ZONES, ROOMS
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment
from wangge.web.problems import by_field
from wangge.web.signs import listed

CHOICES = 40  # rooms to choose from where people are checked in: the first is the one that is proposed


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_safe
def site(request: Asked, uuid: UUID) -> HttpResponse:
    """The desk's page. A look at everybody who is here or expected, on record."""
    return _desk(request, _site(request, uuid), None)


def _site(request: Asked, uuid: UUID) -> TransferSite:
    return staying.my_site(request.by, uuid)


def _desk(request: Asked, one: TransferSite, problem: Problem | None) -> HttpResponse:
    here, trips = list(queries.guests(one)), staying.coming(one)
    aboard, listed_rooms = staying.on_trips(trips), staying.rooms_of(one)
    count = len(here) + sum(len(some) for some in aboard.values())
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"site:{one.uuid}", count=max(1, count))
    errors = by_field(problem) if problem else {}
    context: dict[str, Any] = {
        "one": one, "expected": [_trip(trip, aboard[trip.pk]) for trip in trips],
        "waiting": _waiting(one, here, listed_rooms), "rooms": _by_room(here), "listed": bool(listed_rooms),
        "leaves": [_guest(each) for each in staying.leaving(here, clock.today())],
        "asked": [(ask.uuid, ask.passenger.name, ask.passenger.room, ASKS[ask.what], moment(ask.asked_at))
                  for ask in staying.asked(one)],
        "asks": ASKS.items(), "here": len(here), "free": _free(one), "errors": errors,
        "whole": " ".join(text for texts in errors.values() for text in texts),
        "page_back": reverse("hands" if request.by.may(Right.HAND_OVER) else "transfer"),
    }  # fmt: skip
    return render(request, "wangge/field/site.html", context, status=422 if problem else 200)


def _free(one: TransferSite) -> list[tuple[Any, int]]:
    return [(ROOMS[kind], number) for kind, number in queries.free_rooms([one])[one.pk].items()]


def _trip(trip: Any, people: list[Passenger]) -> dict[str, Any]:
    at = eta(under(trip, None), clock.now())
    return {
        "vehicle": trip.vehicle.name, "eta": moment(at),
        "late": max(0, int((at - trip.arrives_at).total_seconds() // 60)),
        "started": trip.started_at, "people": [_guest(one) for one in people],
    }  # fmt: skip


def _guest(one: Passenger) -> dict[str, Any]:
    """Somebody with what they need: the desk prepares the room, the meal, the medicine."""
    sealed = queries.sealed(one)
    return {
        "uuid": one.uuid, "ask": uuid7(), "name": one.name, "room": one.room, "until": one.until,
        "age": queries.member(one).age, "needs": listed(str(NEEDS[word]) for word in sealed.get("needs", ())),
        "note": sealed.get("note", ""),
    }  # fmt: skip


def _waiting(one: TransferSite, here: list[Passenger], found: list[Room]) -> list[dict[str, Any]]:
    """Those received who have no room yet, by the door they came from, with the room that is proposed. Where nothing
    here fits, the nearest place with room is."""
    by_door: dict[str, list[Passenger]] = {}
    for each in here:
        if not each.room:
            by_door.setdefault(each.together, []).append(each)
    where = labels([some[0].door for some in by_door.values()])
    rows = []
    for some in by_door.values():
        guests = staying.guests_of(one, some)
        first = proposed(found, guests)
        fitting = [room for room in found if room.usable and may_check_in(room, guests[:1]) is None][:CHOICES]
        choices = ([first] if first else []) + [room for room in fitting if room != first]
        nearest = None if choices or not found else nearest_with_room(one, some)
        rows.append({
            "door": where[some[0].door_id], "people": [_guest(each) for each in some], "fits": first is not None,
            "rooms": [(room.number, ROOM[room.kind]) for room in choices],
            "nearest": nearest.place.name if nearest else "",
        })  # fmt: skip
    return rows


def _by_room(here: list[Passenger]) -> list[tuple[str, list[dict[str, Any]]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in here:
        if one.room:
            found.setdefault(one.room, []).append(_guest(one))
    return sorted(found.items())


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_POST
def check_in(request: Asked, uuid: UUID) -> HttpResponse:
    """Into a room; or nothing here fits them, and whoever leads is told."""
    one = _site(request, uuid)
    wanted = set(uuids(request.POST.getlist("people")))
    people = [each for each in queries.guests(one) if each.uuid in wanted]
    try:
        if "no_room" in request.POST:
            rooms.no_room(site=one, people=people, by=request.by)
            messages.success(request, _("Whoever leads knows it now. They stay with you until a place is found."))
        else:
            room = rooms.check_in(site=one, people=people, number=request.POST.get("room", ""), by=request.by)
            said = _("%(number)s in room %(room)s.") % {"number": len(people), "room": room.number}
            messages.success(request, said)
    except Problem as problem:
        return _desk(request, one, problem)
    return redirect("site-desk", uuid)


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_POST
def ask(request: Asked, uuid: UUID) -> HttpResponse:
    """A guest asked for something."""
    one = _site(request, uuid)
    what, key = member(Ask, request.POST.get("what", "")), uuid_or_none(request.POST.get("uuid"))
    guest = next((each for each in queries.guests(one) if str(each.uuid) == request.POST.get("passenger")), None)
    if what is None or key is None or guest is None:
        raise Problem("room_ask_unknown")
    rooms.ask(uuid=key, passenger=guest, what=what.value, by=request.by)
    messages.success(request, _("Noted."))
    return redirect("site-desk", uuid)


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_POST
def serve(request: Asked, uuid: UUID, ask: UUID) -> HttpResponse:
    """It was brought."""
    rooms.serve(ask=staying.ask_at(_site(request, uuid), ask), by=request.by)
    return redirect("site-desk", uuid)


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_http_methods(["GET", "HEAD", "POST"])
def rooms_of(request: Asked, uuid: UUID) -> HttpResponse:
    """The rooms one by one; more are typed as a range, or pasted as a list."""
    one, problem = _site(request, uuid), None
    if request.method == "POST":
        try:
            number = rooms.list_rooms(site=one, rows=read_rooms(request.POST), by=request.by)
            messages.success(request, _("%(number)s rooms noted.") % {"number": number})
            return redirect("site-rooms", uuid)
        except Problem as found:
            problem = found
    listed_rooms = staying.rooms_of(one)
    states = [(state, ROOM_STATES[state], sum(room.now is state for room in listed_rooms)) for state in RoomState]
    errors = by_field(problem) if problem else {}
    context: dict[str, Any] = {
        "one": one, "states": states, "typed": request.POST, "kinds": ROOM.items(), "zones": ROOM_ZONES.items(),
        "rooms": [_room(room) for room in listed_rooms], "errors": errors,
        "whole": " ".join(text for texts in errors.values() for text in texts),
        "page_back": reverse("site-desk", args=[uuid]),
    }  # fmt: skip
    return render(request, "wangge/field/site_rooms.html", context, status=422 if problem else 200)


def _room(room: Room) -> dict[str, Any]:
    to = [] if room.guests else [
        (state.value, ROOM_STATES[state]) for state in (RoomState.FREE, RoomState.CLEANING, RoomState.OUT)
        if state is not room.state
    ]  # fmt: skip
    return {
        "number": room.number, "kind": ROOM[room.kind], "zone": ROOM_ZONES[room.zone], "state": ROOM_STATES[room.now],
        "guests": len(room.guests), "to": to,
    }  # fmt: skip


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_POST
def room(request: Asked, uuid: UUID) -> HttpResponse:
    """A room is free, being cleaned, or out of order."""
    one, state = _site(request, uuid), member(RoomState, request.POST.get("state", ""))
    if state is None:
        raise Problem("room_state_unknown")
    rooms.set_state(site=one, number=request.POST.get("room", ""), state=state, by=request.by)
    return redirect("site-rooms", uuid)
