"""Policy of an area drawn on the map: which places it holds, which somebody has to decide. Pure; nothing is left out
in silence: every place of the district is inside, outside, to be decided, or without a point."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from wangge.domains.places.points import Point
from wangge.domains.places.rules import COMMUNITY_LEVEL, SEGMENT
from wangge.domains.zones.plane import NEAR, Area, Lies, Tried, box_of


@dataclass(frozen=True, slots=True)
class Spot:
    """A compound, building, site or hamlet, and where it is, if that is known."""

    uuid: UUID
    path: str
    name: str
    compound: bool
    point: Point | None


@dataclass(frozen=True, slots=True)
class Half:
    """A place to be decided. ``inside``: the buildings of a compound that lie inside, of ``of`` in it; none of a
    building whose point lies too near to the line. ``under``: its compound, which is
    decided first."""

    spot: Spot
    inside: tuple[Spot, ...] = ()
    of: int = 0
    under: UUID | None = None


@dataclass(slots=True)
class Drawn:
    """What an area holds. A compound that is inside stands for all its buildings. ``unknown``: without a point, those
    of communities that the area reaches first. ``all``: how many places were looked at, compounds with buildings not
    counted: the four figures add up to it."""

    inside: list[Spot] = field(default_factory=list)
    half: list[Half] = field(default_factory=list)
    unknown: list[Spot] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"inside": 0, "half": 0, "outside": 0, "unknown": 0})

    @property
    def all(self) -> int:
        return sum(self.counts.values())


def drawn(area: Area, spots: Iterable[Spot], near: float = NEAR) -> Drawn:
    """What an area holds of these places. ``near`` in metres."""
    some = sorted(spots, key=lambda one: one.path)
    where = _where(area, some, near)
    children: dict[str, list[Spot]] = {one.path: [] for one in some if one.compound}
    found, reached = Drawn(), set[str]()
    for one in some:
        if (mine := children.get(one.path[:-SEGMENT])) is not None:
            mine.append(one)
    for one in some:
        if one.path[:-SEGMENT] in children:
            continue
        leaves = children.get(one.path) or [one]
        for each in leaves:
            said = where[each.uuid]
            found.counts[_FIGURE[said]] += 1
            if said in (Lies.INSIDE, Lies.NEAR):
                reached.add(community(each.path))
        _put(found, one, leaves, where)
    found.unknown.sort(key=lambda one: (community(one.path) not in reached, one.path))
    return found


_FIGURE = {Lies.INSIDE: "inside", Lies.NEAR: "half", Lies.OUTSIDE: "outside", None: "unknown"}


def community(path: str) -> str:
    """The path of the community around a place."""
    return path[: COMMUNITY_LEVEL * SEGMENT]


def _where(area: Area, spots: Sequence[Spot], near: float) -> dict[UUID, Lies | None]:
    """Where each lies. What is far from the area's box needs no second look."""
    box, tried = box_of(area.ring), Tried(area, near)
    reach = box.wider(near) if box else None
    found: dict[UUID, Lies | None] = {}
    for one in spots:
        if one.point is None:
            found[one.uuid] = None
        else:
            found[one.uuid] = tried.lies(one.point) if reach and reach.holds(one.point) else Lies.OUTSIDE
    return found


def _put(found: Drawn, one: Spot, leaves: Sequence[Spot], where: Mapping[UUID, Lies | None]) -> None:
    """A place by what its leaves (itself, or the buildings of a compound) say."""
    said = {where[each.uuid] for each in leaves}
    if said == {Lies.INSIDE}:
        found.inside.append(one)
    elif said & {Lies.INSIDE, Lies.NEAR}:
        whole = leaves[0] is one
        inside = () if whole else tuple(each for each in leaves if where[each.uuid] is Lies.INSIDE)
        found.half.append(Half(one, inside, 0 if whole else len(leaves)))
        if not whole:
            found.half += [Half(each, under=one.uuid) for each in leaves if where[each.uuid] is Lies.NEAR]
            found.unknown += [each for each in leaves if where[each.uuid] is None]
    elif said == {None}:
        found.unknown.append(one)
    else:
        found.unknown += [each for each in leaves if where[each.uuid] is None]
