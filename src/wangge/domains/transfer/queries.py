"""Named reads of transfers: sites with what is free, vehicles, who is to be taken, trips, whose hand holds whom."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.base import clock, sealing
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import posts_answered_by
from wangge.domains.people.rules import age_on
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import about
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, open_responses, response
from wangge.domains.protocol.rules_transfer import Transfer
from wangge.domains.transfer.models import (
    OfferedPerson,
    Passenger,
    PeopleOffer,
    TransferAlert,
    TransferPlan,
    TransferSite,
    TransferVehicle,
    Trip,
)
from wangge.domains.transfer.rules import Alone, Limits, Member, Need, RoomKind, rooming
from wangge.domains.transfer.rules_hands import Going, Hand
from wangge.domains.transfer.rules_live import behind
from wangge.domains.transfer.rules_rooms import usable

TABLE, PLANS = "wangge_passenger", "wangge_transferplan"
NOT_AWAITED = Q(point__isnull=True) | Q(came_at__isnull=False)
CHILD = 10  # years that stand for a child whose birthday nobody knows


def transferring(scope: Scope) -> list[Response]:
    """The open Responses around or in a scope whose edition takes people away from home."""
    found = open_responses().filter(about(scope, "area")).prefetch_related("phases")
    return [one for one in found if in_force(one).transfer]


def rule_of(one: Response) -> Transfer | None:
    """What the edition in force says of transfers."""
    return in_force(one).transfer


def alone_of(rule: Transfer) -> Alone:
    """Who may not be alone, as the rules take it."""
    return Alone(rule.alone_under, frozenset(Need(one) for one in rule.alone), rule.alone_clause)


def limits_of(rule: Transfer) -> Limits:
    """The limits, as the rules take them."""
    return Limits(
        rule.road_clause, rule.care_clause, rule.night_from, rule.night_to, rule.drive, rule.rest, rule.day,
        rule.outdoors, rule.meal, rule.toilet, rule.relief, rule.late,
    )  # fmt: skip


def sites(scope: Scope) -> QuerySet[TransferSite]:
    """The open sites at the places of a scope or around them."""
    found = TransferSite.objects.filter(about(scope, "place"), closed_at__isnull=True)
    return found.select_related("place", "desk").order_by("place__path", "id")


def site(scope: Scope, uuid: UUID) -> TransferSite:
    """Raises TransferSite.DoesNotExist, also for another place's."""
    return sites(scope).get(uuid=uuid)


def vehicles(scope: Scope) -> QuerySet[TransferVehicle]:
    """The vehicles in use at the places of a scope or around them."""
    found = TransferVehicle.objects.filter(about(scope, "place"), ended_at__isnull=True)
    return found.select_related("place", "driver", "escort").order_by("name", "id")


def site_places(scope: Scope) -> QuerySet[Place]:
    """Where a site may be opened: the sites among the places of a scope."""
    return Place.objects.filter(scope.q(), kind="site", closed__isnull=True).order_by("path")


def posts_of_kind(scope: Scope, kind: str) -> list[Post]:
    """The open posts of a kind at the places of a scope."""
    found = Post.objects.filter(scope.q("place"), kind=kind, closed__isnull=True)
    return list(found.order_by("place__path", "title", "id"))


def on_list(scope: Scope) -> ScopedQuerySet[Passenger]:
    """Everybody who is to be taken or under way, by door; whoever arrived or came off is not, nor whoever is still
    awaited at a meeting point."""
    found = Passenger.objects.within(scope).filter(NOT_AWAITED, off_at__isnull=True, site__isnull=True)
    return _whole(found).order_by("door__path", "role", "person__birth_date", "id")


def waiting(scope: Scope, response: UUID) -> ScopedQuerySet[Passenger]:
    """Those nobody has fetched yet, of one Response, who have not said no."""
    hands = (Hand.DOOR, Hand.MEETING)
    return on_list(scope).filter(response=response, hand__in=hands, refused_at__isnull=True)


def at_door(scope: Scope, door: UUID) -> ScopedQuerySet[Passenger]:
    """Those of one door who are on the list."""
    return on_list(scope).filter(door__uuid=door)


def guests(one: TransferSite) -> ScopedQuerySet[Passenger]:
    """Who was received at a site and is still there."""
    found = Passenger.objects.within(EVERYTHING).filter(site=one, off_at__isnull=True)
    return _whole(found).order_by("room", "door__path", "id")


def _whole(found: ScopedQuerySet[Passenger]) -> ScopedQuerySet[Passenger]:
    return found.select_related(
        "person", "point", "door", "trip", "trip__vehicle", "trip__site", "trip__site__place", "site"
    )


def sealed(one: Passenger) -> dict[str, Any]:
    """What is sealed of somebody on the list: needs. Log the look before showing it."""
    return sealing.unseal(TABLE, one.uuid, one.sealed) if one.sealed else {}


def by_ids(uuids: Sequence[UUID]) -> list[Passenger]:
    """Some of those on the list or received: a flow asks."""
    return list(_whole(Passenger.objects.within(EVERYTHING).filter(uuid__in=list(uuids))).select_related("site__place"))


def needs_of(one: Passenger) -> frozenset[Need]:
    """What somebody needs, as far as anybody noted it."""
    return frozenset(Need(word) for word in sealed(one).get("needs", ()))


def member(one: Passenger) -> Member:
    """Somebody on the list as the rules see them."""
    if one.person is None:  # whoever arrives said no birthday: a child without a grown-up was marked as that
        return Member(str(one.uuid), CHILD if sealed(one).get("child") else None, needs_of(one))
    return Member(str(one.uuid), age_on(one.person.birth_date, clock.today()), needs_of(one))


def free_rooms(found: Sequence[TransferSite]) -> dict[int, Counter[RoomKind]]:
    """The free rooms of some sites by kind: what each has, without what its guests take. Where the rooms are listed one
    by one, those that are free now, without what guests take who have no room yet."""
    from wangge.domains.transfer.staying import rooms_in  # it reads this file

    free = {
        one.pk: Counter({RoomKind.SINGLE: one.single, RoomKind.FAMILY: one.family, RoomKind.ACCESSIBLE: one.accessible})
        for one in found
    }
    there = _whole(Passenger.objects.within(EVERYTHING).filter(site__in=list(free), off_at__isnull=True))
    by_number = {key: rooms for key, rooms in rooms_in(found).items() if rooms}
    free |= {key: Counter({kind: usable(rooms)[kind] for kind in RoomKind}) for key, rooms in by_number.items()}
    rules = {one.response: rule_of(response(one.response)) for one in found}
    by_door: dict[tuple[int, str, UUID], list[Member]] = defaultdict(list)
    for one in there:
        if one.room and one.site_id in by_number:
            continue
        by_door[one.site_id or 0, one.together, one.response].append(member(one))
    for (key, _door, within), members in by_door.items():
        if rule := rules.get(within):
            free[key].subtract(rooming(members, alone_of(rule)).rooms)
    return free


def plans(scope: Scope) -> QuerySet[TransferPlan]:
    """The plans of a scope, the latest first."""
    return TransferPlan.objects.filter(about(scope, "area")).select_related("area").order_by("-made_at", "-id")


def plan(scope: Scope, uuid: UUID) -> TransferPlan:
    """Raises TransferPlan.DoesNotExist, also for another place's."""
    return plans(scope).get(uuid=uuid)


def plan_named(uuid: UUID) -> TransferPlan:
    """A plan a flow answers for. Raises TransferPlan.DoesNotExist."""
    return TransferPlan.objects.select_related("area").get(uuid=uuid)


def trips_of(one: TransferPlan) -> list[Trip]:
    """A plan's trips in order."""
    found = one.trips.select_related("vehicle", "vehicle__driver", "vehicle__escort", "site", "site__place", "plan")
    return list(found.order_by("begins_at", "number"))


def _trips() -> QuerySet[Trip]:
    found = Trip.objects.filter(plan__state=TransferPlan.State.ADOPTED, ended_at__isnull=True)
    return found.select_related("vehicle", "vehicle__driver", "vehicle__escort", "site", "site__place", "plan")


def under_way(scope: Scope) -> list[Trip]:
    """The trips of adopted plans that are not over, the latest behind its time first."""
    return by_lateness(_trips().filter(about(scope, "plan__area")), clock.now())


def all_under_way() -> list[Trip]:
    """Those of every open Response: an alarm looks."""
    held = open_responses().values_list("uuid", flat=True)
    return list(_trips().filter(plan__response__in=list(held)).order_by("id"))


def by_lateness(found: Iterable[Trip], now: datetime) -> list[Trip]:
    """Trips, the one furthest behind its time first."""
    return sorted(found, key=lambda one: behind(one.started_at, one.begins_at, one.arrives_at, now), reverse=True)


def trip(uuid: UUID) -> Trip:
    """Raises Trip.DoesNotExist."""
    return _trips().get(uuid=uuid)


def mine(by: By) -> set[UUID]:
    """The posts somebody answers for, as holders of people are named."""
    return set(Post.objects.filter(pk__in=posts_answered_by(by.account)).values_list("uuid", flat=True))


def my_trips(by: By) -> list[Trip]:
    """The trips that concern somebody's hand: as driver, as escort, or at the desk they end at."""
    posts = mine(by)
    about_me = Q(vehicle__driver__uuid__in=posts) | Q(vehicle__escort__uuid__in=posts) | Q(site__desk__uuid__in=posts)
    return by_lateness(_trips().filter(about_me), clock.now())


def my_trip(by: By, uuid: UUID) -> Trip:
    """Raises Trip.DoesNotExist for one that is not this person's to serve."""
    found = next((one for one in my_trips(by) if one.uuid == uuid), None)
    if found is None:
        raise Trip.DoesNotExist
    return found


def aboard(one: Trip) -> ScopedQuerySet[Passenger]:
    """Everybody a trip is for, wherever they are now; whoever works the trip may see them."""
    return _whole(Passenger.objects.within(EVERYTHING).filter(trip=one, off_at__isnull=True)).order_by(
        "door__path", "id"
    )


def offers_to(by: By) -> QuerySet[PeopleOffer]:
    """The hand-overs that wait for somebody's own hand."""
    open_ = PeopleOffer.objects.filter(state=PeopleOffer.State.OPEN, to_holder__in=mine(by))
    return open_.select_related("trip").order_by("offered_at", "id")


def offer_of(uuid: UUID) -> PeopleOffer:
    """Raises PeopleOffer.DoesNotExist."""
    return PeopleOffer.objects.select_related("trip", "trip__site", "trip__vehicle").get(uuid=uuid)


def people_in(offer: PeopleOffer) -> list[Passenger]:
    """Those of one hand-over, as they were offered."""
    keys = offer.lines.values_list("passenger_id", flat=True)
    return list(_whole(Passenger.objects.within(EVERYTHING).filter(pk__in=list(keys))).order_by("door__path", "id"))


def missing_from(offer: PeopleOffer) -> list[Passenger]:
    """Those who were offered and not accepted: they stayed with the hand that offered."""
    keys = offer.lines.filter(taken=False).values_list("passenger_id", flat=True)
    return list(_whole(Passenger.objects.within(EVERYTHING).filter(pk__in=list(keys))).order_by("id"))


def going(people: Sequence[Passenger], alone: Alone) -> list[Going]:
    """Some people as the rule of hand-overs sees them."""
    keys = [one.pk for one in people]
    offered = set(OfferedPerson.objects.filter(passenger__in=keys, open=True).values_list("passenger_id", flat=True))
    return [
        Going(
            str(one.uuid), Hand(one.hand), str(one.holder or one.hand), member(one).not_alone(alone),
            one.asked_at is not None, one.told_at is not None, one.pk in offered,
        )
        for one in people
    ]  # fmt: skip


def alerts(scope: Scope) -> QuerySet[TransferAlert]:
    """What nobody has settled at the places of a scope or around them, the oldest first."""
    found = TransferAlert.objects.filter(about(scope, "place"), settled_at__isnull=True)
    whole = ("trip", "trip__vehicle", "trip__site__place", "passenger", "passenger__person", "nearest__place", "place")
    return found.select_related(*whole).order_by("since", "id")


def leads(by: By, place: Place) -> bool:
    """Whether somebody plans transfers at a place."""
    return by.may(Right.PLAN_TRANSFER) and by.scope(Right.PLAN_TRANSFER).covers(place.path, place.grid_id)
