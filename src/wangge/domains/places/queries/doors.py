"""Doors by their whole address, for rows by the million: little is kept of a community, so that many fit in memory."""

from collections import OrderedDict

from wangge.base.access.scope import under
from wangge.domains.places import spelled
from wangge.domains.places.addresses import AddressText, spoken
from wangge.domains.places.models import Place
from wangge.domains.places.queries.communities import Communities

MOST_DOORS = 200_000  # kept in memory; the communities asked for longest ago go first
KINDS = [*spelled.ALIKE, *spelled.INSIDE]


class Doors:
    """The doors of a scope's communities; each community is read when a row first names it."""

    def __init__(self, communities: Communities) -> None:
        self.communities = communities
        self._kept: OrderedDict[int, dict[str, int]] = OrderedDict()

    def key(self, address: AddressText) -> int:
        """The key of the door an address spells out whole, 0 where it takes more. Raises Problem without community."""
        community = self.communities.of(address)
        doors = self._kept.get(community.pk)
        if doors is None:
            doors = self._kept[community.pk] = self._read(community)
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > MOST_DOORS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(community.pk)
        return doors.get(address.text.removesuffix("室"), 0) or doors.get(spoken(address).removesuffix("室"), 0)

    def _read(self, community: Place) -> dict[str, int]:
        rows = Place.objects.filter(under(community.path), kind__in=KINDS, closed__isnull=True).order_by("path")
        return spelled.doors(list(rows.values_list("pk", "kind", "name", "parent_id")))
