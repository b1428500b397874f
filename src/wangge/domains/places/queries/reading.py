"""Places by code, by id and by path; what is around them, what lies in them, what people call them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Substr

from wangge.base.access.scope import under
from wangge.base.sets import keys
from wangge.domains.places.models import Place
from wangge.domains.places.rules import COMMUNITY_LEVEL, DIVISIONS, DOORS, SEGMENT, Kind, ancestors, full_code
from wangge.domains.places.spelling import short_name


def by_code(code: str) -> Place:
    """The place of a statistical code (short forms are filled up: '140106' is 迎泽区) or of a local code.

    Raises Place.DoesNotExist.
    """
    return Place.objects.get(code=full_code(code))


def by_uuid(uuid: UUID) -> Place:
    """Raises Place.DoesNotExist."""
    return Place.objects.get(uuid=uuid)


def root() -> Place | None:
    """The place around all others: the city, or whatever this installation begins with."""
    return Place.objects.filter(parent__isnull=True, closed__isnull=True).order_by("path").first()


def children(place: Place) -> QuerySet[Place]:
    """What lies directly in a place and is open, in walking order."""
    return Place.objects.filter(parent=place, closed__isnull=True).order_by("walk", "path")


def ancestors_of(place: Place) -> list[Place]:
    """The places around this one, outermost first, from its path and with one query."""
    return list(Place.objects.filter(path__in=ancestors(place.path)).order_by("path"))


def doors_under(prefix: str) -> QuerySet[Place]:
    """The open doors of a subtree, in walking order."""
    return Place.objects.filter(under(prefix), kind__in=DOORS, closed__isnull=True).order_by("walk", "path")


def count_under(prefix: str, kind: Kind) -> int:
    """How many open places of a kind lie in a subtree: one index range, at any level."""
    return Place.objects.filter(under(prefix), kind=kind, closed__isnull=True).count()


def community_of(place: Place) -> Place | None:
    """The community a place lies in (itself, if it is one); None above communities."""
    around = [*ancestors(place.path), place.path]
    return Place.objects.filter(path__in=around, kind=Kind.COMMUNITY).first()


def communities_around(homes: Iterable[int]) -> list[UUID]:
    """The ids of the communities in which some homes (by key) lie, however many homes."""
    around = Place.objects.filter(pk__in=keys(homes)).order_by().annotate(
        community=Substr("path", 1, COMMUNITY_LEVEL * SEGMENT)
    )  # fmt: skip
    paths = list(around.values_list("community", flat=True).distinct())
    return list(Place.objects.filter(path__in=paths).order_by("path").values_list("uuid", flat=True))


def label(place: Place) -> str:
    """What people call a place in its community: '水产宿舍 3号楼 2单元 501'. ``labels`` is for lists."""
    return labels([place])[place.pk]


def full_label(place: Place) -> str:
    """The same with its divisions: '太原市 迎泽区 桥东街道 并州东街四社区 水产宿舍 3号楼 2单元 501'."""
    return labels([place], divisions=True)[place.pk]


def labels(places: Iterable[Place], *, divisions: bool = False) -> dict[int, str]:
    """The labels of many places by key, with one query for all that lies around them."""
    places = list(places)
    paths = {path for place in places for path in ancestors(place.path)}
    around = {place.path: place for place in Place.objects.filter(path__in=paths)}
    found: dict[int, str] = {}
    for place in places:
        chain = [around[path] for path in ancestors(place.path)]
        shown = [one for one in chain if divisions or Kind(one.kind) not in DIVISIONS]
        found[place.pk] = " ".join(short_name(one.name, Kind(one.kind)) for one in [*shown, place])
    return found
