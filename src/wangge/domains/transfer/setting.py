"""The problem of a plan made from rows: households by door and class, sites with free rooms, vehicles, times."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.problems import Problem as Refusal
from wangge.domains.places.models import Place
from wangge.domains.places.rules import SEGMENT, Kind, ancestors
from wangge.domains.protocol.models import Response
from wangge.domains.transfer import queries
from wangge.domains.transfer.models import Passenger, TransferSite, TransferVehicle
from wangge.domains.transfer.queries import alone_of, limits_of, member, rule_of
from wangge.domains.transfer.rules import Hotel, Household, Need, Problem, RoomKind, Vehicle

GATHERED = (Kind.COMPOUND, Kind.HAMLET, Kind.COMMUNITY)
#: Presumed minutes between two places by how many divisions they share (city, district, township, community).
MINUTES = {0: 60, 1: 35, 2: 20, 3: 12, 4: 6}


@dataclass(frozen=True, slots=True)
class Setting:
    """A problem with the rows it was made of: households by door and class, sites and vehicles by their ids."""

    problem: Problem
    people: Mapping[str, Sequence[Passenger]]
    sites: Mapping[str, TransferSite]
    vehicles: Mapping[str, TransferVehicle]
    compounds: Mapping[str, Place]
    day: date


def household_key(one: Passenger) -> str:
    """Those of one door and one class go together; at a meeting point those of one party."""
    return f"{one.door.uuid}/{one.role}" + (f"/{one.party}" if one.party else "")


def setting(*, response: Response, area: Place, by: By, people: Sequence[Passenger] | None = None) -> Setting:
    """The problem of a Response at somebody's places: who waits (or those given), sites with free rooms, vehicles."""
    rule = rule_of(response)
    if rule is None:
        raise Refusal("transfer_response_closed")
    scope, day = by.scope(Right.PLAN_TRANSFER), clock.today()
    waiting = list(queries.waiting(scope, response.uuid)) if people is None else people
    by_key: dict[str, list[Passenger]] = defaultdict(list)
    for one in waiting:
        by_key[household_key(one)].append(one)
    compounds = _compounds([some[0].door for some in by_key.values()])
    open_sites = [one for one in queries.sites(scope) if one.response == response.uuid]
    in_use = [one for one in queries.vehicles(scope) if one.response == response.uuid]
    free = queries.free_rooms(open_sites)
    takes = {where: frozenset(one.role for one in waiting if one.where == where) for where in ("central", "hospital")}
    problem = Problem(
        tuple(_household(key, some, compounds[some[0].door_id], day) for key, some in by_key.items()),
        tuple(_hotel(one, free[one.pk], takes[one.where]) for one in open_sites),
        tuple(Vehicle(str(one.uuid), one.seats, minute(day, max(one.free_from, clock.now()))) for one in in_use),
        _minutes([*compounds.values(), *(one.place for one in open_sites)], open_sites),
        alone_of(rule), limits_of(rule),
    )  # fmt: skip
    places = {str(one.uuid): one for one in compounds.values()}
    return Setting(
        problem, by_key, {str(one.uuid): one for one in open_sites}, {str(one.uuid): one for one in in_use}, places, day
    )


def _household(key: str, some: Sequence[Passenger], compound: Place, day: date) -> Household:
    ready = max((minute(day, one.ready_at) for one in some if one.ready_at), default=0)
    return Household(key, str(compound.uuid), some[0].role, tuple(member(one) for one in some), ready)


def _hotel(one: TransferSite, free: Mapping[RoomKind, int], takes: frozenset[str]) -> Hotel:
    """A site is for the classes whose measure is spent in such a place; for none, where nobody's is."""
    return Hotel(
        str(one.uuid), {kind: max(0, free[kind]) for kind in RoomKind}, frozenset(Need(word) for word in one.cares),
        takes or frozenset({"-"}),
    )  # fmt: skip


def _compounds(doors: Sequence[Place]) -> dict[int, Place]:
    """Where a vehicle calls for each door: its compound, hamlet or community; a meeting point is where it calls."""
    paths = {path for door in doors for path in ancestors(door.path)}
    around = {one.path: one for one in Place.objects.filter(path__in=paths, kind__in=GATHERED)}
    return {
        door.pk: door
        if door.kind == Kind.SITE
        else max((around[p] for p in ancestors(door.path) if p in around), key=_depth)
        for door in doors
    }


def _depth(one: Place) -> int:
    return len(one.path)


def _minutes(places: Sequence[Place], sites: Sequence[TransferSite]) -> dict[tuple[str, str], int]:
    """Presumed driving times by the divisions two places share: the house keeps no map of roads."""
    keys = {one.place.pk: str(one.uuid) for one in sites}
    named = {keys.get(one.pk, str(one.uuid)): one.path for one in places}
    return {
        (one, other): MINUTES[min(4, _shared(named[one], named[other]))]
        for one in named for other in named if one < other
    }  # fmt: skip


def _shared(one: str, other: str) -> int:
    """How many divisions two paths share, from the city down."""
    most = min(len(one), len(other)) // SEGMENT
    return next((at for at in range(most) if one[: (at + 1) * SEGMENT] != other[: (at + 1) * SEGMENT]), most)


def minute(day: date, at: datetime) -> int:
    """Minutes since midnight of a day."""
    return int((at - clock.start_of(day)).total_seconds() // 60)


def instant(day: date, minutes: int) -> datetime:
    """The inverse of ``minute``."""
    return clock.start_of(day) + timedelta(minutes=minutes)
