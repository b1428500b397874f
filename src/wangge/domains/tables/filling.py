"""The rows of a table, some hundred at a time; and tables of counts, a row a grid."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Count, Q

from wangge.base.access.scope import Scope, under
from wangge.domains.duty.queries import posts_of_grids, who_answers
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import Kind, ancestors
from wangge.domains.places.spelling import short_name
from wangge.domains.tables.cells import cell
from wangge.domains.tables.choosing import Bank, chosen, condition, doors, people
from wangge.domains.tables.gathering import Part
from wangge.domains.tables.rules import Column, Definition, Subject

AT_ONCE = 1000


def rows(
    definition: Definition, scope: Scope, area: Place | None, bank: Bank, *, masked: bool = False, most: int = 0
) -> Iterator[list[str]]:
    """The table's rows as text, in the order of its columns; at most so many where ``most`` is given."""
    found = chosen(definition, scope, area, bank)
    if definition.subject is Subject.GRID:
        yield from _counts(definition, scope, area, bank, list(found[:most] if most else found))
        return
    number, waiting = 0, iter(found[:most] if most else found.iterator(chunk_size=AT_ONCE))
    while some := list(islice(waiting, AT_ONCE)):
        part = Part(some, bank, definition.subject is Subject.PERSON)
        for one in some:
            number += 1
            yield [cell(column, one, part, number, masked=masked) for column in definition.columns]


def _counts(
    definition: Definition, scope: Scope, area: Place | None, bank: Bank, grids: Sequence[Grid]
) -> Iterator[list[str]]:
    """A row for each grid: every count of one kind in one statement."""
    of_doors, of_people = (
        _counted(definition, scope, area, bank, Subject.HOUSEHOLD),
        _counted(definition, scope, area, bank, Subject.PERSON),
    )
    around = _around(grids)
    for number, grid in enumerate(grids, 1):
        counts = of_doors.get(grid.pk, {}) | of_people.get(grid.pk, {})
        yield [_count_cell(at, column, grid, number, counts, around) for at, column in enumerate(definition.columns)]


def _counted(
    definition: Definition, scope: Scope, area: Place | None, bank: Bank, kind: Subject
) -> dict[int, dict[str, int]]:
    """The counts of doors or of people by grid."""
    source, home = ("count.people", "home__") if kind is Subject.PERSON else ("count.doors", "")
    wanted = {at: column for at, column in enumerate(definition.columns) if column.source == source}
    if not wanted:
        return {}
    found: Any = people(scope) if kind is Subject.PERSON else doors(scope)
    if area:
        found = found.filter(under(area.path, "home" if kind is Subject.PERSON else ""))
    for one in definition.where if kind is Subject.HOUSEHOLD else ():
        found = found.filter(condition(one, kind, bank))
    counts = {f"column_{at}": Count("pk", filter=_all_of(column, kind, bank)) for at, column in wanted.items()}
    grouped = found.order_by().values(f"{home}grid").annotate(**counts)
    return {row.pop(f"{home}grid"): row for row in grouped}


def _all_of(column: Column, kind: Subject, bank: Bank) -> Q | None:
    found = Q()
    for one in column.where:
        found &= condition(one, kind, bank)
    return found if column.where else None


def _around(grids: Sequence[Grid]) -> dict[str, Any]:
    paths = {path for grid in grids for path in [*ancestors(grid.community.path), grid.community.path]}
    posts = posts_of_grids(grid.pk for grid in grids)
    holding = who_answers(posts.values())
    held = {grid: found.account.name for grid, post in posts.items() if (found := holding.get(post.pk))}
    return {"places": {one.path: one for one in Place.objects.filter(path__in=paths)}, "holders": held}


def _count_cell(
    at: int, column: Column, grid: Grid, number: int, counts: dict[str, int], around: dict[str, Any]
) -> str:
    source = column.source
    if source == "row.number":
        return str(number)
    if source == "place.grid":
        return grid.name
    if source == "post.holder":
        return str(around["holders"].get(grid.pk, ""))
    if source.startswith("place."):
        kind = Kind(source.removeprefix("place."))
        paths = [*ancestors(grid.community.path), grid.community.path]
        place = next((around["places"][path] for path in paths if around["places"][path].kind == kind), None)
        return short_name(place.name, Kind(place.kind)) if place else ""
    return str(counts.get(f"column_{at}", 0)) if source else ""
