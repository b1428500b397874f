"""From what somebody wrote to places: candidates with reasons and with what is around them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Q

from wangge.base.access.scope import under
from wangge.domains.places.models import Place, PlaceAlias
from wangge.domains.places.naming import WHOLE, Match, Name, Reason, Resolution, resolve, split_address
from wangge.domains.places.rules import COMMUNITY_LEVEL, DIVISIONS, SEGMENT, Kind, ancestors
from wangge.domains.places.spelling import normalise, short_name, written

#: What is searched above communities: a city has too many buildings called 3号楼 for the name to mean one.
WIDE = DIVISIONS | {Kind.COMPOUND, Kind.HAMLET, Kind.SITE}
#: Where a surrounding can end that was written before the rest, as in 并四社区水产宿舍.
ENDING = re.compile("居民委员会|村民委员会|居委会|村委会|街道办事处|社区|街道|小区|宿舍|村|镇|乡|区|县|市")
LEVELS = 8  # surroundings an address names at most: city, district, township, community, compound …
_LONGEST = 120  # characters; longer is a paragraph and no place


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place a text can mean. ``label`` names it with what is around it, from below the place searched in."""

    place: Place
    reason: Reason
    score: int
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    """All candidates, best first; ``chosen`` only where one stands alone in the best tier."""

    text: str
    candidates: tuple[Candidate, ...]
    chosen: Place | None


def resolve_place(*, text: str, within: Place, kinds: Collection[Kind] | None = None) -> Found:
    """The open places inside ``within`` that a text can mean; never one silently out of two.

    A township or community written first narrows the search (迎泽街道双一), and building, unit and door are
    followed down inside a compound (水产宿舍3-2-501). ``kinds`` limits what is found, not what narrows.
    """
    plain = _without_surroundings(normalise(text), within)
    matches = tuple(_Search(kinds).find(plain, (within.path,))) if len(plain) <= _LONGEST else ()
    places = Place.objects.in_bulk([match.key for match in matches])
    shown = _labels(places, within)
    candidates = tuple(Candidate(places[match.key], match.reason, match.score, shown[match.key]) for match in matches)
    chosen = Resolution(matches).chosen
    return Found(text, candidates, places[chosen.key] if chosen else None)


class _Search:
    """One resolution: the names read once per surrounding."""

    def __init__(self, kinds: Collection[Kind] | None) -> None:
        self.kinds = frozenset(kinds or Kind)
        self.paths: dict[int, str] = {}
        self._known: dict[tuple[str, ...], list[Name]] = {}
        self._found: dict[tuple[str, tuple[str, ...], bool], list[Match]] = {}

    def find(self, text: str, prefixes: tuple[str, ...], *, surroundings: bool = False) -> list[Match]:
        """The candidates, each text looked for once: its pieces come up again and again."""
        asked = (text, prefixes, surroundings)
        if asked not in self._found:
            self._found[asked] = self._find(text, prefixes, surroundings)
        return self._found[asked]

    def _find(self, text: str, prefixes: tuple[str, ...], surroundings: bool) -> list[Match]:
        """First the whole text as a name, then its head as a surrounding, then its tail as an address."""
        wanted = frozenset(Kind) if surroundings else self.kinds
        matches = resolve(text, [name for name in self.names(prefixes) if name.kind in wanted])
        if matches and matches[0].score >= WHOLE:
            return matches
        endings = list(ENDING.finditer(text, 1, max(len(text) - 1, 1)))[:LEVELS]
        for ending in reversed(endings):
            head, rest = text[: ending.end()], text[ending.end() :]
            around = self.around(head, prefixes)
            if around and (inside := self.find(rest, around, surroundings=surroundings)):
                return inside
        return self.at_address(text, prefixes, wanted) or matches

    def around(self, head: str, prefixes: tuple[str, ...]) -> tuple[str, ...]:
        """The paths of what a head can mean; a mere part of a name does not narrow anything."""
        best = Resolution(tuple(self.find(head, prefixes, surroundings=True))).best
        return tuple(self.paths[match.key] for match in best if match.reason is not Reason.PART)

    def at_address(self, text: str, prefixes: tuple[str, ...], wanted: Collection[Kind]) -> list[Match]:
        """Building, unit and door, each inside the one before. Below several surroundings it is a proposal."""
        address = split_address(text)
        if address is None or address.parts[-1][0] not in wanted:
            return []
        paths = self.around(address.head, prefixes) if address.head else prefixes
        reason = Reason.ADDRESS if len(paths) == 1 else Reason.PART
        last: list[Name] = []
        for kind, number in address.parts:
            inside = [name for name in self.names(paths) if name.kind is kind]
            last = [name for name in inside if written(name.text, kind).counted == number]
            paths = tuple(self.paths[name.key] for name in last)
        return [Match(name.key, reason) for name in last]

    def names(self, prefixes: tuple[str, ...]) -> list[Name]:
        """What lies inside: everything below a community, above it only what has a name of its own."""
        if prefixes not in self._known:
            self._known[prefixes] = self._read(prefixes) if prefixes else []
        return self._known[prefixes]

    def _read(self, prefixes: tuple[str, ...]) -> list[Name]:
        where = Q(pk__in=())
        for prefix in prefixes:
            narrow = Q() if len(prefix) >= COMMUNITY_LEVEL * SEGMENT else Q(kind__in=WIDE)
            where |= under(prefix) & ~Q(path=prefix) & narrow
        rows = Place.objects.filter(where, closed__isnull=True)
        aliases: dict[int, tuple[str, ...]] = {}
        for alias in PlaceAlias.objects.filter(place__in=rows):
            aliases[alias.place_id] = (*aliases.get(alias.place_id, ()), alias.name)
        found = rows.order_by("path").values_list("pk", "name", "kind", "path")
        self.paths.update((key, path) for key, _, _, path in found)
        return [Name(key, name, Kind(kind), aliases.get(key, ())) for key, name, kind, _ in found]


def _without_surroundings(text: str, within: Place) -> str:
    """The text without the names of what is searched in, written first: 太原市迎泽区并四 in 迎泽区 is 并四."""
    for place in Place.objects.filter(path__in=[*ancestors(within.path), within.path]).order_by("path"):
        for name in (place.name, short_name(place.name, Kind(place.kind))):
            if text != normalise(name):
                text = text.removeprefix(normalise(name))
    return text


def _labels(places: Mapping[int, Place], within: Place) -> dict[int, str]:
    """The names from below ``within`` down; a place directly inside it is shown with it."""
    paths = {path for place in places.values() for path in ancestors(place.path)}
    names = {place.path: short_name(place.name, Kind(place.kind)) for place in Place.objects.filter(path__in=paths)}
    shown: dict[int, str] = {}
    for key, place in places.items():
        around = [names[path] for path in ancestors(place.path) if len(path) > len(within.path)]
        around = around or [short_name(within.name, Kind(within.kind))]
        shown[key] = " ".join([*around, short_name(place.name, Kind(place.kind))])
    return shown
