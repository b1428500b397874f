"""People who arrive at a station or a motorway: expected by name, met, and then in one hand at a time like the others.

Nobody is held there: an order binds, a list does not. Whoever does not want to go on says so like anybody else.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.models import Post
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open, in_force, response
from wangge.domains.protocol.rules import Where
from wangge.domains.transfer import queries
from wangge.domains.transfer.inputs_meeting import ComingInput, PointInput
from wangge.domains.transfer.models import MeetingPoint, Passenger
from wangge.domains.transfer.queries import TABLE
from wangge.domains.transfer.rules_hands import Hand

NOT_COME = "not_come"


@transaction.atomic
def open_point(*, response: Response, place: Place, typed: PointInput, post: Post | None, by: By) -> MeetingPoint:
    """Open a meeting point, or name who meets there anew. Raises Problem, NotAllowed."""
    by.need(Right.PLAN_TRANSFER, place.path, place.grid_id)
    if not held_open(response.uuid):
        raise Problem("transfer_response_closed")
    found, _new = MeetingPoint.objects.update_or_create(
        response=response.uuid, place=place, name=typed.name, closed_at=None, defaults={"post": post},
        create_defaults={"post": post, "opened_at": clock.now()},
    )  # fmt: skip
    record("transfer.point_opened", by=by, subject=found.uuid, place=place.uuid, response=response.uuid)
    return found


def may_meet(point: MeetingPoint, by: By) -> None:
    """Whoever meets there, or plans there. Raises NotAllowed."""
    if queries.leads(by, point.place):
        return
    if not by.may(Right.HAND_OVER) or point.post is None or point.post.uuid not in queries.mine(by):
        raise NotAllowed(Right.HAND_OVER)


@transaction.atomic
def expect(*, point: MeetingPoint, parties: Sequence[ComingInput], role: str, by: By) -> int:
    """Put people on a point's list; the same line twice is one. How many are new. Raises Problem."""
    may_meet(point, by)
    keys = [derived("coming", point.uuid, *one.names, one.phone) for one in parties]
    new = sum(_put(point, one, role, key, came=False) for key, one in zip(keys, parties, strict=True))
    if new:
        _said("transfer.expected", point, by, {"people": new})
    return new


@transaction.atomic
def unexpected(*, point: MeetingPoint, party: ComingInput, role: str, uuid: UUID, by: By) -> int:
    """People who stand there and are on no list: they are taken like the others. Sent twice they are one party."""
    may_meet(point, by)
    new = _put(point, party, role, uuid, came=True)
    if new:
        _said("transfer.came", point, by, {"people": new, "unexpected": True})
    return new


def _put(point: MeetingPoint, one: ComingInput, role: str, party: UUID, *, came: bool) -> int:
    """How many of a party are new. A child without a grown-up stays one who may not be alone: the rule of the hands
    keeps it until somebody named goes along."""
    if not held_open(point.response):
        raise Problem("transfer_response_closed")
    if role not in roles(point.response):
        raise Problem("meeting_role", field="role")
    if Passenger.objects.within(EVERYTHING).filter(party=party).exists():
        return 0
    now = clock.now()
    for number, name in enumerate(one.names):
        uuid = uuid7()
        content = {
            "name": name, "phone": one.phone if number == 0 else "", "note": one.note, "child": one.child,
            "needs": [need.value for need in one.needs],
        }  # fmt: skip
        Passenger.objects.create(
            uuid=uuid, response=point.response, point=point, party=party, door=point.place, role=role, where="central",
            hand=Hand.MEETING, due_at=one.due, came_at=now if came else None, listed_at=now, since=now,
            sealed=sealing.seal(TABLE, uuid, content, response=point.response),
        )  # fmt: skip
    return len(one.names)


def roles(within: UUID) -> list[str]:
    """The classes of the edition in force that are taken to a place of isolation."""
    edition = in_force(response(within))
    return [
        key for key, one in edition.roles.items()
        if any(measure.where is Where.CENTRAL for measure in one.measures)
    ]  # fmt: skip


@transaction.atomic
def came(*, point: MeetingPoint, people: Sequence[Passenger], by: By) -> int:
    """They are there: from now on in the hand of the meeting point. Said twice changes nothing."""
    may_meet(point, by)
    mine = [one.pk for one in people if one.point_id == point.pk]
    now = clock.now()
    found = Passenger.objects.within(EVERYTHING).filter(pk__in=mine, came_at__isnull=True, off_at__isnull=True)
    if number := found.update(came_at=now, since=now):
        _said("transfer.came", point, by, {"people": number, "unexpected": False})
    return number


@transaction.atomic
def not_come(*, point: MeetingPoint, people: Sequence[Passenger], by: By) -> int:
    """They did not come: off the list, and counted as that. Whoever is there already is not."""
    may_meet(point, by)
    mine = [one.pk for one in people if one.point_id == point.pk]
    found = Passenger.objects.within(EVERYTHING).filter(pk__in=mine, came_at__isnull=True, off_at__isnull=True)
    if number := found.update(off_at=clock.now(), off_why=NOT_COME):
        _said("transfer.not_come", point, by, {"people": number})
    return number


def _said(kind: str, point: MeetingPoint, by: By, data: dict[str, object]) -> None:
    record(kind, by=by, subject=point.uuid, place=point.place.uuid, response=point.response, data=data)
