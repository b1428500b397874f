"""Named reads of a place of isolation: its rooms as they are now, who is expected when, who is there, who leaves."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING
from wangge.domains.protocol.queries import response
from wangge.domains.transfer import queries
from wangge.domains.transfer.models import GuestAsk, Passenger, SiteRoom, TransferPlan, TransferSite, Trip
from wangge.domains.transfer.rules import Alone, Need, RoomKind
from wangge.domains.transfer.rules_rooms import Guest, Room, RoomState, RoomZone


def my_sites(by: By) -> list[TransferSite]:
    """The open sites whose desk somebody answers for."""
    found = TransferSite.objects.filter(desk__uuid__in=queries.mine(by), closed_at__isnull=True)
    return list(found.select_related("place", "desk").order_by("place__path", "id"))


def my_site(by: By, uuid: UUID) -> TransferSite:
    """A site of one's own desk, or at the places one leads. Raises TransferSite.DoesNotExist."""
    if found := next((one for one in my_sites(by) if one.uuid == uuid), None):
        return found
    if not by.may(Right.PLAN_TRANSFER):
        raise TransferSite.DoesNotExist
    return queries.site(by.scope(Right.PLAN_TRANSFER), uuid)


def rooms_of(one: TransferSite) -> list[Room]:
    """The rooms of a site as they are now, by number."""
    return rooms_in([one])[one.pk]


def rooms_in(sites: Sequence[TransferSite]) -> dict[int, list[Room]]:
    """The rooms of some sites as they are now; empty where a site knows its rooms by number of a kind alone."""
    found: dict[int, list[Room]] = {one.pk: [] for one in sites}
    inside: dict[tuple[int, str], list[Guest]] = defaultdict(list)
    listed = list(SiteRoom.objects.filter(site__in=list(found)).order_by("number", "id"))
    if listed:
        alone = {one.pk: _alone(one) for one in sites}
        for guest in _there(list(found)).exclude(room=""):
            inside[guest.site_id or 0, guest.room].append(guest_of(guest, alone[guest.site_id or 0]))
    for room in listed:
        guests = tuple(inside[room.site_id, room.number])
        kind, zone, state = RoomKind(room.kind), RoomZone(room.zone), RoomState(room.state)
        found[room.site_id].append(Room(room.number, kind, zone, state, guests))
    return found


def _there(sites: Sequence[int]) -> QuerySet[Passenger]:
    return Passenger.objects.within(EVERYTHING).filter(site__in=sites, off_at__isnull=True).select_related("person")


def _alone(one: TransferSite) -> Alone | None:
    rule = queries.rule_of(response(one.response))
    return queries.alone_of(rule) if rule else None


def guest_of(one: Passenger, alone: Alone | None) -> Guest:
    """Somebody received at a desk, as the rule of rooms sees them."""
    member = queries.member(one)
    return Guest(str(one.uuid), one.together, bool(alone and member.not_alone(alone)), Need.WHEELCHAIR in member.needs)


def guests_of(one: TransferSite, people: Sequence[Passenger]) -> list[Guest]:
    """The same of several."""
    alone = _alone(one)
    return [guest_of(each, alone) for each in people]


def room_row(site: TransferSite, number: str) -> SiteRoom:
    """Raises SiteRoom.DoesNotExist."""
    return SiteRoom.objects.select_related("site", "site__place").get(site=site, number=number)


def coming(one: TransferSite) -> list[Trip]:
    """The trips to a site that have not ended, the first to arrive first."""
    found = Trip.objects.filter(site=one, ended_at__isnull=True, plan__state=TransferPlan.State.ADOPTED)
    return list(found.select_related("vehicle", "site", "site__place", "plan").order_by("arrives_at", "id"))


def on_trips(trips: Sequence[Trip]) -> dict[int, list[Passenger]]:
    """Who is on some trips and not there yet, whoever refused left out."""
    found: dict[int, list[Passenger]] = {one.pk: [] for one in trips}
    going = Passenger.objects.within(EVERYTHING).filter(
        trip__in=list(found), site__isnull=True, off_at__isnull=True, refused_at__isnull=True
    )
    for one in going.select_related("person", "door").order_by("door__path", "id"):
        found[one.trip_id or 0].append(one)
    return found


def leaving(people: Sequence[Passenger], today: date) -> list[Passenger]:
    """Those whose last day is today, or was."""
    return [one for one in people if one.until and one.until <= today]


def asked(one: TransferSite) -> QuerySet[GuestAsk]:
    """What guests of a site asked for and nobody has brought yet, the oldest first."""
    found = GuestAsk.objects.filter(passenger__site=one, served_at__isnull=True)
    return found.select_related("passenger", "passenger__person").order_by("asked_at", "id")


def ask_at(one: TransferSite, uuid: UUID) -> GuestAsk:
    """Raises GuestAsk.DoesNotExist."""
    return GuestAsk.objects.select_related("passenger", "passenger__site__place").get(uuid=uuid, passenger__site=one)
