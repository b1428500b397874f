"""Hand-overs on the phone: the door, what waits for one's own hand, one trip; big buttons, no script."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wangge.base import clock
from wangge.base.access.actions import log_look
from wangge.base.access.models import AccessLog
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.base.choices import member
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.people.models import Person
from wangge.domains.people.queries import at_door
from wangge.domains.places.queries import labels
from wangge.domains.protocol.queries import response as response_named
from wangge.domains.transfer import actions, arriving, handing, queries, staying, waiting
from wangge.domains.transfer.inputs import read_behind, read_clock, read_count, read_needs, uuid_or_none, uuids
from wangge.domains.transfer.models import Passenger, PeopleOffer, Trip
from wangge.domains.transfer.rules_hands import STEPS, Hand
from wangge.domains.transfer.rules_live import behind
from wangge.domains.transfer.words import ALARMS, BEHIND, HANDS, NEEDS, STOPS, WHY_NOT
from wangge.web.access import Asked, needs
from wangge.web.desk.words import moment

PAGE = 50


@needs(Right.HAND_OVER)
@require_safe
def hands(request: Asked) -> HttpResponse:
    """What waits for one's own hand, one's trips by lateness, and doors where somebody is to be fetched."""
    scope = request.by.scope(Right.HAND_OVER)
    waits = waiting.in_clothing(request.by)
    context = {
        "offers": [_offer(one) for one in queries.offers_to(request.by)[:PAGE]],
        "trips": [_trip(one) for one in queries.my_trips(request.by)[:PAGE]],
        "doors": _doors(request, list(queries.on_list(scope).filter(hand__in=[Hand.DOOR, Hand.MEETING])[:200])),
        "waits": moment(waits.since) if waits else "", "uuid": uuid7(), "desks": staying.my_sites(request.by),
        "points": arriving.my_points(request.by),
        "fed": moment(waits.fed_at) if waits and waits.fed_at else "",
        "roof": moment(waits.sheltered_at) if waits and waits.sheltered_at else "",
    }  # fmt: skip
    return render(request, "wangge/field/hands.html", context)


def _offer(one: PeopleOffer) -> dict[str, Any]:
    return {"uuid": one.uuid, "offered": one.offered, "hand": HANDS[one.hand], "when": moment(one.offered_at)}


def _trip(one: Trip) -> dict[str, Any]:
    late = behind(one.started_at, one.begins_at, one.arrives_at, clock.now())
    return {
        "uuid": one.uuid, "vehicle": one.vehicle.name, "to": one.site.place.name, "begins": moment(one.begins_at),
        "arrives": moment(one.arrives_at), "people": len(one.people), "late": max(0, int(late.total_seconds() // 60)),
        "started": one.started_at,
    }  # fmt: skip


def _doors(request: Asked, some: list[Passenger]) -> list[dict[str, Any]]:
    """Doors for whoever works at them; drivers and desks see their trips only."""
    if not (request.by.may(Right.WORK_DOORS) or queries.my_trips(request.by)):
        return []
    trips = {one.pk for one in queries.my_trips(request.by)}
    shown = some if request.by.may(Right.WORK_DOORS) else [one for one in some if one.trip_id in trips]
    where = labels([one.door for one in shown])
    found: dict[int, dict[str, Any]] = {}
    for one in shown:
        row = found.setdefault(one.door_id, {"uuid": one.door.uuid, "name": where[one.door_id], "people": 0, "at": ""})
        row["people"] += 1
        row["at"] = moment(one.trip.begins_at) if one.trip else ""
    return list(found.values())


@needs(Right.HAND_OVER, Right.PLAN_TRANSFER)
@require_safe
def door(request: Asked, uuid: UUID) -> HttpResponse:
    """One door: where they go, to be read aloud; what stays behind; who goes. A look at these people, on record."""
    people = _at(request, uuid)
    first = people[0]
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"transfer:{uuid}", count=len(people))
    context = {
        "door": first.door, "where": labels([first.door], divisions=True)[first.door_id], "people": _named(people),
        "ways": _ways(people), "told": all(one.told_at for one in people),
        "asked": all(one.asked_at for one in people), "behind": BEHIND.items(), "needs": NEEDS.items(),
        "response": response_named(first.response), "others": [(one.uuid, one.name) for one in _others(people)],
        "uuid": uuid7(), "page_back": reverse("hands" if request.by.may(Right.HAND_OVER) else "transfer"),
        "steps": [(one.value, HANDS[one]) for one in (Hand.ESCORT, Hand.DRIVER)],
    }  # fmt: skip
    return render(request, "wangge/field/hands_door.html", context)


def _at(request: Asked, uuid: UUID) -> list[Passenger]:
    right = Right.PLAN_TRANSFER if request.by.may(Right.PLAN_TRANSFER) else Right.HAND_OVER
    people = list(queries.at_door(request.by.scope(right), uuid))
    if not people:
        raise Passenger.DoesNotExist
    return people


def _named(people: list[Passenger]) -> list[dict[str, Any]]:
    return [
        {
            "uuid": one.uuid, "name": one.name, "hand": HANDS[one.hand],
            "along": one.order is None and one.point is None,
            "needs": [NEEDS[need] for need in queries.needs_of(one)], "words": queries.sealed(one).get("needs", ()),
            "note": queries.sealed(one).get("note", ""),
            "ready": moment(one.ready_at) if one.ready_at else "", "refused": one.refused_at, "person": one.person,
        }
        for one in people
    ]  # fmt: skip


def _ways(people: list[Passenger]) -> list[dict[str, Any]]:
    """Those of one door by the trip they are on, with what is read to them: a case goes elsewhere."""
    found: dict[int, dict[str, Any]] = {}
    for one in people:
        way = found.setdefault(
            one.trip_id or 0, {"trip": one.trip, "notice": _notice(one), "names": [], "here": [], "uuid": uuid7()}
        )
        way["names"].append(one.name)
        if one.hand in (Hand.DOOR, Hand.MEETING) and not one.refused_at:
            way["here"].append(one)
    return list(found.values())


def _notice(one: Passenger) -> list[tuple[str, str]]:
    """Where they go, why, until when: the words that are read aloud."""
    facts = []
    if one.trip:
        facts += [
            (_("Taken to"), one.trip.site.place.name), (_("With"), one.trip.vehicle.name),
            (_("Fetched from"), moment(one.trip.begins_at)), (_("There at about"), moment(one.trip.arrives_at)),
        ]  # fmt: skip
    if one.until:
        facts.append((_("Until"), str(one.until)))
    return facts


@needs(Right.HAND_OVER)
@require_POST
def told(request: Asked, uuid: UUID) -> HttpResponse:
    """It was read to them."""
    actions.tell(people=_at(request, uuid), by=request.by)
    return redirect("hands-door", uuid)


@needs(Right.HAND_OVER)
@require_POST
def asked(request: Asked, uuid: UUID) -> HttpResponse:
    """What and who stays behind was asked."""
    behind = read_behind(request.POST.getlist("behind"))
    actions.ask_behind(people=_at(request, uuid), behind=behind, by=request.by)
    messages.success(request, _("Noted. What stays behind is work at this door now."))
    return redirect("hands-door", uuid)


@needs(Right.HAND_OVER)
@require_POST
def person(request: Asked, uuid: UUID) -> HttpResponse:
    """What one person of a door needs, from when on they can leave, or that they do not want to go."""
    one = next((p for p in _at(request, uuid) if str(p.uuid) == request.POST.get("passenger")), None)
    if one is None:
        raise Passenger.DoesNotExist
    if "refuses" in request.POST:
        actions.note_refusal(passenger=one, by=request.by)
        messages.success(request, _("Noted. Nobody is dragged: the authority decides."))
    else:
        ready = read_clock(request.POST.get("ready", ""))
        actions.note_needs(
            passenger=one, needs=read_needs(request.POST.getlist("needs")), ready_at=ready, by=request.by,
            note=request.POST.get("note", ""),
        )  # fmt: skip
    return redirect("hands-door", uuid)


@needs(Right.HAND_OVER)
@require_POST
def along(request: Asked, uuid: UUID) -> HttpResponse:
    """Somebody else of the door goes with them."""
    people = _at(request, uuid)
    wanted = request.POST.get("person", "")
    other = next((one for one in _others(people) if str(one.uuid) == wanted), None)
    if other is None:
        raise Problem("transfer_not_of_the_door")
    actions.go_along(beside=people[0], person=other, by=request.by)
    return redirect("hands-door", uuid)


def _others(people: list[Passenger]) -> list[Person]:
    """Who lives behind the same door and is not on the list."""
    if people[0].point_id:  # nobody lives at a meeting point
        return []
    listed = {one.person_id for one in people}
    door = people[0].door
    return [one for one in at_door(Scope(prefixes=(door.path,)), door) if one.pk not in listed and not one.died_on]


@needs(Right.HAND_OVER)
@require_safe
def trip(request: Asked, uuid: UUID) -> HttpResponse:
    """One trip for whoever works it: whom one holds, whom to give them to, what there was on the way."""
    one = queries.my_trip(request.by, uuid)
    people, posts = list(queries.aboard(one)), queries.mine(request.by)
    looked = max(1, len(people))
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"trip:{uuid}", count=looked)
    mine = [each for each in people if each.holder in posts and each.site_id is None]
    to = [
        step for step in (Hand.DRIVER, Hand.DESK) if mine and step in STEPS[Hand(mine[0].hand)] and step != mine[0].hand
    ]
    where = labels([each.door for each in people])
    context = {
        "one": one, "card": _trip(one), "mine": mine, "uuid": uuid7(), "page_back": reverse("hands"),
        "steps": [(step.value, HANDS[step]) for step in to], "stops": STOPS.items(),
        "people": [(each.name, where[each.door_id], HANDS[each.hand], each.room, each.uuid) for each in people],
        "alarms": [(*ALARMS[each.kind], moment(each.since)) for each in waiting.alerts_of(one)],
        "drives": one.vehicle.driver is not None and one.vehicle.driver.uuid in posts,
    }  # fmt: skip
    return render(request, "wangge/field/hands_trip.html", context)


@needs(Right.HAND_OVER)
@require_POST
def offer(request: Asked) -> HttpResponse:
    """Offer those who were ticked to the next hand."""
    to, uuid = member(Hand, request.POST.get("to", "")), uuid_or_none(request.POST.get("uuid"))
    if to is None or uuid is None:
        raise Problem("hand_no_step")
    people = queries.by_ids(uuids(request.POST.getlist("people")))
    made = handing.offer(uuid=uuid, people=people, to=to, by=request.by)
    said = _("%(number)s offered. They stay with you until the next hand accepts.") % {"number": made.offered}
    messages.success(request, said)
    return redirect("hands")


@needs(Right.HAND_OVER)
@require_safe
def offered(request: Asked, uuid: UUID) -> HttpResponse:
    """A hand-over that waits for one's answer: tick whom you see, type how many you counted."""
    one = _mine(request, uuid)
    people = queries.people_in(one)
    log_look(by=request.by, kind=AccessLog.Kind.OPENED, person=None, reason=f"offer:{uuid}", count=len(people))
    where = labels([each.door for each in people])
    full, nearest = handing.room_for(one, people)
    context = {
        "one": one, "open": one.state == PeopleOffer.State.OPEN, "page_back": reverse("hands"),
        "people": [(each.uuid, each.name, where[each.door_id]) for each in people],
        "missing": [each.name for each in queries.missing_from(one)], "hand": HANDS[one.hand],
        "why": WHY_NOT.items(), "full": full, "nearest": nearest.place.name if nearest else "",
    }  # fmt: skip
    return render(request, "wangge/field/hands_offered.html", context)


def _mine(request: Asked, uuid: UUID) -> PeopleOffer:
    """Raises PeopleOffer.DoesNotExist for one that was not offered to this person."""
    one = queries.offer_of(uuid)
    if one.to_holder not in queries.mine(request.by):
        raise PeopleOffer.DoesNotExist
    return one


@needs(Right.HAND_OVER)
@require_POST
def answer(request: Asked, uuid: UUID) -> HttpResponse:
    """Accept those who are there, or refuse all with a reason."""
    one = _mine(request, uuid)
    if why := request.POST.get("why", ""):
        if why not in WHY_NOT:
            raise Problem("hand_no_step")
        handing.refuse(offer=one, why=why, by=request.by)
        messages.success(request, _("Not accepted. They stay with the hand that offered them."))
        return redirect("hands")
    present = uuids(request.POST.getlist("people"))
    done = handing.accept(offer=one, present=present, count=read_count(request.POST), by=request.by)
    messages.success(request, _("%(number)s accepted.") % {"number": done.accepted})
    return redirect("hands-offered", uuid)
