"""The board's figures by place, read from the same tallies as the board itself."""

from uuid import UUID

from ninja import Router

from wangge.api.access import Caller
from wangge.api.shapes import CountsOut, DoorCounts, PartCounts
from wangge.api.showing import local
from wangge.base import clock
from wangge.base.access.rights import Right
from wangge.base.access.scope import Scope
from wangge.domains.cases.figures import figures as case_figures
from wangge.domains.isolation.queries import counts as order_counts
from wangge.domains.places.models import Place
from wangge.domains.places.queries import children
from wangge.domains.places.queries.scoped import grids_of, part_of, seen
from wangge.domains.places.rules import SEGMENT, Kind
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.queries import touching
from wangge.domains.testing.figures import figures as test_figures
from wangge.domains.work.tallies import by_child, by_grid

router = Router(tags=["counts"])
Sums = dict[str, int]


@router.get("/counts", response=CountsOut)
def counts(request: Caller, place: UUID, response: UUID) -> CountsOut:
    """A division's figures and those of each part of it. A scope of grids shows only the doors of these grids."""
    scope = request.by.scope(Right.SEE_BOARD)
    at = seen(scope, place)
    part = part_of(at, scope)
    of = touching(part).get(uuid=response)
    sums, parts = _grids(at, part, of) if at.kind == Kind.COMMUNITY else _children(at, of)
    doors = DoorCounts(**{name: sum(one[name] for one in sums) for name in DoorCounts.model_fields})
    met = case_figures(part, of)
    return CountsOut(
        place=at.uuid, response=of.uuid, as_of=local(clock.now()), doors=doors, parts=parts, cases=met.cases,
        contacts=met.contacts, exposures_to_decide=met.undecided, orders=order_counts(part, of),
        tests=test_figures(part, of),
    )  # fmt: skip


def _children(at: Place, response: Response) -> tuple[list[Sums], list[PartCounts]]:
    """Divisions are seen whole: a scope of grids sees no division above its community."""
    sums = by_child(response, at.path, len(at.path) + SEGMENT)
    below = [child for child in children(at) if child.path in sums]
    parts = [PartCounts(place=child.uuid, grid=None, doors=DoorCounts(**sums[child.path])) for child in below]
    return list(sums.values()), parts


def _grids(at: Place, part: Scope, response: Response) -> tuple[list[Sums], list[PartCounts]]:
    grids = {grid.pk: grid for grid in grids_of(at, part)}
    whole = bool(part.prefixes)
    sums = {key: row for key, row in by_grid(response, at).items() if whole or key in grids}
    parts = [
        PartCounts(place=None, grid=grids[key].uuid if key in grids else None, doors=DoorCounts(**row))
        for key, row in sums.items()
        if key is None or key in grids
    ]
    return list(sums.values()), parts
