"""Drawing grids: opened, filled, redrawn and closed with their history.

``Place.grid`` of doors and beds follows from the memberships of today; ``redraw`` brings it up to date.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from wangge.base import clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import under
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.domains.places.models import Grid, GridMember, Place
from wangge.domains.places.rules import GRID_MEMBERS, GRIDDED, Kind, Membership, ancestors, clash

MANY = 2000  # doors of one statement


def on_day(day: date) -> Q:
    """Memberships that hold on a civil day (their end is exclusive)."""
    return Q(opened__lte=day) & (Q(closed__isnull=True) | Q(closed__gt=day))


@transaction.atomic
def open_grid(
    *, community: Place, number: int, name: str, by: By, opened: date | None = None, uuid: UUID | None = None
) -> Grid:
    """Open a grid of a community, empty. Its number may be that of a grid closed before. Raises Problem."""
    by.need(Right.MANAGE_POSTS, community.path)
    if uuid and (known := Grid.objects.filter(uuid=uuid).first()):
        return known
    if community.kind != Kind.COMMUNITY:
        raise Problem("grid_needs_community", field="community", name=community.name)
    if community.closed:
        raise Problem("parent_closed", field="community", name=community.name)
    try:
        with transaction.atomic():
            grid = Grid.objects.create(
                uuid=uuid or uuid7(), community=community, number=number, name=name,
                opened=opened or clock.today(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Problem("grid_number_taken", field="number", number=number, name=community.name) from error
    record("places.grid_opened", by=by, subject=grid.uuid, place=community.uuid, data={"number": number})
    return grid


@transaction.atomic
def put_in_grid(*, grid: Grid, places: Iterable[Place], from_day: date, by: By) -> int:
    """Give places (buildings, units, hamlets, yards …) to a grid from a civil day on; returns how many moved.

    A place that belonged to another grid leaves it that day; what belongs to this one already stays. Raises
    Problem, and nothing was written, when a place lies outside the community, or in or around a place of
    another grid. The day may be past, to catch up; a day ahead is drawn on the day itself.
    """
    grid = _lock(grid)
    by.need(Right.MANAGE_POSTS, grid.community.path)
    moving = sorted({place.pk: place for place in places}.values(), key=lambda place: place.path)
    _check_day(grid, from_day)
    for place in moving:
        _check_place(grid, place)
    held = GridMember.objects.filter(under(grid.community.path, "place")).filter(
        Q(closed__isnull=True) | Q(closed__gt=from_day)
    )
    members = [
        Membership(row.pk, row.grid_id, row.place.path, row.opened, row.closed is not None)
        for row in held.select_related("place")
    ]
    verdict = clash(grid.pk, [place.path for place in moving], members, from_day)
    if verdict.problem:
        names = {place.path: place.name for place in moving}
        raise Problem(verdict.problem, field="places", name=names[verdict.path], day=from_day)
    joining = [place for place in moving if place.path not in verdict.stays]
    left = sorted({member.grid for member in members if member.key in verdict.leaves})
    held.filter(pk__in=verdict.leaves).update(closed=from_day)
    GridMember.objects.bulk_create(GridMember(grid=grid, place=place, opened=from_day) for place in joining)
    redraw(grid.community.path)
    if joining:
        _record_redrawn(grid, left, from_day, len(joining), by)
    return len(joining)


@transaction.atomic
def close_grid(*, grid: Grid, by: By, day: date | None = None) -> Grid:
    """Close a grid; its places belong to none until another takes them. Closing twice is closing once."""
    grid = _lock(grid)
    by.need(Right.MANAGE_POSTS, grid.community.path)
    if grid.closed:
        return grid
    day = day or clock.today()
    if day < grid.opened or grid.members.filter(opened__gt=day).exists():
        raise Problem("closes_before_opening", field="day", name=grid.name)
    count = grid.members.filter(closed__isnull=True).update(closed=day)
    grid.closed = day
    grid.save(update_fields=["closed"])
    redraw(grid.community.path)
    record("places.grid_closed", by=by, subject=grid.uuid, place=grid.community.uuid, data={"places": count})
    return grid


def redraw(prefix: str) -> int:
    """Set the current grid of each door and bed of a subtree from today's memberships; returns the changes.

    The few memberships are read once and each door looks its own ancestors up in them: asked as one statement, a
    database that has not counted its tables yet compares every door with every place.
    """
    around = Q(place__path__in=[*ancestors(prefix), prefix]) | under(prefix, "place")
    holding = GridMember.objects.filter(around, on_day(clock.today()))
    holders = dict(holding.values_list("place__path", "grid_id"))
    changed: dict[int | None, list[int]] = defaultdict(list)
    doors = Place.objects.filter(under(prefix), kind__in=GRIDDED).values_list("pk", "path", "grid_id")
    for key, path, grid in doors.iterator(chunk_size=MANY):
        holder = next((holders[one] for one in (path, *reversed(ancestors(path))) if one in holders), None)
        if holder != grid:
            changed[holder].append(key)
    for holder, keys in changed.items():
        for start in range(0, len(keys), MANY):
            Place.objects.filter(pk__in=keys[start : start + MANY]).update(grid=holder)
    return sum(map(len, changed.values()))


def _lock(grid: Grid) -> Grid:
    """The grid with its community, whose row is held: grids of one community are drawn by one at a time."""
    Place.objects.select_for_update(no_key=True).get(pk=grid.community_id)
    return Grid.objects.select_related("community").get(pk=grid.pk)


def _check_day(grid: Grid, from_day: date) -> None:
    if grid.closed:
        raise Problem("grid_closed", field="grid", name=grid.name)
    if from_day > clock.today():
        raise Problem("grid_day_ahead", field="from_day", day=from_day)
    if from_day < grid.opened:
        raise Problem("grid_not_open_yet", field="from_day", name=grid.name, day=grid.opened)


def _check_place(grid: Grid, place: Place) -> None:
    if Kind(place.kind) not in GRID_MEMBERS:
        raise Problem("not_for_a_grid", field="places", name=place.name)
    if not place.path.startswith(grid.community.path):
        raise Problem("outside_the_community", field="places", name=place.name, community=grid.community.name)
    if place.closed:
        raise Problem("place_closed", field="places", name=place.name)


def _record_redrawn(grid: Grid, left: list[int], from_day: date, count: int, by: By) -> None:
    uuids = Grid.objects.filter(pk__in=left).exclude(pk=grid.pk).values_list("uuid", flat=True)
    record(
        "places.grid_redrawn", by=by, subject=grid.uuid, place=grid.community.uuid,
        data={"from": from_day.isoformat(), "places": count, "left": sorted(str(one) for one in uuids)},
    )  # fmt: skip
