"""Named reads of sensors: devices of a scope, what is at a door, what a resident sees, how the listener does."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING, Scope, ScopedQuerySet
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import about
from wangge.domains.places.rules import Kind as PlaceKind
from wangge.domains.places.rules import ancestors
from wangge.domains.sensors.models import Fit, Listener, Planned, Reading, Sensor
from wangge.domains.sensors.rules import LIFE, LOW, Health, Kind, Window, health


def sensors(scope: Scope) -> QuerySet[Sensor]:
    """The devices that the places of a scope keep, without those that were retired, in order of their codes."""
    found = Sensor.objects.filter(about(scope, "place"), retired_at__isnull=True)
    return found.select_related("place").order_by("code")


MOST_PLACES = 300


def keepers(scope: Scope) -> list[Place]:
    """The communities of a scope, which may keep devices, in walking order."""
    found = Place.objects.filter(scope.q(), kind=PlaceKind.COMMUNITY, closed__isnull=True)
    return list(found.order_by("path")[:MOST_PLACES])


def sensor(scope: Scope, uuid: UUID) -> Sensor:
    """Raises Sensor.DoesNotExist, also for another place's."""
    return Sensor.objects.filter(about(scope, "place")).select_related("place").get(uuid=uuid)


def in_health(found: QuerySet[Sensor], wanted: Health) -> QuerySet[Sensor]:
    """Those of some devices that do so now; the same rule as ``rules.health``, for the database."""
    heard = Q(heard_at__isnull=False)
    gone, quiet = Q(offline_at__isnull=False), Q(heard_at__lt=clock.now() - LIFE)
    low = Q(battery__lte=LOW)
    return found.filter({
        Health.NEVER: ~heard, Health.OFFLINE: heard & gone, Health.QUIET: heard & ~gone & quiet,
        Health.BATTERY: heard & ~gone & ~quiet & low,
        Health.WELL: heard & ~gone & ~quiet & (Q(battery__isnull=True) | ~low),
    }[wanted])  # fmt: skip


def health_of(one: Sensor) -> Health:
    return health(heard=one.heard_at, offline=one.offline_at is not None, battery=one.battery, now=clock.now())


def standing(scope: Scope) -> ScopedQuerySet[Fit]:
    """What is at doors now, also what is silent and has to be taken off; these first."""
    found = Fit.objects.within(scope).filter(off_at__isnull=True).select_related("sensor", "door")
    return found.order_by(F("silent_at").asc(nulls_last=True), "door__walk", "id")


def fits_of(some: Iterable[Sensor]) -> dict[int, Fit]:
    """Where each of some devices is now, by its key."""
    found = Fit.objects.within(EVERYTHING).filter(sensor__in=list(some), off_at__isnull=True).select_related("door")
    return {one.sensor_id: one for one in found}


def at_door(door: Place) -> list[Fit]:
    """What is at a door now."""
    return list(standing(EVERYTHING).filter(door=door))


def stairwell(door: Place) -> Place:
    """What a fire at a door concerns: its unit, or the building, where there is one; else the door itself."""
    around = Place.objects.filter(path__in=ancestors(door.path), kind__in=(PlaceKind.UNIT, PlaceKind.BUILDING))
    return around.order_by("-path").first() or door


def live_under(place: Place) -> ScopedQuerySet[Fit]:
    """The door sensors on duty in a place."""
    found = Fit.objects.within(Scope(prefixes=(place.path,)))
    return found.filter(silent_at__isnull=True, sensor__kind=Kind.DOOR).select_related("door", "sensor").order_by("id")


def resting_on(orders: Iterable[UUID]) -> ScopedQuerySet[Fit]:
    """The sensors on duty under some orders."""
    found = Fit.objects.within(EVERYTHING).filter(order__in=list(orders), silent_at__isnull=True)
    return found.select_related("door", "sensor").order_by("id")


def live_in(response: UUID) -> ScopedQuerySet[Fit]:
    """Everything on duty in a Response."""
    found = Fit.objects.within(EVERYTHING).filter(response=response, silent_at__isnull=True)
    return found.select_related("door", "sensor").order_by("id")


def fit(uuid: UUID) -> Fit:
    """Raises Fit.DoesNotExist. For a resident with the link of their door, and for flows."""
    return Fit.objects.within(EVERYTHING).select_related("door", "sensor").get(uuid=uuid)


def fits_named(uuids: Iterable[UUID]) -> list[Fit]:
    found = Fit.objects.within(EVERYTHING).filter(uuid__in=list(uuids)).select_related("door", "sensor")
    return list(found.order_by("id"))


def readings_named(uuids: Iterable[UUID]) -> list[Reading]:
    """Some readings with their doors, in the order in which things happened."""
    found = Reading.objects.within(EVERYTHING).filter(uuid__in=list(uuids)).select_related("fit__door", "fit__sensor")
    return list(found.order_by("at", "id"))


def ever_at(door: Place) -> ScopedQuerySet[Fit]:
    """Every sensor that hung at a door, the latest first: whoever lives there asks what is held."""
    found = Fit.objects.within(EVERYTHING).filter(door=door).select_related("sensor", "door")
    return found.order_by("-fitted_at", "-id")


def readings(one: Fit) -> QuerySet[Reading]:
    """Everything that was recorded at a door, the latest first: whoever lives there sees all of it."""
    return Reading.objects.within(EVERYTHING).filter(fit=one).order_by("-at", "-id")


def windows(door: Place, around: datetime) -> list[Window]:
    """When a door is expected to open, near an instant."""
    found = Planned.objects.within(EVERYTHING).filter(
        door=door, begins_at__lte=around + timedelta(days=1), ends_at__gte=around - timedelta(days=1)
    )
    return [Window(one.begins_at, one.ends_at) for one in found]


def planned_at(door: Place) -> ScopedQuerySet[Planned]:
    """The expected openings of a door that are not over."""
    found = Planned.objects.within(EVERYTHING).filter(door=door, ends_at__gt=clock.now())
    return found.order_by("begins_at", "id")


def free(around: Place) -> QuerySet[Sensor]:
    """Door sensors that are in store around a place and could be fitted there."""
    kept = Sensor.objects.filter(place__path__in=[*ancestors(around.path), around.path], retired_at__isnull=True)
    taken = Fit.objects.within(EVERYTHING).filter(off_at__isnull=True).values("sensor")
    return kept.filter(kind=Kind.DOOR).exclude(pk__in=taken).order_by("code")


def credentials() -> list[tuple[str, str]]:
    """User name and hash of every device that may speak to the broker."""
    return list(Sensor.objects.filter(retired_at__isnull=True).order_by("code").values_list("code", "credential"))


LATE = timedelta(seconds=60)


def listening() -> dict[str, object]:
    """How the listener does, for ``/healthz``; empty where there is no device at all."""
    if not Sensor.objects.filter(retired_at__isnull=True).exists():
        return {}
    seen = Listener.objects.aggregate(seen=Max("seen_at"))["seen"]
    if seen is None or clock.now() - seen > LATE:
        return {"sensors": "late"}
    gone = not Listener.objects.filter(seen_at__gte=clock.now() - LATE, lost_at__isnull=True).exists()
    return {"sensors": "broker gone" if gone else "ok"}
