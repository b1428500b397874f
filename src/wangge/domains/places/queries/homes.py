"""From addresses to homes, for rows by the thousand: each community is read once, whatever the number of rows."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import local
from typing import Any

from django.db.models import Q

from wangge.base import clock
from wangge.base.access.scope import Scope, under
from wangge.base.problems import Problem
from wangge.domains.places.addresses import AddressText, spoken
from wangge.domains.places.finding import HEADS, Book, Spot, surroundings
from wangge.domains.places.models import GridMember, Place, PlaceAlias
from wangge.domains.places.queries.communities import Communities
from wangge.domains.places.rules import Kind, ancestors

AT_ONCE = 50  # communities of one query
MOST_DOORS = 500_000  # places kept in memory; the communities asked for longest ago go first


class Homes:
    """The homes a scope's addresses mean. ``read`` fetches what many rows need; ``of`` then asks nothing more."""

    def __init__(self, scope: Scope) -> None:
        self.communities = Communities(scope)
        self.books: OrderedDict[int, Book] = OrderedDict()
        self._sizes: dict[int, int] = {}

    def read(self, addresses: Iterable[AddressText], *, held: bool = False) -> None:
        """Read the communities that these addresses name and that are not known yet.

        ``held`` keeps other files from making doors in them until the transaction ends.
        """
        wanted: dict[int, Place] = {}
        for address in dict.fromkeys(addresses):
            try:
                community = self.communities.of(address)
            except Problem:
                continue  # ``of`` says it again, of the row
            wanted[community.pk] = community
        if held:
            rows = Place.objects.select_for_update(no_key=True).filter(pk__in=list(wanted)).order_by("pk")
            list(rows.values_list("pk"))
        self._read_missing(list(wanted.values()))

    def of(self, address: AddressText, *, make: bool = False) -> Spot:
        """The home an address means; with ``make`` one that is missing is planned in its book. Raises Problem."""
        community = self.communities.of(address)
        if community.pk not in self.books:
            self._read_missing([community])
        return self.books[community.pk].home(spoken(address), make=make)

    def _read_missing(self, communities: Sequence[Place]) -> None:
        for community in communities:
            if community.pk in self.books:
                self.books.move_to_end(community.pk)
        missing = [community for community in communities if community.pk not in self.books]
        for first in range(0, len(missing), AT_ONCE):
            for key, book in read_books(missing[first : first + AT_ONCE], self.communities.around).items():
                self.books[key] = book
                self._sizes[key] = sum(map(len, book.by_kind.values()))
        kept = {community.pk for community in communities}
        while sum(self._sizes.values()) > MOST_DOORS and (oldest := next(iter(self.books))) not in kept:
            del self.books[oldest], self._sizes[oldest]


def read_books(communities: Sequence[Place], around: dict[str, Place]) -> dict[int, Book]:
    """The open places of some communities, by the community's key: two queries.

    A file asks for the same communities set after set. What was made of the rows last time in this thread is used
    again where the rows read now are the same to the letter and nothing was planned in it.
    """
    rows, aliases = _rows(communities)
    outside = tuple((path, place.name) for path, place in sorted(around.items()))
    last: _Made | None = getattr(_last, "made", None)
    if last and (last.rows, last.aliases, last.outside) == (rows, aliases, outside) and last.untouched:
        return last.books
    made = _last.made = _Made(rows, aliases, outside, _books(rows, aliases, around))
    return made.books


@dataclass(frozen=True, slots=True)
class _Made:
    """Books with the rows they were made of."""

    rows: list[tuple[Any, ...]]
    aliases: list[tuple[int, str]]
    outside: tuple[tuple[str, str], ...]
    books: dict[int, Book]

    @property
    def untouched(self) -> bool:
        return not any(book.touched for book in self.books.values())


_last = local()


def _rows(communities: Sequence[Place]) -> tuple[list[tuple[Any, ...]], list[tuple[int, str]]]:
    """The open places of some communities, parents first, and the other names of those that an address begins with."""
    inside = Q(pk__in=())
    for community in communities:
        inside |= under(community.path)
    rows = Place.objects.filter(inside, closed__isnull=True).order_by("path")
    kinds = [*HEADS, Kind.YARD]
    aliases = PlaceAlias.objects.filter(place__in=rows.filter(kind__in=kinds)).order_by("pk")
    found = rows.values_list("pk", "kind", "name", "path", "parent_id", "grid_id")
    return list(found), list(aliases.values_list("place_id", "name"))


def _books(
    rows: Sequence[tuple[Any, ...]], names: Sequence[tuple[int, str]], around: dict[str, Place]
) -> dict[int, Book]:
    aliases: dict[int, tuple[str, ...]] = {}
    for key, name in names:
        aliases[key] = (*aliases.get(key, ()), name)
    books: dict[int, Book] = {}
    spots: dict[int, Spot] = {}
    for key, kind, name, path, parent, grid in rows:
        spot = spots[key] = Spot(key, Kind(kind), name, path, spots.get(parent), aliases.get(key, ()), grid)
        if spot.kind is Kind.COMMUNITY:
            outside = [(around[one].name, Kind(around[one].kind)) for one in (*ancestors(path), path) if one in around]
            book = books[key] = Book(spot, said=surroundings(outside))
        elif spot.parent:
            book.add(spot)
    return books


def members_today(paths: Iterable[str]) -> dict[str, int]:
    """Which grid each of today's members in some communities belongs to, by the member's path."""
    inside, day = Q(pk__in=()), clock.today()
    for path in paths:
        inside |= under(path, "place")
    holding = GridMember.objects.filter(inside, Q(opened__lte=day), Q(closed__isnull=True) | Q(closed__gt=day))
    return dict(holding.values_list("place__path", "grid_id"))
