"""Named reads of notices and zones. A zone is about places: who reads may see those that touch their scope."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from wangge.base.access.scope import EVERYTHING, Scope, under
from wangge.domains.people.models import Person
from wangge.domains.places.models import Place
from wangge.domains.places.queries.scoped import about
from wangge.domains.places.rules import DOORS, ancestors
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import in_force, open_responses, protocol
from wangge.domains.protocol.rules import Area, Protocol
from wangge.domains.protocol.rules_zones import ReleaseCondition
from wangge.domains.zones.models import Zone, ZoneLine, ZoneNotice, ZonePlace
from wangge.domains.zones.rules import (
    UNPLACED,
    Clash,
    Entry,
    NoticeState,
    Part,
    Standing,
    ZoneState,
    clashes,
    holding,
)

UNPLACED_STATES = [one.value for one in UNPLACED]


def response_for(place: Place) -> Response | None:
    """The open Response with the narrowest area around a place whose edition knows zones."""
    around = [*ancestors(place.path), place.path]
    found = open_responses().filter(area__path__in=around).prefetch_related("phases").order_by("-area__path")
    return next((one for one in found if levels_of(in_force(one))), None)


def levels_of(edition: Protocol) -> dict[str, Area]:
    """The levels of an edition that a notice can draw, the strictest first."""
    some = [area for area in edition.areas.values() if area.zone]
    return {one.key: one for one in sorted(some, key=lambda area: -(area.zone.rank if area.zone else 0))}


def area_of(zone: Zone) -> Area:
    """What holds in a zone: as the edition of today says it, or the one under which it was drawn where today's does not
    know its level any more."""
    edition = in_force(zone.response)
    now = levels_of(edition).get(zone.level)
    return now or protocol(zone.protocol).areas[zone.level]


def conditions_of(zone: Zone) -> tuple[ReleaseCondition, ...]:
    """What has to be true before a zone is over, as the edition says it of its level and of how it came to it."""
    rule = area_of(zone).zone
    return rule.conditions(stepped=zone.before_id is not None) if rule else ()


def step_of(zone: Zone) -> Area | None:
    """The level that a zone has next, where the edition names one that it knows as a zone; None: it is simply over."""
    return levels_of(in_force(zone.response)).get(area_of(zone).becomes)


def after(zone: Zone) -> Zone | None:
    """The milder zone that this one became, where it was stepped down."""
    return Zone.objects.filter(before=zone).select_related("response", "notice").first()


def origins(some: Sequence[Zone]) -> dict[int, int]:
    """For each zone the key of the one that was drawn by a line: its own, or that from which it was stepped down."""
    found = {one.pk: one.pk for one in some}
    stepped = Zone.objects.filter(before__isnull=False, response__in={one.response_id for one in some})
    above = {one.pk: one.before_id for one in stepped if one.before_id}
    for key in found:
        while found[key] in above:
            found[key] = above[found[key]]
    return found


def notices(scope: Scope) -> QuerySet[ZoneNotice]:
    """Notices whose area touches a scope, those that are being placed first, then the latest; with their lines
    counted."""
    first = Case(
        When(state=NoticeState.TAKEN, then=0), When(state=NoticeState.IN_FORCE, then=1), default=2,
        output_field=IntegerField(),
    )  # fmt: skip
    found = ZoneNotice.objects.filter(about(scope, "area")).select_related("response", "area")
    unplaced = Count("lines", filter=Q(lines__state__in=UNPLACED_STATES))
    return found.annotate(all_lines=Count("lines"), unplaced=unplaced).order_by(first, "-published_at", "-id")


def notice(scope: Scope, uuid: UUID) -> ZoneNotice:
    """Raises ZoneNotice.DoesNotExist, also outside the scope."""
    return notices(scope).get(uuid=uuid)


def lines(one: ZoneNotice) -> QuerySet[ZoneLine]:
    """The lines of a notice, those that need somebody first."""
    first = Case(When(state__in=UNPLACED_STATES, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = ZoneLine.objects.filter(notice=one).select_related("zone").prefetch_related("places__place")
    return found.order_by(first, "number")


def line(one: ZoneNotice, number: int) -> ZoneLine:
    """Raises ZoneLine.DoesNotExist."""
    return lines(one).get(number=number)


def unplaced_lines(scope: Scope) -> dict[str, int]:
    """How many lines of notices that still matter have no place, of how many."""
    found = ZoneLine.objects.filter(about(scope, "notice__area"), notice__response__closed_at__isnull=True)
    found = found.exclude(notice__state=NoticeState.SUPERSEDED)
    return found.aggregate(total=Count("pk"), unplaced=Count("pk", filter=Q(state__in=UNPLACED_STATES)))


def authorities(scope: Scope) -> list[str]:
    """Who put notices in force before, so that a name is written the same way again."""
    found = ZoneNotice.objects.filter(about(scope, "area")).exclude(authority="")
    return list(found.order_by("authority").values_list("authority", flat=True).distinct())


def zones(scope: Scope, state: str = ZoneState.IN_FORCE) -> QuerySet[Zone]:
    """Zones of a state that have a place in a scope, or around it; the latest first."""
    mine = ZonePlace.objects.filter(about(scope, "place")).exclude(part=Part.OUT)
    found = Zone.objects.filter(pk__in=mine.values("zone"), state=state)
    found = found.select_related("response", "notice", "notice__area").prefetch_related("response__phases")
    return found.order_by("-began_at", "id")


def zone(scope: Scope, uuid: UUID) -> Zone:
    """One in any state. Raises Zone.DoesNotExist, also outside the scope."""
    mine = ZonePlace.objects.filter(about(scope, "place"))
    found = Zone.objects.select_related("response", "notice", "notice__area", "before")
    return found.prefetch_related("response__phases").get(uuid=uuid, pk__in=mine.values("zone"))


def named(uuid: UUID) -> Zone:
    """For a flow. Raises Zone.DoesNotExist."""
    return Zone.objects.select_related("response", "notice", "notice__area").get(uuid=uuid)


def places(one: Zone) -> QuerySet[ZonePlace]:
    """The places of a zone, those inside first."""
    return ZonePlace.objects.filter(zone=one).select_related("place").order_by("part", "place__path")


def parts_of(some: Iterable[Zone]) -> dict[int, list[tuple[UUID, str]]]:
    """The ids of the places of each zone with their part, by its key."""
    found: dict[int, list[tuple[UUID, str]]] = defaultdict(list)
    rows = ZonePlace.objects.filter(zone__in=[one.pk for one in some]).order_by("place__path")
    for key, uuid, part in rows.values_list("zone", "place__uuid", "part"):
        found[key].append((uuid, part))
    return found


def names_inside(some: Iterable[Zone]) -> dict[int, list[str]]:
    """The names of the places in each zone, by its key."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = ZonePlace.objects.filter(zone__in=[one.pk for one in some], part=Part.IN).order_by("place__path")
    for key, name in rows.values_list("zone", "place__name"):
        found[key].append(name)
    return found


def places_at(paths: Iterable[str]) -> dict[str, Place]:
    """Places by their paths."""
    return {one.path: one for one in Place.objects.filter(path__in=list(paths))}


def places_chosen(uuids: Iterable[UUID]) -> list[Place]:
    """Places that somebody ticked."""
    return list(Place.objects.filter(uuid__in=list(uuids)).order_by("path"))


def entries_of(some: Iterable[Zone]) -> dict[int, tuple[Entry, ...]]:
    """What each zone holds, by its key, from one statement."""
    found: dict[int, list[Entry]] = defaultdict(list)
    rows = ZonePlace.objects.filter(zone__in=[one.pk for one in some]).order_by("place__path")
    for key, path, part in rows.values_list("zone", "place__path", "part"):
        found[key].append(Entry(path, Part(part)))
    return {key: tuple(some) for key, some in found.items()}


def standings(some: Iterable[Zone]) -> list[Standing]:
    """The same with the rank of each zone's level."""
    chosen = list(some)
    entries = entries_of(chosen)
    return [Standing(one.pk, rank_of(one), entries.get(one.pk, ())) for one in chosen]


def rank_of(zone: Zone) -> int:
    """The rank of a zone's level."""
    rule = area_of(zone).zone
    return rule.rank if rule else 0


def contradictions(some: Iterable[Zone]) -> list[Clash]:
    """Places under two of these zones at once, that a person has to decide."""
    return clashes(standings(some))


def within(entries: Iterable[Entry], lookup: str = "") -> Q:
    """The places of a zone as a condition: from the outermost entry to the innermost, each for its own part."""
    condition = Q(pk__in=())
    for one in sorted(entries, key=lambda entry: len(entry.path)):
        condition = condition | under(one.path, lookup) if one.part is Part.IN else condition & ~under(one.path, lookup)
    return condition


def doors(entries: Iterable[Entry]) -> QuerySet[Place]:
    """The open doors of a zone, as one walks."""
    found = Place.objects.filter(within(entries), kind__in=DOORS, closed__isnull=True)
    return found.order_by("walk", "path")


def living(entries: Iterable[Entry]) -> QuerySet[Person]:
    """Everybody alive on the register of a zone."""
    found = Person.objects.within(EVERYTHING).filter(within(entries, "home"), home__closed__isnull=True)
    return found.filter(died_on__isnull=True, noted_for__isnull=True).order_by()


def counted(entries: tuple[Entry, ...]) -> tuple[int, int]:
    """How many doors and people a zone has."""
    return doors(entries).count(), living(entries).count()


def edge_doors(one: Zone) -> QuerySet[Place]:
    """The doors at the edge of a zone of which nobody has said whether they are in."""
    mine = [(row.place.path, row.part) for row in places(one)]
    edges = Q(pk__in=())
    for path, part in mine:
        if part == Part.EDGE:
            edges |= under(path)
    for path, part in mine:
        if part != Part.EDGE and any(path.startswith(edge) for edge, kind in mine if kind == Part.EDGE):
            edges &= ~under(path)
    return Place.objects.filter(edges, kind__in=DOORS, closed__isnull=True).order_by("walk", "path")


def at(place: Place) -> list[Zone]:
    """The zones in force that hold a place, the strictest first: the first one is what applies there."""
    return at_each([place])[place.pk]


def at_each(chosen: Iterable[Place]) -> dict[int, list[Zone]]:
    """The same of many places by key, in the same number of statements."""
    some = list(chosen)
    paths = {path for place in some for path in [*ancestors(place.path), place.path]}
    here = ZonePlace.objects.filter(place__path__in=paths, part=Part.IN).values("zone")
    found = Zone.objects.filter(pk__in=here, state=ZoneState.IN_FORCE).select_related("response", "notice")
    by_key = {one.pk: one for one in found.prefetch_related("response__phases")}
    standing = standings(by_key.values())
    return {place.pk: _holding(standing, place.path, by_key) for place in some}


def _holding(standing: list[Standing], path: str, by_key: Mapping[int, Zone]) -> list[Zone]:
    left, mine = list(standing), []
    while top := holding(left, path):
        mine.append(by_key[top.key])
        left = [one for one in left if one.key != top.key]
    return mine
