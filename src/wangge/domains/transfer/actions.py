"""Sites, vehicles, and the list of who is to be taken: added by an order, taken off with it, asked and told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived, uuid7
from wangge.base.problems import Problem
from wangge.domains.duty.models import Post
from wangge.domains.people.models import Person
from wangge.domains.people.queries import door_of
from wangge.domains.places.models import Place
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import held_open
from wangge.domains.transfer import queries
from wangge.domains.transfer.inputs import SiteInput, VehicleInput
from wangge.domains.transfer.models import MeetingPoint, Passenger, TransferAlert, TransferSite, TransferVehicle
from wangge.domains.transfer.queries import TABLE
from wangge.domains.transfer.rooms import vacated
from wangge.domains.transfer.rules import Behind, Need
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.transfer.rules_live import Alarm

NOTE = 120


@transaction.atomic
def open_site(*, response: Response, place: Place, typed: SiteInput, desk: Post | None, by: By) -> TransferSite:
    """Open a place of isolation, or change what is known of one that is open. Raises Problem."""
    by.need(Right.PLAN_TRANSFER, place.path, place.grid_id)
    _open(response.uuid)
    said = {
        "desk": desk, "where": typed.where, "single": typed.single, "family": typed.family,
        "accessible": typed.accessible, "staff": typed.staff, "zones": [one.value for one in typed.zones],
        "cares": [one.value for one in typed.cares],
    }  # fmt: skip
    found, new = TransferSite.objects.update_or_create(
        response=response.uuid, place=place, closed_at=None, defaults=said,
        create_defaults=said | {"opened_at": clock.now()},
    )  # fmt: skip
    rooms = typed.single + typed.family + typed.accessible
    record(
        "transfer.site_opened" if new else "transfer.site_changed", by=by, subject=found.uuid, place=place.uuid,
        response=response.uuid, data={"rooms": rooms},
    )  # fmt: skip
    return found


@transaction.atomic
def add_vehicle(
    *, response: Response, place: Place, typed: VehicleInput, driver: Post | None, escort: Post | None, by: By,
    uuid: UUID | None = None,
) -> TransferVehicle:  # fmt: skip
    """Put a vehicle with its driver and escort to use. Sent twice under one id it is one. Raises Problem."""
    by.need(Right.PLAN_TRANSFER, place.path, place.grid_id)
    if uuid and (known := TransferVehicle.objects.filter(uuid=uuid).first()):
        return known
    _open(response.uuid)
    one = TransferVehicle.objects.create(
        uuid=uuid or uuid7(), response=response.uuid, place=place, name=typed.name, seats=typed.seats, driver=driver,
        escort=escort, free_from=clock.now(),
    )  # fmt: skip
    record(
        "transfer.vehicle_added", by=by, subject=one.uuid, place=place.uuid, response=response.uuid,
        data={"seats": typed.seats},
    )  # fmt: skip
    return one


@dataclass(frozen=True, slots=True)
class ToTake:
    """Somebody an order takes away from home: the role is their class, ``until`` the last day."""

    person: Person
    order: UUID
    role: str
    where: str
    until: date | None


@transaction.atomic
def list_people(*, response: Response, wanted: Iterable[ToTake], by: By, cause: UUID | None = None) -> int:
    """Put people on the list to be taken, each once; a newer order of theirs takes the older one's place. Returns how
    many are new."""
    new, now = 0, clock.now()
    for one in wanted:
        known = _listed(response.uuid, one.person)
        if known:
            known.order, known.role, known.where, known.until = one.order, one.role, one.where, one.until
            known.save(update_fields=["order", "role", "where", "until"])
            continue
        Passenger.objects.create(
            uuid=derived("passenger", response.uuid, one.person.uuid, one.order), response=response.uuid,
            person=one.person, door=door_of(one.person.home), order=one.order, role=one.role, where=one.where,
            until=one.until, listed_at=now, since=now,
        )  # fmt: skip
        new += 1
    if new:
        record("transfer.listed", by=by, response=response.uuid, cause=cause, data={"people": new})
    return new


def _listed(response: UUID, person: Person) -> Passenger | None:
    found = Passenger.objects.within(EVERYTHING).select_for_update(of=("self",))
    return found.filter(response=response, person=person, off_at__isnull=True).first()


def keep_until(*, order: UUID, where: str, until: date | None) -> None:
    """An order that was changed is spent away from home until another day; nobody new comes on the list by it."""
    found = Passenger.objects.within(EVERYTHING).filter(order=order, off_at__isnull=True)
    found.update(where=where, until=until)


@transaction.atomic
def take_off(*, orders: Sequence[UUID], why: str, by: By, cause: UUID | None = None) -> int:
    """Take people off whose order ended or fell; with the last of a door's, those who go along. Whoever is under way
    stays in the hand they are in and is brought home. Returns how many."""
    found = Passenger.objects.within(EVERYTHING).filter(order__in=orders, off_at__isnull=True)
    going = dict(found.values_list("uuid", "door_id"))
    found.update(off_at=clock.now(), off_why=why)
    rest = Passenger.objects.within(EVERYTHING).filter(door__in=set(going.values()), off_at__isnull=True)
    bound = set(rest.filter(order__isnull=False).values_list("door_id", flat=True))
    along = rest.filter(order__isnull=True).exclude(door__in=bound)
    going |= dict(along.values_list("uuid", "door_id"))
    along.update(off_at=clock.now(), off_why=why)
    if going:
        vacated(queries.by_ids(list(going)))
        data = {"people": len(going), "why": why, "passengers": [str(one) for one in going]}
        record("transfer.taken_off", by=by, cause=cause, data=data)
    return len(going)


def end_in(*, response: Response, by: By, cause: UUID) -> None:
    """A Response's list, sites and vehicles end with it."""
    now = clock.now()
    Passenger.objects.within(EVERYTHING).filter(response=response.uuid, off_at__isnull=True).update(
        off_at=now, off_why="response_closed"
    )
    TransferSite.objects.filter(response=response.uuid, closed_at__isnull=True).update(closed_at=now)
    MeetingPoint.objects.filter(response=response.uuid, closed_at__isnull=True).update(closed_at=now)
    if TransferVehicle.objects.filter(response=response.uuid, ended_at__isnull=True).update(ended_at=now):
        record("transfer.ended", by=by, response=response.uuid, cause=cause)


@transaction.atomic
def go_along(*, beside: Passenger, person: Person, by: By) -> Passenger:
    """Somebody of the same door goes along of their own will, so that a child is not alone: named, and counted in."""
    _may(beside, by)
    if beside.point_id or door_of(person.home).pk != beside.door_id or person.died_on:
        raise Problem("transfer_not_of_the_door")
    if known := _listed(beside.response, person):
        return known
    one = Passenger.objects.create(
        uuid=uuid7(), response=beside.response, person=person, door=beside.door, role=beside.role, where=beside.where,
        until=beside.until, listed_at=clock.now(), since=clock.now(),
    )  # fmt: skip
    _of_door("transfer.goes_along", one, by)
    return one


@transaction.atomic
def note_needs(
    *, passenger: Passenger, needs: Sequence[Need], ready_at: datetime | None, by: By, note: str = ""
) -> Passenger:
    """What somebody needs on the way and there, sealed; from when on they can leave. ``note``: diet, medicine, what the
    desk has to know."""
    _may(passenger, by)
    content = queries.sealed(passenger) | {"needs": [one.value for one in needs], "note": note.strip()[:NOTE]}
    passenger.sealed = sealing.seal(TABLE, passenger.uuid, content, response=passenger.response)
    passenger.ready_at = ready_at
    passenger.save(update_fields=["sealed", "ready_at"])
    _of_door("transfer.needs_noted", passenger, by)
    return passenger


@transaction.atomic
def tell(*, people: Sequence[Passenger], by: By) -> None:
    """They were told where they go, why, and until when: the notice was read aloud or handed over."""
    for one in people:
        _may(one, by)
        if one.told_at is None:
            one.told_at = clock.now()
            one.save(update_fields=["told_at"])
            _of_door("transfer.told", one, by)


@transaction.atomic
def ask_behind(*, people: Sequence[Passenger], behind: Sequence[Behind], by: By) -> None:
    """What and who stays behind at a door was asked. The answers are work at the door: a flow puts it."""
    for one in people:
        _may(one, by)
        one.asked_at = clock.now()
        one.save(update_fields=["asked_at"])
    if people:
        first = people[0]
        record(
            "transfer.asked", by=by, subject=first.uuid, place=first.door.uuid, response=first.response,
            data={"behind": [one.value for one in behind]},
        )  # fmt: skip


@transaction.atomic
def note_refusal(*, passenger: Passenger, by: By) -> None:
    """Somebody does not want to go. It is noted, nobody is dragged, and an authority decides."""
    _may(passenger, by)
    if passenger.refused_at:
        return
    passenger.refused_at = clock.now()
    passenger.save(update_fields=["refused_at"])
    TransferAlert.objects.get_or_create(
        uuid=derived("refused", passenger.uuid, passenger.refused_at),
        defaults={
            "response": passenger.response, "place": passenger.door, "kind": Alarm.REFUSED, "passenger": passenger,
            "since": passenger.refused_at, "raised_at": clock.now(),
        },
    )  # fmt: skip
    _of_door("transfer.refused", passenger, by)


def _may(one: Passenger, by: By) -> None:
    """At the door those who work it; on the way whoever plans. Raises NotAllowed."""
    right = Right.PLAN_TRANSFER if by.may(Right.PLAN_TRANSFER) else Right.HAND_OVER
    by.need(right, one.door.path, one.door.grid_id)
    if one.hand not in (Hand.DOOR, Hand.MEETING):
        raise Problem("transfer_under_way")


def _open(response: UUID) -> None:
    if not held_open(response):
        raise Problem("transfer_response_closed")


def _of_door(kind: str, one: Passenger, by: By) -> None:
    record(kind, by=by, subject=one.uuid, place=one.door.uuid, response=one.response)
