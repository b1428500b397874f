"""Taking venues in from the rows of a file, set-based, in one transaction. The same rows twice change nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wangge.base import bulk, clock
from wangge.base.access.by import By
from wangge.base.access.rights import Right
from wangge.base.access.scope import under
from wangge.base.events.actions import record
from wangge.base.ids import uuid7
from wangge.base.problems import Problem
from wangge.base.receipts.actions import Became
from wangge.domains.places.addresses import plain
from wangge.domains.places.models import Place
from wangge.domains.places.queries import labels
from wangge.domains.places.queries.communities import Communities
from wangge.domains.places.rules import Kind, community_path
from wangge.domains.venues.inputs import VenueRow
from wangge.domains.venues.models import Venue

MANY = 5000
#: What of an address is looked for in its community: a venue stands in a compound or a building, or only near one.
NEAR = (Kind.COMPOUND, Kind.SITE, Kind.HAMLET)
ADDED = ("phone", "number", "address", "keeper")


@transaction.atomic
def take_venues(*, rows: Sequence[VenueRow], by: By, dry: bool) -> Sequence[Became | Problem]:
    """Take in rows; returns what became of each, in order. A known venue gets what it lacked; nothing is overwritten.

    A venue is known by its number, without one by its name in the community. Raises NotAllowed.
    """
    chunk = _Chunk(rows, by)
    said = [chunk.take(row, place) for row, place in zip(rows, chunk.places, strict=True)]
    if not dry:
        chunk.write()
    return said


@dataclass(slots=True)
class _Chunk:
    """The rows of one call, with every venue that they can be about."""

    rows: Sequence[VenueRow]
    by: By
    places: list[Place | Problem] = field(init=False)
    new: list[Venue] = field(default_factory=list)
    changed: dict[UUID, Venue] = field(default_factory=dict)
    _by_number: dict[str, Venue] = field(default_factory=dict)
    _by_name: dict[tuple[str, str], Venue] = field(default_factory=dict)
    _near: dict[str, list[tuple[str, Place]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        communities = Communities(self.by.scope(Right.IMPORT_RECORDS))
        self.places = [_community(communities, row) for row in self.rows]
        around = {place.pk: place for place in self.places if isinstance(place, Place)}
        for place in Place.objects.filter(_inside(around.values()), kind__in=NEAR, closed__isnull=True):
            self._near.setdefault(community_path(place.path), []).append((plain(place.name), place))
        for venue in self._known(around.values()):
            self._know(venue, community_path(venue.place.path))

    def _known(self, communities: Iterable[Place]) -> Iterable[Venue]:
        """Venues in these communities, and those with one of the rows' numbers wherever they are."""
        numbers = [row.number for row in self.rows if row.number]
        for first in range(0, len(numbers), MANY):
            yield from Venue.objects.filter(number__in=numbers[first : first + MANY]).select_related("place")
        yield from Venue.objects.filter(_inside(communities, "place"), closed__isnull=True).select_related("place")

    def _know(self, venue: Venue, community: str) -> None:
        if venue.number:
            self._by_number.setdefault(venue.number, venue)
        self._by_name.setdefault((community, plain(venue.name)), venue)

    def take(self, row: VenueRow, community: Place | Problem) -> Became | Problem:
        """What a row becomes. Nothing is written yet."""
        if isinstance(community, Problem):
            return community
        known = self._by_number.get(row.number) if row.number else None
        known = known or self._by_name.get((community.path, plain(row.name)))
        if known and known.number and row.number and known.number != row.number:
            known = None  # two of one name, each with its licence
        if known is None:
            return self._add(row, community)
        if not known.place.path.startswith(community.path):
            return Problem("venue_elsewhere", field="number", where=labels([known.place])[known.place.pk])
        return self._change(known, row)

    def _add(self, row: VenueRow, community: Place) -> Became:
        place = next(
            (near for name, near in self._near.get(community.path, ()) if name and name in plain(row.address.text)),
            community,
        )
        venue = Venue(
            uuid=uuid7(), name=row.name, kind=row.kind.value, place=place, keeper=row.keeper, phone=row.phone,
            number=row.number, address=row.address.text, opened=clock.today(),
        )  # fmt: skip
        self.new.append(venue)
        self._know(venue, community.path)
        return Became(venue.uuid, new=True)

    def _change(self, known: Venue, row: VenueRow) -> Became:
        given = {"phone": row.phone, "number": row.number, "address": row.address.text, "keeper": row.keeper}
        lacking = {name: value for name, value in given.items() if value and not getattr(known, name)}
        for name, value in lacking.items():
            setattr(known, name, value)
        if known.number:
            self._by_number.setdefault(known.number, known)
        if lacking and known.pk:
            self.changed[known.uuid] = known
        return Became(known.uuid, new=False, changed=bool(lacking))

    def write(self) -> None:
        """Write what was decided, as one fact with its counts."""
        bulk.insert(self.new)
        bulk.update(list(self.changed.values()), ADDED)
        if self.new or self.changed:
            counts = {"count": len(self.new), "changed": len(self.changed)}
            record("venues.imported", by=self.by, data=counts)


def _community(communities: Communities, row: VenueRow) -> Place | Problem:
    try:
        return communities.of(row.address)
    except Problem as problem:
        return problem


def _inside(communities: Iterable[Place], lookup: str = "") -> Q:
    inside = Q(pk__in=())
    for community in communities:
        inside |= under(community.path, lookup)
    return inside
