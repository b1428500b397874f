"""The tallies: one wide row per Response and grid, counted again from the facts inside the verb that changed them.

A refresh locks the row first and counts afterwards, so that two verbs on one grid cannot both count without the
other's change (READ COMMITTED takes a new snapshot for the second statement).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from wangge.base import bulk, clock
from wangge.base.access.scope import EVERYTHING, under
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.queries import community_of
from wangge.domains.places.rules import COMMUNITY_LEVEL, SEGMENT, community_path
from wangge.domains.protocol.models import Response
from wangge.domains.work.models import Tally, Task
from wangge.domains.work.rules import COLUMNS, VERDICTS


def counted() -> QuerySet[Task]:
    """The tasks a round counts: all that were not withdrawn."""
    return Task.objects.within(EVERYTHING).exclude(state=Task.State.WITHDRAWN)


def _sums(tasks: QuerySet[Task]) -> dict[str, int]:
    """The outcome columns of some tasks; they add up to ``expected`` because each outcome has one column."""
    columns: dict[str, Any] = {
        column: Count("pk", filter=Q(outcome__in=[o.value for o, v in VERDICTS.items() if v.column == column]))
        for column in COLUMNS
    }
    late = Count("pk", filter=Q(state=Task.State.OPEN, due_at__lte=clock.now()))
    return tasks.aggregate(expected=Count("pk"), late=late, **columns)


def refresh(response: Response, doors: Iterable[Place]) -> None:
    """Count again the grids (or communities without grid) these doors lie in."""
    grids: set[int] = set()
    loose: dict[int, Place] = {}
    for door in doors:
        if door.grid_id:
            grids.add(door.grid_id)
        elif community := community_of(door):
            loose[community.pk] = community
    for grid in Grid.objects.filter(pk__in=sorted(grids)).select_related("community").order_by("pk"):
        _count(response, grid.community, grid, counted().filter(response=response, door__grid=grid))
    for community in (loose[pk] for pk in sorted(loose)):
        tasks = counted().filter(under(community.path, "door"), response=response, door__grid__isnull=True)
        _count(response, community, None, tasks)


def _count(response: Response, place: Place, grid: Grid | None, tasks: QuerySet[Task]) -> None:
    row, _ = Tally.objects.get_or_create(response=response, place=place, grid=grid)
    Tally.objects.select_for_update().get(pk=row.pk)
    Tally.objects.filter(pk=row.pk).update(**_sums(tasks))


def refresh_under(response: Response, prefix: str) -> None:
    """Count again every grid of a whole area, after work was put there by the list: a few statements, however many."""
    prefix = community_path(prefix)
    columns: dict[str, Any] = {
        f"n_{column}": Count("pk", filter=Q(outcome__in=[o.value for o, v in VERDICTS.items() if v.column == column]))
        for column in COLUMNS
    }
    late = Count("pk", filter=Q(state=Task.State.OPEN, due_at__lte=clock.now()))
    _complete(response, prefix)
    rows = list(
        Tally.objects.select_for_update(of=("self",)).filter(under(prefix, "place"), response=response)
        .select_related("place").order_by("pk")
    )  # fmt: skip
    here = counted().filter(under(prefix, "door"), response=response).annotate(
        community=Substr("door__path", 1, COMMUNITY_LEVEL * SEGMENT)
    )  # fmt: skip
    grouped = here.order_by().values("community", "door__grid").annotate(n_expected=Count("pk"), n_late=late, **columns)
    found = {(row["community"], row["door__grid"]): row for row in grouped}
    names = ("expected", "late", *COLUMNS)
    for row in rows:
        facts = found.get((row.place.path, row.grid_id), {})
        for name in names:
            setattr(row, name, facts.get(f"n_{name}", 0))
    bulk.update(rows, names)


def recount_community(community: Place) -> None:
    """After its grids were redrawn: count each of them again, so that a door is counted once and in the right one."""
    for response in Response.objects.filter(tallies__place=community).order_by("pk").distinct():
        mine = Q(closed__isnull=True) | Q(tallies__response=response)
        for grid in Grid.objects.filter(mine, community=community).order_by("pk").distinct():
            _count(response, community, grid, counted().filter(response=response, door__grid=grid))
        tasks = counted().filter(under(community.path, "door"), response=response, door__grid__isnull=True)
        _count(response, community, None, tasks)


def _complete(response: Response, prefix: str = "") -> None:
    """A row for every community and grid with a counted door: what has none would be missing from every sum."""
    community = Substr("door__path", 1, COMMUNITY_LEVEL * SEGMENT)
    counted_in = counted().filter(under(prefix, "door"), response=response).annotate(community=community).order_by()
    known = set(Tally.objects.filter(response=response).values_list("place__path", "grid"))
    missing = set(counted_in.values_list("community", "door__grid").distinct()) - known
    places = {place.path: place for place in Place.objects.filter(path__in={path for path, _ in missing})}
    rows = [Tally(response=response, place=places[path], grid_id=grid) for path, grid in sorted(missing, key=str)]
    Tally.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def recount(response: Response) -> list[str]:
    """The nightly check: count every tally from the facts; returns what differed, grid by grid, and mends it."""
    _complete(response)
    differences = []
    for row in Tally.objects.filter(response=response).select_related("place", "grid"):
        tasks = counted().filter(response=response)
        tasks = tasks.filter(door__grid=row.grid) if row.grid else tasks.filter(
            under(row.place.path, "door"), door__grid__isnull=True
        )  # fmt: skip
        row = Tally.objects.select_for_update(of=("self",)).select_related("place", "grid").get(pk=row.pk)
        facts = _sums(tasks)
        before = {name: getattr(row, name) for name in facts}
        if before | {"late": 0} != facts | {"late": 0}:
            differences.append(f"{row.grid or row.place}: {before} → {facts}")
        if before != facts:
            Tally.objects.filter(pk=row.pk).update(**facts)
    return differences


def sums(response: Response, prefix: str) -> dict[str, int]:
    """The figures of a subtree: the sum of its tallies, an index range over their places."""
    names = ("expected", "late", *COLUMNS)
    rows = Tally.objects.filter(under(prefix, "place"), response=response)
    found = rows.aggregate(**{f"n_{name}": Sum(name) for name in names})
    return {name: found[f"n_{name}"] or 0 for name in names}


def by_child(response: Response, prefix: str, depth: int) -> dict[str, dict[str, int]]:
    """The same for each child of a place, by the first ``depth`` characters of the path: one grouped statement."""
    rows = Tally.objects.filter(under(prefix, "place"), response=response)
    return _grouped(rows.annotate(child=Substr("place__path", 1, depth)), "child")


def by_grid(response: Response, community: Place) -> dict[int | None, dict[str, int]]:
    """The same for each grid of a community; key None: doors in no grid."""
    return _grouped(Tally.objects.filter(response=response, place=community), "grid")


def _grouped(rows: QuerySet[Tally], key: str) -> dict[Any, dict[str, int]]:
    names = ("expected", "late", *COLUMNS)
    grouped = rows.values(key).annotate(**{f"n_{name}": Sum(name) for name in names}).order_by(key)
    return {row[key]: {name: row[f"n_{name}"] or 0 for name in names} for row in grouped}
