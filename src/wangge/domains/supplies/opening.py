"""Reads for whoever opens a store: where it may lie, whose it may be, who may answer for it."""

from collections.abc import Iterable

from django.db.models import Q

from wangge.base.access.scope import Scope
from wangge.domains.duty.models import Post
from wangge.domains.duty.queries import open_posts
from wangge.domains.duty.rules import ANSWERING
from wangge.domains.places.models import Grid, Place
from wangge.domains.places.rules import Kind as PlaceKind

MOST_PLACES = 300

#: Where a store may lie, as places go.
AT = frozenset({
    PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.TOWNSHIP, PlaceKind.COMMUNITY, PlaceKind.COMPOUND, PlaceKind.SITE,
    PlaceKind.HAMLET,
})  # fmt: skip


def places_for(scope: Scope) -> list[Place]:
    """Where a store may be opened: the places of a scope, and the communities of its grids."""
    communities = Grid.objects.filter(pk__in=scope.grids).values("community")
    condition = scope.q() | Q(pk__in=communities)
    found = Place.objects.filter(condition, kind__in=AT, closed__isnull=True).order_by("path")
    return list(found[:MOST_PLACES])


def grids_for(places: Iterable[Place]) -> list[Grid]:
    """The grids of these communities: a store may be one's own."""
    found = Grid.objects.filter(community__in=[one.pk for one in places], closed__isnull=True)
    return list(found.select_related("community").order_by("community__path", "number")[:MOST_PLACES])


def posts_for(scope: Scope) -> list[Post]:
    """Who may answer for a store: the posts of a scope that answer for places."""
    grids = Q(grids__grid__in=scope.grids) if scope.grids else Q(pk__in=())
    inside = Scope(scope.prefixes, everything=scope.everything).q("place") | grids
    kinds = [*ANSWERING, "checkpoint", "hotel_desk"]
    found = open_posts().filter(inside, kind__in=kinds).distinct()
    return list(found.order_by("place__path", "title", "id")[:MOST_PLACES])
