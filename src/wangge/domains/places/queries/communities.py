"""The communities of a scope held in memory, and which of them a row of a file means."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from wangge.base.access.scope import Scope
from wangge.base.problems import Problem
from wangge.domains.places.addresses import AddressText, plain, spoken
from wangge.domains.places.models import Place, PlaceAlias
from wangge.domains.places.naming import Name, Reason, Resolution, resolve
from wangge.domains.places.queries.resolving import ENDING, LEVELS
from wangge.domains.places.rules import DIVISIONS, Kind, ancestors, is_statistical
from wangge.domains.places.spelling import short_name

SHOWN = 3
MOST_KEPT = 20_000  # beginnings of addresses


class Communities:
    """Read once (two queries); ``of`` answers for any number of rows. ``around`` holds the divisions by path."""

    def __init__(self, scope: Scope) -> None:
        paths = {path for prefix in scope.prefixes for path in ancestors(prefix)}
        inside = Q() if scope.everything else scope.q() | Q(path__in=paths)  # Q() with anything is that alone
        rows = Place.objects.filter(inside, kind__in=DIVISIONS, closed__isnull=True)
        self.around = {place.path: place for place in rows.order_by("path")}
        found = [place for place in self.around.values() if place.kind == Kind.COMMUNITY]
        self.all = [place for place in found if scope.covers(place.path, None)]
        self._aliases = _aliases(self.all)
        self._wider = [(place, _spellings(place)) for place in self.around.values() if place.kind != Kind.COMMUNITY]
        self._codes = {place.code: place for place in self.all if place.code}
        self._named: dict[str, list[Place]] = defaultdict(list)
        for place in self.all:
            for name in dict.fromkeys(_spellings(place)):
                self._named[name].append(place)
        self._meant: dict[str, Place | Problem] = {}
        self._began: dict[tuple[str, str], list[Place]] = {}
        self._scope = scope
        self._outside: set[str] | None = None

    def of(self, address: AddressText) -> Place:
        """The community of a row: the one it names, else the only one there is. Raises Problem."""
        if address.community:
            return self._once(address.community)
        if len(self.all) == 1:
            return self.all[0]
        return self._leading(spoken(address))

    def _once(self, said: str) -> Place:
        """What a cell means, worked out once for all rows that have it."""
        if said not in self._meant:
            try:
                self._meant[said] = self._by_name(plain(said))
            except Problem as problem:
                self._meant[said] = problem
        meant = self._meant[said]
        if isinstance(meant, Problem):
            raise meant
        return meant

    def _by_name(self, text: str) -> Place:
        if is_statistical(text):
            found = [self._codes[text]] if text in self._codes else []
        else:
            found = self._best(*self._narrowed(text))
        if len(found) == 1:
            return found[0]
        if found:
            raise Problem("community_ambiguous", field="community", text=text[:40], candidates=_labels(found))
        if text in self._names_outside():
            raise Problem("community_outside", field="community", text=text[:40])
        raise Problem("community_unknown", field="community", text=text[:40])

    def _leading(self, text: str) -> Place:
        """The community that an address begins with: the longest beginning that means one."""
        rest, within = self._narrowed(text)
        for ending in reversed(list(ENDING.finditer(rest, 1))[:LEVELS]):
            found = self._begins(rest[: ending.end()], within)
            if len(found) == 1:
                return found[0]
        raise Problem("community_missing", field="community")

    def _begins(self, text: str, within: str) -> list[Place]:
        """The same beginning stands before many addresses: looked for among all communities once."""
        key = text, within
        if key not in self._began:
            if len(self._began) >= MOST_KEPT:
                self._began.clear()
            self._began[key] = self._best(text, within)
        return self._began[key]

    def _narrowed(self, text: str) -> tuple[str, str]:
        """The text without city, district and township written first, and the path of the innermost of them."""
        within = ""
        for place, names in self._wider:
            if place.path.startswith(within):
                name = next((name for name in names if len(text) > len(name) and text.startswith(name)), "")
                if name:
                    text, within = text[len(name) :], place.path
        return text, within

    def _best(self, text: str, within: str) -> list[Place]:
        exact = [place for place in self._named.get(text, ()) if place.path.startswith(within)]
        if len(exact) == 1:
            return exact
        names = [
            Name(at, place.name, Kind.COMMUNITY, self._aliases.get(place.pk, ()))
            for at, place in enumerate(self.all) if place.path.startswith(within)
        ]  # fmt: skip
        best = Resolution(tuple(resolve(text, names))).best
        return [self.all[match.key] for match in best if match.reason is not Reason.PART]

    def _names_outside(self) -> set[str]:
        """How the communities that lie elsewhere are written: read only when a row names one."""
        if self._outside is None:
            rows = Place.objects.filter(kind=Kind.COMMUNITY, closed__isnull=True).exclude(self._scope.q())
            everywhere = [] if self._scope.everything else list(rows)
            self._outside = {name for place in everywhere for name in (*_spellings(place), place.code)}
        return self._outside


def _spellings(place: Place) -> tuple[str, str]:
    return plain(place.name), plain(short_name(place.name, Kind(place.kind)))


def _aliases(places: Iterable[Place]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    keys = {place.pk for place in places}
    rows = PlaceAlias.objects.filter(place__kind=Kind.COMMUNITY, place__closed__isnull=True)
    for alias in rows.only("place_id", "name"):
        if alias.place_id in keys:
            found[alias.place_id] = (*found.get(alias.place_id, ()), alias.name)
    return found


def _labels(places: list[Place]) -> str:
    names = [short_name(place.name, Kind(place.kind)) for place in places]
    return "、".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
