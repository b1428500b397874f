"""A city of 600,000 places: 10 districts, 100 townships, 1,300 communities, and doors behind units of buildings."""

from collections.abc import Sequence

from django.db import connection

from wangge.domains.places.models import Place
from wangge.domains.places.rules import Kind, segment, walk_key

DIVISIONS = [(Kind.DISTRICT, 10), (Kind.TOWNSHIP, 10), (Kind.COMMUNITY, 13)]
#: What is in a community; the whole makes 599,411 places, of which 520,000 are doors.
FULL = [(Kind.BUILDING, 20), (Kind.UNIT, 2), (Kind.HOUSEHOLD, 10)]
#: One building a community: 30,011 places.
QUICK = [(Kind.BUILDING, 1), (Kind.UNIT, 2), (Kind.HOUSEHOLD, 10)]
CITY = segment(1)
NAMES = {Kind.BUILDING: "{}号楼", Kind.UNIT: "{}单元", Kind.HOUSEHOLD: "{}01室"}


def a_city() -> Place:
    """The city itself."""
    return Place.objects.get_or_create(path=CITY, defaults={"kind": Kind.CITY, "name": "市"})[0]


def load(*, quick: bool, communities: int | None = None) -> None:
    """The divisions, then a few (or only so many) communities at a time down to their doors, as a city is entered."""
    city = a_city()
    for kind, _ in reversed(DIVISIONS + FULL):
        Place.objects.filter(kind=kind).delete()
    all_ = down([city], DIVISIONS)[:communities]
    for first in range(0, len(all_), 20):
        down(all_[first : first + 20], QUICK if quick else FULL)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE wangge_place")


def down(parents: list[Place], levels: Sequence[tuple[Kind, int]]) -> list[Place]:
    """Make level below level; returns the lowest."""
    for kind, number in levels:
        parents = Place.objects.bulk_create(
            Place(
                kind=kind, name=NAMES.get(kind, "{}").format(order), path=parent.path + segment(order), parent=parent,
                order=order, walk=walk_key(parent.walk, order) if kind in NAMES else "",
            )
            for parent in parents
            for order in range(1, number + 1)
        )  # fmt: skip
    return parents
