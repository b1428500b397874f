"""Finding the home an address means in a community, from names held in memory: one or none, never a guess.

The rules of naming are those of ``naming``; what is new here is that thousands of rows are answered from one reading
of the community, and that a door that is missing can be planned where everything around it is plain.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wangge.base.problems import Problem
from wangge.domains.places.addresses import plain, room_and_bed
from wangge.domains.places.naming import Address, Name, Reason, Resolution, resolve, split_address
from wangge.domains.places.rules import HOMES, Kind
from wangge.domains.places.spelled import doors
from wangge.domains.places.spelling import normalise, short_name, written

#: What an address can begin with below its community.
HEADS = (Kind.COMPOUND, Kind.SITE, Kind.HAMLET, Kind.BUILDING)
WHOLE = (*HEADS[:3], Kind.BUILDING, Kind.UNIT, Kind.HOUSEHOLD)  # what whole addresses are made of, from outside in
SHOWN = 3  # candidates and neighbours named in a refusal
NEW_NAME = {
    Kind.BUILDING: "{}号楼", Kind.UNIT: "{}单元", Kind.HOUSEHOLD: "{}", Kind.ROOM: "{}", Kind.BED: "{}床",
    Kind.YARD: "{}号院", Kind.COMPOUND: "{}",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Spot:
    """A place in a book. ``key`` is 0 for one that is planned and not made yet; ``path`` is then empty."""

    key: int
    kind: Kind
    name: str
    path: str
    parent: "Spot | None"
    aliases: tuple[str, ...] = ()
    grid: int | None = None
    uuid: object = None
    inside: dict[tuple[Kind, str], list["Spot"]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What people call it in its community."""
        names = [self.name]
        around = self.parent
        while around and around.parent:
            names.append(around.name)
            around = around.parent
        return " ".join(reversed(names))


@dataclass(slots=True)
class Book:
    """All open places of one community. ``planned`` are those to be made, parents first."""

    root: Spot
    by_kind: dict[Kind, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    planned: list[Spot] = field(default_factory=list)
    touched: bool = False  # whether anything was ever planned: the book then says more than its rows
    said: tuple[str, ...] = ()  # names of what is around, which an address may begin with
    _heads: dict[str, list[Spot]] = field(default_factory=dict)
    _spelled: dict[str, Spot] | None = None
    _found: dict[str, Spot] = field(default_factory=dict)
    _refused: dict[tuple[str, bool], Problem] = field(default_factory=dict)

    def add(self, spot: Spot) -> None:
        """Put a place into the book; its parent is in it already."""
        self.by_kind[spot.kind].append(spot)
        if spot.parent:
            number = written(spot.name, spot.kind).counted
            spot.parent.inside.setdefault((spot.kind, number), []).append(spot)

    def home(self, text: str, *, make: bool = False) -> Spot:
        """The home a text of ``addresses.spoken`` means; ``make`` plans a door that is missing. Raises Problem."""
        if found := self.spelled().get(text.removesuffix("室")) or self._found.get(text):
            return found
        if refused := self._refused.get((text, make)):
            raise refused
        try:
            found = self._found[text] = self._home(self.without_surroundings(text), make)
        except Problem as problem:
            self._refused[text, make] = problem
            raise
        return found

    def spelled(self) -> dict[str, Spot]:
        """Doors by their whole address (``spelled.doors``), made once."""
        if self._spelled is None:
            spots = {spot.key: spot for kind in WHOLE for spot in self.by_kind[kind] if spot.key}
            rows = [(key, one.kind, one.name, one.parent.key if one.parent else None) for key, one in spots.items()]
            self._spelled = {text: spots[key] for text, key in doors(rows).items()}
        return self._spelled

    def without_surroundings(self, text: str) -> str:
        """The text without city, district, township and community written first."""
        for name in self.said:
            if len(text) > len(name):
                text = text.removeprefix(name)
        return text

    def _home(self, text: str, make: bool) -> Spot:
        if not text.isprintable():
            raise Problem("address_unclear", field="address", text="", nearest=self._nearest_heads())
        address = split_address(text)
        bases = self._bases(address.head) if address and address.head else []
        if address is None or any(base.kind in (Kind.SITE, Kind.HAMLET) for base in bases):
            return self._named(text, make)
        if address.head and not bases:
            raise Problem("head_unknown", field="address", text=address.head[:40], nearest=self._nearest_heads())
        return self._at(address, bases or [self.root], make)

    def _at(self, address: Address, level: list[Spot], make: bool) -> Spot:
        """Building, unit and door, each inside the one before."""
        for at, (kind, number) in enumerate(address.parts):
            found = [spot for around in level for spot in _inside(around, kind, number)]
            if not found:
                return self._plan(level, address.parts[at:], make)
            level = found
        return self._one(level)

    def _one(self, spots: Sequence[Spot]) -> Spot:
        """The one home among the places found."""
        if len(spots) > 1:
            raise Problem("address_ambiguous", field="address", candidates=_labels(spots))
        if spots[0].kind not in HOMES:
            raise Problem("address_incomplete", field="address", name=spots[0].label)
        return spots[0]

    def _plan(self, level: Sequence[Spot], rest: Sequence[tuple[Kind, str]], make: bool) -> Spot:
        """Plan what is missing inside the one place that was found, where nothing about it is a guess."""
        if len(level) > 1:
            raise Problem("address_ambiguous", field="address", candidates=_labels(level))
        around = level[0]
        _check_rest(around, [kind for kind, _ in rest])
        if not make:
            raise Problem("door_unknown", field="address", missing=_named(rest), nearest=_nearest(around, *rest[0]))
        for kind, number in rest:
            around = self.plan(around, kind, NEW_NAME[kind].format(number))
        return around

    def plan(self, around: Spot, kind: Kind, name: str) -> Spot:
        """A place to be made; whoever names it next finds it."""
        spot = Spot(0, kind, name, "", around)
        self.add(spot)
        self.planned.append(spot)
        self.touched = True
        self._refused.clear()
        return spot

    def keep(self, wanted: "Iterable[Spot]") -> None:
        """Plan no more than these homes and what is around them."""
        kept: set[int] = set()
        for spot in wanted:
            around: Spot | None = spot
            while around and not around.key:
                kept.add(id(around))
                around = around.parent
        self.planned = [spot for spot in self.planned if id(spot) in kept]

    def _named(self, text: str, make: bool) -> Spot:
        """A yard by its name, alone or after its hamlet; a room or bed after its site."""
        yards = resolve(text, _names(self.by_kind[Kind.YARD]))
        best = [self.by_kind[Kind.YARD][match.key] for match in Resolution(tuple(yards)).best]
        if best and yards[0].reason is not Reason.PART:
            return self._one(best)
        for length in range(len(text), 1, -1):
            bases = [base for base in self._bases(text[:length]) if base.kind in (Kind.SITE, Kind.HAMLET)]
            if bases:
                found = [self._behind(base, text[length:].lstrip("-"), make and len(bases) == 1) for base in bases]
                return self._one(found)
        raise Problem("address_unclear", field="address", text=text[:40], nearest=self._nearest_heads())

    def _behind(self, base: Spot, rest: str, make: bool) -> Spot:
        if not rest:
            raise Problem("address_incomplete", field="address", name=base.label)
        if base.kind is Kind.HAMLET:
            number = written(rest, Kind.YARD).counted
            known = _inside(base, Kind.YARD, number)
            return self._one(known) if known else self._plan_yard(base, rest, number, make)
        if (parts := room_and_bed(rest)) is None:
            raise Problem("address_unclear", field="address", text=rest[:40], nearest=_nearest(base, Kind.ROOM, rest))
        room, bed = parts
        if not bed:
            raise Problem("bed_missing", field="bed", name=f"{base.label} {room}")
        chain = ((Kind.ROOM, room), (Kind.BED, bed))
        return self._at(Address("", chain), [base], make)

    def _plan_yard(self, hamlet: Spot, text: str, number: str, make: bool) -> Spot:
        if not make:
            nearest = _nearest(hamlet, Kind.YARD, number)
            raise Problem("door_unknown", field="address", missing=text[:40], nearest=nearest)
        return self.plan(hamlet, Kind.YARD, NEW_NAME[Kind.YARD].format(number) if number.isdigit() else text[:80])

    def _bases(self, head: str) -> list[Spot]:
        """What the beginning of an address means: the best tier of candidates; a mere part of a name is none."""
        if head not in self._heads:
            spots = [spot for kind in HEADS for spot in self.by_kind[kind] if spot.key]
            best = Resolution(tuple(resolve(head, _names(spots)))).best
            found = [spots[match.key] for match in best if match.reason is not Reason.PART]
            self._heads[head] = found or self._building_in(head)
        return self._heads[head]

    def _building_in(self, head: str) -> list[Spot]:
        """A building with a name after its compound: 水产宿舍教师楼."""
        found: list[Spot] = []
        for compound in self.by_kind[Kind.COMPOUND]:
            name = plain(compound.name)
            if head.startswith(name):
                inside = [spot for spot in self.by_kind[Kind.BUILDING] if spot.parent is compound]
                best = Resolution(tuple(resolve(head[len(name) :], _names(inside)))).best
                found += [inside[match.key] for match in best if match.reason is not Reason.PART]
        return found

    def _nearest_heads(self) -> str:
        """The names an address here can begin with."""
        spots = [spot for kind in HEADS[:3] for spot in self.by_kind[kind]]
        return _labels(spots) or self.root.name


def surroundings(names: Iterable[tuple[str, Kind]]) -> tuple[str, ...]:
    """How the places around are written before an address, outermost first, each as called and in short."""
    found: list[str] = []
    for name, kind in names:
        found += [plain(name), plain(short_name(name, kind))]
    return tuple(dict.fromkeys(found))


def _inside(around: Spot, kind: Kind, number: str) -> list[Spot]:
    """Places of a kind and number in another, directly or further down (a door of a building that has units)."""
    deeper = [
        spot for (of, _), inner in around.inside.items() if of not in HOMES and of is not kind
        for one in inner for spot in _inside(one, kind, number)
    ]  # fmt: skip
    return around.inside.get((kind, number), []) + deeper


def _check_rest(around: Spot, kinds: Sequence[Kind]) -> None:
    """Raise Problem unless what is missing can be made there without deciding anything for the writer."""
    inside = {kind for kind, _ in around.inside}
    if kinds[-1] not in HOMES:
        raise Problem("address_incomplete", field="address", name=around.label)
    if around.kind is Kind.COMMUNITY and (kinds[0] is not Kind.BUILDING or Kind.COMPOUND in inside):
        raise Problem("compound_missing", field="address", nearest=_labels(_of(around, Kind.COMPOUND)))
    if kinds[0] is Kind.UNIT and (around.kind is not Kind.BUILDING or Kind.HOUSEHOLD in inside):
        raise Problem("unit_unknown", field="unit", name=around.label)
    if kinds[0] is Kind.HOUSEHOLD and (around.kind not in (Kind.BUILDING, Kind.UNIT) or Kind.UNIT in inside):
        raise Problem("unit_missing", field="unit", name=around.label, nearest=_labels(_of(around, Kind.UNIT)))
    if kinds[0] is Kind.BUILDING and around.kind not in (Kind.COMMUNITY, Kind.COMPOUND):
        raise Problem("address_unclear", field="address", text=around.label, nearest=around.label)


def _of(around: Spot, kind: Kind) -> list[Spot]:
    return [spot for (of, _), spots in around.inside.items() if of is kind for spot in spots]


def _names(spots: Sequence[Spot]) -> list[Name]:
    """Places as resolving sees them, keyed by their position."""
    return [Name(at, spot.name, spot.kind, spot.aliases) for at, spot in enumerate(spots)]


def _labels(spots: Iterable[Spot]) -> str:
    names = list(dict.fromkeys(spot.label for spot in spots))
    return "、".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")


def _named(rest: Sequence[tuple[Kind, str]]) -> str:
    return " ".join(NEW_NAME[kind].format(number) for kind, number in rest)


def _nearest(around: Spot, kind: Kind, number: str) -> str:
    """What is there instead: the places of this kind whose numbers are next to the one written."""
    wanted = _value(number)
    there = sorted(_of(around, kind), key=lambda spot: abs(_value(spot.name) - wanted))
    return _labels(there) or around.label


def _value(text: str) -> int:
    number = "".join(ch for ch in normalise(text) if ch.isdigit())[:6]
    return int(number) if number else 0
