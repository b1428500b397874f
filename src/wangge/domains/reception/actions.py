"""Announcing, meeting, handing on. Everything sent twice under one id is one; the log holds ids and codes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING, Scope
from wangge.base.events.actions import record
from wangge.base.problems import Problem
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import posts_above
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import touched
from wangge.domains.protocol.models import Response
from wangge.domains.reception import queries
from wangge.domains.reception.inputs import EndInput, ReceptionInput, SpotInput
from wangge.domains.reception.models import TABLE, Reception, ReceptionSpot
from wangge.domains.reception.rules import Care, Ended, How, Ordered, Shown, State, levels_due, refusal

#: Who receives people, and who may say that somebody comes.
RECEIVES = (Right.KEEP_CHECKPOINT, Right.WORK_DOORS, Right.OPEN_RECORD)
ANNOUNCES = (*RECEIVES, Right.ANSWER_CALLS)


@transaction.atomic
def announce(*, typed: ReceptionInput, place: Place, meets: Post | None, by: By) -> Reception:
    """Somebody comes back, or stands there already: from now on it is somebody's to meet them. Raises Problem."""
    if one := queries.known(typed.uuid):
        return one
    need(by, place, *ANNOUNCES)
    if (ground := queries.ground(place)) is None:
        raise Problem("reception_no_response", field="place")
    here, now = typed.how is How.GATE, clock.now()
    one = Reception.objects.create(
        uuid=typed.uuid, response=ground.response, place=place, spot=queries.spots(place).first(), how=typed.how,
        shown=typed.shown, people=typed.people, care=[each.value for each in typed.care], meets=meets,
        protocol=ground.edition.key, clause=ground.limits.clause, state=State.WAITING if here else State.EXPECTED,
        told_at=now, expected_at=typed.expected_at, arrived_at=now if here else None,
        sealed=sealing.seal(TABLE, typed.uuid, dict(typed.said), response=ground.response.uuid) if typed.said else b"",
    )  # fmt: skip
    _record("reception.announced", one, by, how=typed.how.value, shown=typed.shown.value, people=typed.people)
    return one


@transaction.atomic
def arrive(*, reception: Reception, by: By) -> Reception:
    """Whoever was announced is there now: their wait counts from here. Said again it changes nothing."""
    one = queries.held(reception.uuid)
    need(by, one.place, *ANNOUNCES)
    if one.state != State.EXPECTED:
        return one
    one.state, one.arrived_at = State.WAITING, clock.now()
    one.save(update_fields=["state", "arrived_at"])
    _record("reception.arrived", one, by)
    return one


@transaction.atomic
def meet(*, reception: Reception, by: By) -> Reception:
    """Somebody is with them. Raises Problem where it is over; a second one who comes changes nothing."""
    one = queries.held(reception.uuid)
    need(by, one.place, *RECEIVES)
    if one.state == State.ENDED:
        raise Problem("reception_over")
    if one.state == State.MET:
        return one
    now = clock.now()
    one.state, one.arrived_at, one.met_at = State.MET, one.arrived_at or now, now
    one.met_account, one.met_post = by.account, by.post
    one.save(update_fields=["state", "arrived_at", "met_at", "met_account", "met_post"])
    _record("reception.met", one, by)
    return one


@transaction.atomic
def name_person(*, reception: Reception, person: Person, by: By) -> Reception:
    """Whose home it is, found with them: only for whoever may open records or works at that door. Raises Problem."""
    one = queries.held(reception.uuid)
    need(by, one.place, Right.WORK_DOORS, Right.OPEN_RECORD)
    if one.state == State.ENDED:
        raise Problem("reception_over")
    if one.person_id != person.pk:
        one.person = person
        one.save(update_fields=["person"])
        _record("reception.named", one, by)
    return one


@transaction.atomic
def end(*, reception: Reception, typed: EndInput, ordered: Ordered, order: UUID | None, by: By) -> Reception:
    """How it ended, and into whose hands. Raises Problem where it does not fit what stands about them."""
    one = queries.held(reception.uuid)
    need(by, one.place, *RECEIVES)
    if one.state == State.ENDED and one.ended_how == typed.how:
        return one
    code = refusal(
        State(one.state), Shown(one.shown), ordered, typed.how, child_alone=Care.CHILD_ALONE in one.care,
        taken_by=typed.taken_by,
    )  # fmt: skip
    if code:
        raise Problem(code, field="taken_by" if code == "reception_child_alone" else "how")
    handed = typed.how in (Ended.HOME, Ended.TRANSFER)
    _end(one, typed.how, by.post, order if handed else None, {"taken_by": typed.taken_by})
    _record("reception.ended", one, by, how=typed.how.value)
    return one


def _end(one: Reception, how: Ended, post: UUID | None, order: UUID | None, more: dict[str, str]) -> None:
    one.state, one.ended_at, one.ended_how, one.ended_post, one.order = State.ENDED, clock.now(), how, post, order
    if more := {name: text for name, text in more.items() if text}:
        one.sealed = sealing.seal(TABLE, one.uuid, queries.said(one) | more, response=one.response.uuid)
    one.save(update_fields=["state", "ended_at", "ended_how", "ended_post", "order", "sealed"])


@transaction.atomic
def raise_late(*, now: datetime, by: By) -> list[Reception]:
    """Whoever waits longer than they may is told a level up, and for each limit more one further. Returns those new."""
    raised = []
    for one in queries.waiting(now):
        ground = queries.ground_of(one.response)
        if ground is None or one.arrived_at is None:
            continue
        due = levels_due(ground.limits, one.care, one.arrived_at, now)
        if due > one.levels and (above := _above(one, due)):
            one.levels, one.raised_to = due, above
            one.save(update_fields=["levels", "raised_to"])
            _record("reception.waits_long", one, by, level=due)
            raised.append(one)
    return raised


def _above(one: Reception, level: int) -> Post | None:
    """So many levels above whoever is to meet them; at the end of the line the last one stays told."""
    line = posts_above(one.meets.uuid) if one.meets else []
    return line[min(level, len(line)) - 1] if line else one.meets


@transaction.atomic
def end_of_response(*, response: Response, by: By, cause: UUID) -> None:
    """Receptions end with their Response: whoever waits goes home."""
    for one in Reception.objects.within(EVERYTHING).filter(response=response).exclude(state=State.ENDED):
        _end(one, Ended.CLOSED, None, None, {})
        _record("reception.ended", one, by, how=Ended.CLOSED.value)


@transaction.atomic
def set_spot(*, typed: SpotInput, place: Place, by: By) -> ReceptionSpot:
    """A place for waiting, and the way in from there. Raises Problem."""
    if known := ReceptionSpot.objects.filter(uuid=typed.uuid).first():
        return known
    _leads(by, place)
    try:
        with transaction.atomic():
            one = ReceptionSpot.objects.create(
                uuid=typed.uuid, place=place, name=typed.name, way=typed.way, sheltered=typed.sheltered,
                warm=typed.warm, toilet=typed.toilet, set_at=clock.now(), set_post=by.post,
            )  # fmt: skip
    except IntegrityError as error:
        raise Problem("spot_known", field="name") from error
    record("reception.spot_set", by=by, subject=one.uuid, place=place.uuid, data={"sheltered": one.sheltered})
    return one


@transaction.atomic
def close_spot(*, spot: ReceptionSpot, by: By) -> None:
    """Nobody is sent there any more; who waits there now is met as before."""
    _leads(by, spot.place)
    changed = ReceptionSpot.objects.filter(pk=spot.pk, closed_at__isnull=True).update(closed_at=clock.now())
    if changed:
        record("reception.spot_closed", by=by, subject=spot.uuid, place=spot.place.uuid)


def reach(by: By, *rights: Right) -> Scope:
    """The places at which somebody holds one of these rights."""
    found = Scope()
    for right in rights:
        found |= by.scope(right) if by.may(right) else Scope()
    return found


def need(by: By, place: Place, *rights: Right) -> None:
    """Raises NotAllowed where none of these rights reaches a place, or holds a door of it."""
    try:
        if by.system or touched(reach(by, *rights), place.uuid):
            return
    except Place.DoesNotExist:
        pass
    raise NotAllowed(rights[0])


def _leads(by: By, place: Place) -> None:
    """A place for waiting is set up by whoever leads there, not by whoever stands at the gate."""
    by.need(Right.OPEN_RECORD, place.path, place.grid_id)
    need(by, place, Right.WORK_DOORS)


def _record(kind: str, one: Reception, by: By, **data: Any) -> None:
    record(
        kind, by=by, subject=one.uuid, place=one.place.uuid, response=one.response.uuid, protocol=one.protocol,
        clause=one.clause, data=data,
    )  # fmt: skip
