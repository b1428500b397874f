"""Adding places, one or many thousands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.places.models import Place
from wangge.domains.places.rules import SEGMENT, Kind, Seed, segment, segment_number, walk_key, wrong_with

CHUNK = 2000  # rows of one INSERT; Django makes it smaller where a database takes fewer parameters


@transaction.atomic
def add_place(
    *,
    kind: Kind,
    name: str,
    parent: Place | None,
    order: int,
    by: By,
    code: str = "",
    uuid: UUID | None = None,
    opened: date | None = None,
) -> Place:
    """Add one place inside another; a city has none around it. The same id sent twice is one place.

    ``opened`` is the civil day it began to exist, None when that is not known. Raises Problem.
    """
    by.need(Right.MANAGE_POSTS, parent.path if parent else "")
    if uuid and (known := Place.objects.filter(uuid=uuid).first()):
        return known
    seed = Seed(Kind(kind), " ".join(name.split()), order, code, uuid)
    place = plant(parent, [seed], opened)[0]
    record(
        "places.place_added", by=by, subject=place.uuid, place=parent.uuid if parent else place.uuid,
        data={"kind": place.kind, "code": place.code},
    )  # fmt: skip
    return place


@transaction.atomic
def add_places(*, parent: Place | None, seeds: Iterable[Seed], by: By, opened: date | None = None) -> list[Place]:
    """Add whole trees inside a place as one fact with its counts; returns them level by level, in order.

    Seeds whose id is known already are left as they stand, and their children are added below them: the
    same tree sent twice is one tree. Raises Problem, and then nothing was written.
    """
    by.need(Right.MANAGE_POSTS, parent.path if parent else "")
    places = plant(parent, list(seeds), opened)
    if places:
        around = parent or places[0]
        counts = Counter(place.kind for place in places)
        record(
            "places.places_added", by=by, subject=around.uuid, place=around.uuid,
            data={"counts": dict(counts)},
        )  # fmt: skip
    return places


def plant(parent: Place | None, seeds: Sequence[Seed], opened: date | None) -> list[Place]:
    """Write trees without recording a fact: the shared part of the verbs here and of the import."""
    if parent:
        parent = Place.objects.select_for_update(no_key=True).get(pk=parent.pk)
        if parent.closed:
            raise Problem("parent_closed", field="parent", name=parent.name)
    level: list[tuple[Place | None, Sequence[Seed]]] = [(parent, seeds)]
    planted: list[Place] = []
    while level:
        pairs = _level(level, opened)
        planted += [place for place, _ in pairs]
        level = [(place, seed.children) for place, seed in pairs if seed.children]
    return planted


def _level(level: Sequence[tuple[Place | None, Sequence[Seed]]], opened: date | None) -> list[tuple[Place, Seed]]:
    """One level of all trees: what is known is kept, the rest goes in with one INSERT per chunk."""
    wanted = [seed.uuid for _, seeds in level for seed in seeds if seed.uuid]
    known = Place.objects.in_bulk(wanted, field_name="uuid") if wanted else {}
    pairs = [pair for parent, seeds in level for pair in _children(parent, seeds, known, opened)]
    new = [place for place, _ in pairs if place.pk is None]
    try:
        with transaction.atomic():
            Place.objects.bulk_create(new, batch_size=CHUNK)
    except IntegrityError as error:
        raise Problem("code_taken", field="code", number=_taken(new)) from error
    return pairs


def _children(
    parent: Place | None, seeds: Sequence[Seed], known: dict[UUID, Place], opened: date | None
) -> list[tuple[Place, Seed]]:
    number = next_segment(parent)
    kind = Kind(parent.kind) if parent else None
    pairs: list[tuple[Place, Seed]] = []
    for seed in seeds:
        if problem := wrong_with(seed, kind):
            around = parent.name if parent else ""
            raise Problem(problem, name=seed.name[:40], kind=seed.kind.value, parent=around)
        place = known.get(seed.uuid) if seed.uuid else None
        if place is None:
            place = _row(parent, seed, segment(number), opened)
            number += 1
        pairs.append((place, seed))
    return pairs


def _row(parent: Place | None, seed: Seed, own: str, opened: date | None) -> Place:
    return Place(
        uuid=seed.uuid or uuid7(), code=seed.code, kind=seed.kind.value, name=seed.name, parent=parent,
        path=(parent.path if parent else "") + own, order=seed.order, opened=opened,
        walk=walk_key(parent.walk if parent else "", seed.order),
    )  # fmt: skip


def next_segment(parent: Place | None) -> int:
    """The number after the last child's. The caller holds the parent's row, so that nobody else takes it."""
    last = Place.objects.filter(parent=parent).aggregate(last=Max("path"))["last"]
    return segment_number(last[-SEGMENT:]) + 1 if last else 0


def _taken(new: Sequence[Place]) -> str:
    """The first code that somebody else has, or that stands twice; '' when the clash is another."""
    counts = Counter(place.code for place in new if place.code)
    twice = next((code for code, count in counts.items() if count > 1), "")
    return twice or Place.objects.filter(code__in=list(counts)).values_list("code", flat=True).first() or ""
