"""Reads of distributions: their lists by building, what is outstanding, what each household gets."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, F, QuerySet

from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet, under
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.queries import doors_under
from wangge.domains.places.rules import Kind, ancestors
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import open_responses
from wangge.domains.supplies.models import Parcel, ParcelDoor
from wangge.domains.supplies.queries import stores
from wangge.domains.supplies.rules import Given

#: For what one distribution is made at most: a wider one is one for each community.
AREAS = (Kind.COMMUNITY, Kind.COMPOUND, Kind.BUILDING, Kind.HAMLET, Kind.SITE)
MOST_AREAS = 400


def areas_for(scope: Scope) -> list[Place]:
    """For which areas somebody may begin one."""
    found = Place.objects.filter(scope.q(), kind__in=AREAS, closed__isnull=True).order_by("path")
    return list(found[:MOST_AREAS])


def response_at(area: Place) -> Response | None:
    """The open Response around an area, the narrowest."""
    around = [*ancestors(area.path), area.path]
    return open_responses().filter(area__path__in=around).order_by("-area__path").first()


def parcels(scope: Scope) -> QuerySet[Parcel]:
    """The distributions of the stores that somebody keeps: open ones first, then the latest."""
    found = Parcel.objects.filter(store__in=stores(scope).order_by().values("pk")).select_related("store", "area")
    return found.order_by(F("closed_at").desc(nulls_first=True), "-begun_at", "-id")


def parcel(scope: Scope, uuid: UUID) -> Parcel:
    """Raises Parcel.DoesNotExist."""
    return parcels(scope).select_related("store__place").get(uuid=uuid)


def counted(found: Iterable[Parcel]) -> dict[int, dict[Given, int]]:
    """How each stands, by its key: what came of how many doors; together they are its list."""
    rows = ParcelDoor.objects.within(EVERYTHING).filter(parcel__in=list(found)).values("parcel", "given")
    made: dict[int, dict[Given, int]] = defaultdict(lambda: dict.fromkeys(Given, 0))
    for row in rows.annotate(number=Count("pk")).order_by():
        made[row["parcel"]][Given(row["given"])] = row["number"]
    return made


@dataclass(slots=True)
class Building:
    """A building, a hamlet or a site of the list, with what came of its doors."""

    place: Place
    given: dict[Given, int] = field(default_factory=lambda: dict.fromkeys(Given, 0))


def buildings(one: Parcel, scope: Scope) -> list[Building]:
    """The list by building as far as a scope reaches, in walking order; units are put together."""
    rows = ParcelDoor.objects.within(scope).filter(parcel=one).values("door__parent", "given")
    counts = rows.annotate(number=Count("pk")).order_by()
    numbers = [(row["door__parent"], Given(row["given"]), row["number"]) for row in counts]
    around = Place.objects.select_related("parent").in_bulk([parent for parent, _given, _number in numbers])
    made: dict[int, Building] = {}
    for parent, given, number in numbers:
        place = around[parent]
        if place.kind == Kind.UNIT and place.parent:
            place = place.parent
        made.setdefault(place.pk, Building(place)).given[given] += number
    return sorted(made.values(), key=lambda each: (each.place.walk, each.place.path))


def doors(one: Parcel, scope: Scope, building: Place | None = None) -> ScopedQuerySet[ParcelDoor]:
    """The doors of the list that lie in a scope, in walking order: of one building, or of all."""
    found = ParcelDoor.objects.within(scope).filter(parcel=one).select_related("door", "door__parent")
    if building:
        found = found.filter(under(building.path, "door"))
    return found.order_by("door__walk", "door__path")


def people_by_door(area: Place) -> dict[int, int]:
    """How many people are known to live behind each door of an area, by the door's key; a bed's door is its room."""
    found = Person.objects.within(EVERYTHING).filter(under(area.path, "home"), died_on__isnull=True)
    made: dict[int, int] = defaultdict(int)
    rows = found.values("home", "home__parent", "home__kind").annotate(number=Count("pk")).order_by()
    for row in rows:
        made[row["home__parent"] if row["home__kind"] == Kind.BED else row["home"]] += row["number"]
    return made


def list_of(area: Place) -> QuerySet[Place]:
    """The doors that a distribution is for."""
    return doors_under(area.path)
