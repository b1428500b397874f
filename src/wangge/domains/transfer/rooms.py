"""Verbs of a place of isolation: rooms are listed, checked into, cleaned; what guests ask for is noted and brought."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import NotAllowed, Right
from wangge.base.access.scope import EVERYTHING
from wangge.base.events.actions import record
from wangge.base.ids import derived
from wangge.base.problems import Problem
from wangge.domains.transfer import handing, queries, staying
from wangge.domains.transfer.inputs_rooms import RoomLine
from wangge.domains.transfer.models import GuestAsk, Passenger, SiteRoom, TransferAlert, TransferSite
from wangge.domains.transfer.rules import RoomKind
from wangge.domains.transfer.rules_hands import Hand
from wangge.domains.transfer.rules_live import Alarm
from wangge.domains.transfer.rules_rooms import NoRoom, Room, RoomState, RoomZone, may_check_in


def may_keep(site: TransferSite, by: By) -> None:
    """The site's own desk, or whoever plans there. Raises NotAllowed."""
    if queries.leads(by, site.place):
        return
    if not by.may(Right.HAND_OVER) or site.desk is None or site.desk.uuid not in queries.mine(by):
        raise NotAllowed(Right.HAND_OVER)


@transaction.atomic
def list_rooms(*, site: TransferSite, rows: Sequence[RoomLine], by: By) -> int:
    """Add rooms, or change the kind and zone of those that are known; the site's numbers by kind follow. Said twice it
    changes nothing. Raises Problem where somebody sleeps in a room that would change."""
    may_keep(site, by)
    _locked(site)
    now = {one.number: one for one in staying.rooms_of(site)}
    for row in rows:
        known = now.get(row.number)
        if known and known.guests and (known.kind, known.zone) != (row.kind, row.zone):
            raise Problem("room_in_use", field="numbers", number=row.number)
        SiteRoom.objects.update_or_create(
            site=site, number=row.number, defaults={"kind": row.kind, "zone": row.zone}
        )  # fmt: skip
    _counted(site)
    _said("transfer.rooms_listed", site, by, {"rooms": len(rows)})
    return len(rows)


def _locked(site: TransferSite) -> None:
    """Two desks that reach for one room take turns."""
    list(TransferSite.objects.select_for_update().filter(pk=site.pk).values_list("pk"))


def _counted(site: TransferSite) -> None:
    """The site's numbers by kind are those of its rooms for guests."""
    rooms = [one for one in staying.rooms_of(site) if one.zone is RoomZone.CONTAMINATED]
    for kind in RoomKind:
        setattr(site, kind.value, sum(one.kind is kind for one in rooms if one.state is not RoomState.OUT))
    site.save(update_fields=[kind.value for kind in RoomKind])


@transaction.atomic
def set_state(*, site: TransferSite, number: str, state: RoomState, by: By) -> None:
    """A room is free, being cleaned, or out of order. Raises Problem where somebody sleeps in it."""
    may_keep(site, by)
    _locked(site)
    room = next((one for one in staying.rooms_of(site) if one.number == number), None)
    if room is None:
        raise Problem("room_unknown")
    if state is RoomState.TAKEN:
        raise Problem("room_state_unknown")
    if room.guests:
        raise Problem("room_in_use", number=number)
    SiteRoom.objects.filter(site=site, number=number).update(state=state)
    _counted(site)
    _said("transfer.room_changed", site, by, {"state": state.value})


@transaction.atomic
def check_in(*, site: TransferSite, people: Sequence[Passenger], number: str, by: By) -> Room:
    """These people sleep in this room from now on; whoever had another moves. Raises Problem: it is taken, cleaned or
    out of order, too small, not for guests, for strangers, or for a child alone."""
    may_keep(site, by)
    _locked(site)
    if any(one.site_id != site.pk or one.hand != Hand.DESK or one.off_at for one in people):
        raise Problem("room_not_here")
    room = next((one for one in staying.rooms_of(site) if one.number == number), None)
    if room is None:
        raise Problem("room_unknown", field="room")
    if stop := may_check_in(room, staying.guests_of(site, people)):
        raise Problem(stop.value, field="room", number=number)
    _nobody_left_alone(site, people, number)
    left = {one.room for one in people} - {"", number}
    Passenger.objects.within(EVERYTHING).filter(pk__in=[one.pk for one in people]).update(room=number)
    _to_be_cleaned(site, left)
    _said("transfer.checked_in", site, by, {"people": len(people)})
    return room


def _nobody_left_alone(site: TransferSite, people: Sequence[Passenger], number: str) -> None:
    """Whoever moves out leaves no child alone behind. Raises Problem."""
    going = {str(one.uuid) for one in people}
    for room in staying.rooms_of(site):
        rest = [one for one in room.guests if one.key not in going]
        if room.number != number and rest and len(rest) < len(room.guests) and all(one.dependent for one in rest):
            raise Problem(NoRoom.ALONE.value, field="room", number=room.number)


def _to_be_cleaned(site: TransferSite, numbers: set[str]) -> None:
    """Rooms that nobody sleeps in any more."""
    there = Passenger.objects.within(EVERYTHING).filter(site=site, off_at__isnull=True, room__in=numbers)
    empty = numbers - set(there.values_list("room", flat=True))
    SiteRoom.objects.filter(site=site, number__in=empty).update(state=RoomState.CLEANING)


def vacated(people: Sequence[Passenger]) -> None:
    """Whoever went off the list has left the room: it is cleaned before the next one comes."""
    for site in {one.site for one in people if one.site}:
        _to_be_cleaned(site, {one.room for one in people if one.site == site and one.room})


@transaction.atomic
def no_room(*, site: TransferSite, people: Sequence[Passenger], by: By) -> TransferAlert:
    """Nothing here fits them: whoever leads is told at once, with the nearest place that has room. Sent twice it is one
    for the same people."""
    may_keep(site, by)
    if not people:
        raise Problem(NoRoom.NOBODY.value)
    alert, new = TransferAlert.objects.get_or_create(
        uuid=derived("no room", site.uuid, *sorted(str(one.uuid) for one in people)),
        defaults={
            "response": site.response, "place": site.place, "kind": Alarm.OVERBOOKED, "passenger": people[0],
            "nearest": handing.nearest_with_room(site, people), "since": clock.now(), "raised_at": clock.now(),
        },
    )  # fmt: skip
    if new:
        _said("transfer.alarm", site, by, {"alarm": Alarm.OVERBOOKED.value})
    return alert


@transaction.atomic
def ask(*, uuid: UUID, passenger: Passenger, what: str, by: By) -> GuestAsk:
    """A guest asked for something. Sent twice it is one."""
    site = passenger.site
    if site is None or passenger.off_at:
        raise Problem("room_not_here")
    may_keep(site, by)
    if known := GuestAsk.objects.filter(uuid=uuid).first():
        return known
    one = GuestAsk.objects.create(uuid=uuid, passenger=passenger, what=what, asked_at=clock.now())
    _said("transfer.guest_asked", site, by, {"what": what})
    return one


@transaction.atomic
def serve(*, ask: GuestAsk, by: By) -> None:
    """It was brought, or the doctor was there."""
    site = ask.passenger.site
    if site is None:
        raise Problem("room_not_here")
    may_keep(site, by)
    if GuestAsk.objects.filter(pk=ask.pk, served_at__isnull=True).update(served_at=clock.now()):
        _said("transfer.guest_served", site, by, {"what": ask.what})


def _said(kind: str, site: TransferSite, by: By, data: dict[str, object]) -> None:
    record(kind, by=by, subject=site.uuid, place=site.place.uuid, response=site.response, data=data)
