"""Places as a scope shows them: where somebody's view begins, which part of a place they see."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.base.access.scope import Scope, under
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import DIVISIONS, SEGMENT, ancestors, community_path


def reach(scope: Scope) -> tuple[str, ...]:
    """The paths of the places a scope is about: its subtrees, and the communities of its grids."""
    if not scope.grids:
        return scope.prefixes
    grids = Grid.objects.filter(pk__in=scope.grids).select_related("community")
    return tuple(sorted({*scope.prefixes, *(grid.community.path for grid in grids)}))


def widest(scope: Scope) -> Place | None:
    """The place at which somebody's view begins: the highest of the scope, the first where several are."""
    paths = sorted(reach(scope), key=lambda path: (len(path), path))
    return Place.objects.filter(path=paths[0]).first() if paths else None


def begins(scope: Scope) -> QuerySet[Place]:
    """The places at which somebody's view begins, in the order of their paths."""
    return Place.objects.filter(path__in=reach(scope)).order_by("path")


def grids_of_keys(keys: Iterable[int]) -> QuerySet[Grid]:
    """Grids by key, closed ones too: figures outlive a redrawing."""
    return Grid.objects.filter(pk__in=list(keys)).order_by("number")


def seen(scope: Scope, uuid: UUID) -> Place:
    """A division of which the scope covers all or, for a community, some grids. Raises Place.DoesNotExist."""
    place = Place.objects.get(uuid=uuid)
    if place.kind in DIVISIONS and place.path.startswith(reach(scope)):
        return place
    raise Place.DoesNotExist


def touched(scope: Scope, uuid: UUID) -> Place:
    """A place that lies in a scope, or in which one of its grids has a door. Raises Place.DoesNotExist otherwise."""
    place = Place.objects.get(uuid=uuid)
    doors = Place.objects.filter(under(place.path), grid__in=scope.grids)
    if scope.covers(place.path, place.grid_id) or (scope.grids and doors.exists()):
        return place
    raise Place.DoesNotExist


def part_of(place: Place, scope: Scope) -> Scope:
    """What a scope shows of a place: its whole subtree, or only the scope's own grids."""
    if scope.covers(place.path, None):
        return Scope(prefixes=(place.path,))
    return Scope(grids=frozenset(grids_of(place, scope).values_list("pk", flat=True)))


def grids_of(place: Place, scope: Scope) -> QuerySet[Grid]:
    """The open grids of the community a place lies in, those a scope covers."""
    grids = Grid.objects.filter(community__path=community_path(place.path), closed__isnull=True).order_by("number")
    return grids if scope.covers(place.path, None) else grids.filter(pk__in=scope.grids)


def way_to(place: Place, scope: Scope) -> list[Place]:
    """The places around this one that the scope covers, outermost first."""
    around = Place.objects.filter(path__in=ancestors(place.path)).order_by("path")
    return [one for one in around if one.path.startswith(reach(scope))]


def about(scope: Scope, lookup: str) -> Q:
    """A condition on a place reached by ``lookup``: it lies in the scope, or holds a part of it."""
    condition = Q(pk__in=())
    for path in reach(scope):
        condition |= Q(**{f"{lookup}__path__in": [*ancestors(path), path]}) | Scope(prefixes=(path,)).q(lookup)
    return Q() if scope.everything else condition


def ids_within(scope: Scope) -> QuerySet[Place, UUID] | None:
    """The ids of the places of a scope, for readers of the log; None where the scope is a whole tree."""
    if scope.everything or any(len(path) == SEGMENT for path in scope.prefixes):
        return None
    return Place.objects.filter(scope.q()).values_list("uuid", flat=True)


def listed(scope: Scope) -> list[QuerySet[Place]]:
    """The places of a scope and what is around them, up to the city, for a reader that goes through them by path.

    One choice for each range of paths: put together with OR, a database would sort the whole scope for each page.
    """
    around = {path for one in reach(scope) for path in [*ancestors(one), one]}
    parts = [Q()] if scope.everything else [Q(path__in=around), *(under(prefix) for prefix in scope.prefixes)]
    parts += [Q(grid__in=scope.grids)] if scope.grids else []
    return [Place.objects.filter(part).select_related("parent", "grid") for part in parts]


def listed_one(scope: Scope, uuid: UUID) -> Place:
    """One of these. Raises Place.DoesNotExist."""
    for part in listed(scope):
        if found := part.filter(uuid=uuid).first():
            return found
    raise Place.DoesNotExist


def grids_listed(scope: Scope) -> QuerySet[Grid]:
    """The grids of a scope, closed ones too."""
    chosen = scope.q("community") if scope.everything or scope.prefixes else Q(pk__in=())
    return Grid.objects.filter(chosen | Q(pk__in=scope.grids)).select_related("community")
