"""Making the doors that a file of residents names and nobody has entered yet: set-based, with their grid."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Max

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.domains.places.finding import Book, Spot
from wangge.domains.places.models import Place
from wangge.domains.places.queries.homes import members_today
from wangge.domains.places.rules import GRIDDED, LAST_ORDER, SEGMENT, ancestors, segment, segment_number, walk_key

CHUNK = 2000


@transaction.atomic
def make_doors(*, books: Iterable[Book], by: By) -> int:
    """Write what was planned in some communities, with one fact for each community; returns how many places.

    A new door belongs to the grid of the member around it. The books then know the keys.
    """
    planning = [book for book in books if book.planned]
    for book in planning:
        by.need(Right.IMPORT_RECORDS, book.root.path)
    planned = [spot for book in planning for spot in book.planned]
    grids = members_today(book.root.path for book in planning) if planned else {}
    while planned:
        level = [spot for spot in planned if spot.parent and spot.parent.key]
        _write(level, grids)
        planned = [spot for spot in planned if not spot.key]
    for book in planning:
        uuid = Place.objects.values_list("uuid", flat=True).get(pk=book.root.key)
        counts = Counter(spot.kind.value for spot in book.planned)
        record("places.places_added", by=by, subject=uuid, place=uuid, data={"counts": dict(counts)})
    made = sum(len(book.planned) for book in planning)
    for book in planning:
        book.planned.clear()
    return made


def _write(level: Sequence[Spot], grids: dict[str, int]) -> None:
    """Places whose surroundings are there, with one INSERT per chunk. Their parents' rows are held meanwhile."""
    keys = sorted({spot.parent.key for spot in level if spot.parent})
    parents: dict[int, Place] = {}
    last: dict[int, tuple[int, int]] = {}
    for first in range(0, len(keys), CHUNK):
        some = keys[first : first + CHUNK]
        held = Place.objects.select_for_update(no_key=True).filter(pk__in=some).order_by("pk")
        parents |= {place.pk: place for place in held}
        ends = Place.objects.filter(parent__in=some).order_by().values_list("parent")
        for key, path, order in ends.annotate(Max("path"), Max("order")):
            last[key] = (segment_number(path[-SEGMENT:]), order)
    rows = [_row(spot, parents, last, grids) for spot in level]
    for spot, row in zip(level, Place.objects.bulk_create(rows, batch_size=CHUNK), strict=True):
        spot.key, spot.path, spot.grid = row.pk, row.path, row.grid_id


def _row(spot: Spot, parents: dict[int, Place], last: dict[int, tuple[int, int]], grids: dict[str, int]) -> Place:
    parent = parents[spot.parent.key] if spot.parent else None
    if parent is None:
        raise ValueError("a community is not made here")
    number, highest = last.get(parent.pk, (-1, 0))
    digits = "".join(ch for ch in spot.name if ch.isdigit())[-5:]
    order = min(int(digits) if digits else highest + 1, LAST_ORDER)
    last[parent.pk] = (number + 1, max(highest, order))
    path = parent.path + segment(number + 1)
    around = (grids[one] for one in reversed([*ancestors(path), path]) if one in grids)
    return Place(
        uuid=uuid7(), kind=spot.kind.value, name=spot.name, parent=parent, path=path, order=order,
        walk=walk_key(parent.walk, order), grid_id=next(around, None) if spot.kind in GRIDDED else None,
    )  # fmt: skip
