"""Doors named in a line of chat, looked for in the worker's places alone; several candidates stay several."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from wangge.base.problems import Problem
from wangge.domains.places.addresses import plain
from wangge.domains.places.finding import HEADS, Book, Spot
from wangge.domains.places.naming import split_address
from wangge.domains.places.rules import DOORS, HOMES, Kind
from wangge.domains.places.spelling import written

_N = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_D = r"(?:\d{2,5}[a-zA-Z]?|[〇零一二三四五六七八九]{3,4})"
_END = r"(?:号?室|号房?|户|房)?"
_SEP = r"\s*[-/.\\_·]\s*"
#: How people write a door, the most certain first.
FORMS = (
    re.compile(rf"(?<![\d.:/-])(?P<b>\d{{1,3}}){_SEP}(?P<u>\d{{1,2}}){_SEP}(?P<d>\d{{3,4}}){_END}(?![\d-])"),
    re.compile(
        rf"(?P<b>[甲乙丙丁东西南北]?{_N}|[a-zA-Z])\s*(?:号楼|#楼?|栋|幢|座|号院?(?=\s*{_N}\s*单元)|楼(?=\s*-?\s*{_N}\s*(?:单元|门)))"
        rf"\s*-?\s*(?:(?P<u>[东西中]|{_N})\s*(?:单元|门洞|门|-)\s*-?\s*)?(?:{_N}[层楼]\s*)?(?P<d>{_D}){_END}(?!\d)"
    ),
    re.compile(rf"(?P<u>[东西中]|{_N})\s*(?:单元|门洞)\s*-?\s*(?:{_N}[层楼]\s*)?(?P<d>{_D}){_END}(?!\d)"),
    re.compile(r"(?<![\d.:/-])(?P<b>\d{1,2}) (?P<u>\d{1,2}) (?P<d>\d{3,4})(?:号?室)?(?!\d)"),
    re.compile(rf"(?<![\d.:/-])(?P<b>[1-9]\d{{0,2}}){_SEP}(?P<d>\d{{3,4}}){_END}(?![\d-])"),
)
#: A building or a unit and no door: it says where, but not behind which door.
PARTIAL = (
    re.compile(rf"(?P<b>{_N})\s*(?:号楼|#楼?|栋|幢|座)(?:\s*-?\s*(?P<u>[东西中]|{_N})\s*(?:单元|门洞|门))?(?!\d)"),
    re.compile(r"(?<![\d.:/-])(?P<b>\d{1,3})-(?P<u>\d{1,2})(?![\d-])"),
    re.compile(rf"(?P<u>[东西中]|{_N})\s*(?:单元|门洞)"),
)
#: A bare 501 is a door only where the group is a stair's, and only at the beginning or with 室.
BARE = re.compile(r"(?:^|(?<=[\s,]))(?P<d>\d{3,4})(?:号?室|户|家)?(?=[\s,]|[^\d\x00-\x7f]|$)")
INSIDE_SITE = re.compile(r"\s*\d{1,5}[a-z]?(?:号?房间|号?室|号|房|-)?-?(?:\d{1,3}(?:号床|床位|床|号)?)?")
IN_HAMLET = re.compile(r"\s*\d{1,4}号院?")
#: An estate somebody names that is none of the worker's: a door there must not be taken for one of ours.
FOREIGN = re.compile(r"[一-龥]{2,8}(?:小区|花园|家园|公寓|宿舍|新村|嘉园|雅苑|庭|苑|大院|社区)\s*$")
NOT_ESTATE = re.compile("^(?:我们?|咱们?|你们?|本|这个?|那个?|全|整个|住在?|在)+(?:小区|大院|社区|宿舍)?$")
NEAR = 3  # characters between an estate's name and the door: 水产宿舍的 3-2-501


class Trouble(StrEnum):
    """Why a line became no candidate, or not a whole one."""

    NO_DOOR = "no_door"
    DOOR_UNKNOWN = "door_unknown"
    DOOR_AMBIGUOUS = "door_ambiguous"
    DOOR_INCOMPLETE = "door_incomplete"
    OUTSIDE = "outside"
    NO_ANSWER = "no_answer"
    QUESTION = "question"
    CONTRADICTORY = "contradictory"
    MENTION = "mention"
    NOT_SAID = "not_said"  # the chat program's own line, a list's title, an example


@dataclass(frozen=True, slots=True)
class Door:
    """What a piece of text says of a door: the one it means, or those it can mean, or why none."""

    start: int
    end: int
    words: str
    spots: tuple[Spot, ...] = ()
    trouble: Trouble | None = None

    @property
    def clear(self) -> Spot | None:
        return self.spots[0] if len(self.spots) == 1 and self.trouble is None else None


@dataclass(slots=True)
class Places:
    """The worker's places as books of doors, and the whole communities around them to tell what lies outside."""

    books: Sequence[Book]
    around: Sequence[Book] = ()
    _heads: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        spots = [spot for book in (*self.books, *self.around) for kind in HEADS for spot in book.by_kind[kind]]
        names = {name for spot in spots if spot.kind is not Kind.BUILDING for name in (spot.name, *spot.aliases)}
        names |= {written(name).stem for name in set(names)}
        names |= {book.root.name for book in (*self.books, *self.around)}
        self._heads = dict.fromkeys(sorted((name for name in names if len(name) > 1), key=len, reverse=True))

    def doors(self, text: str) -> list[Door]:
        """Every door a line names, in order; a piece of text belongs to one of them only."""
        found: list[Door] = []
        for start, end, whole in self._pieces(text):
            if not any(start < one.end and one.start < end for one in found):
                found.append(self._door(text, start, end, whole))
        return sorted(found, key=lambda one: one.start)

    def _pieces(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Where an address may stand, and whether it goes down to a door."""
        yield from ((*piece, True) for piece in self._behind_heads(text))
        for form in FORMS:
            yield from ((*found.span(), True) for found in form.finditer(text))
        yield from ((*found.span(), True) for found in BARE.finditer(text) if self._one_stair())
        if any(form.search(text) for form in FORMS):
            return  # beside a whole address 4-8 is a day in April
        for form in PARTIAL:
            yield from ((*found.span(), False) for found in form.finditer(text))

    def _behind_heads(self, text: str) -> Iterator[tuple[int, int]]:
        """Rooms and beds after a site, yards after a hamlet."""
        for book in (*self.books, *self.around):
            for kind, form in ((Kind.SITE, INSIDE_SITE), (Kind.HAMLET, IN_HAMLET)):
                for spot in book.by_kind[kind]:
                    for name in (spot.name, *spot.aliases):
                        at = text.find(name)
                        if at >= 0 and (found := form.match(text, at + len(name))):
                            yield at, found.end()

    def _one_stair(self) -> bool:
        """Whether the places are one stair, so that a bare door number can mean one door only."""
        stairs = {id(spot.parent) for book in self.books for spot in book.by_kind[Kind.HOUSEHOLD]}
        return len(stairs) == 1

    def _door(self, text: str, start: int, end: int, whole: bool) -> Door:
        head, begin = self._head(text, start)
        words, address = text[begin:end], head + _as_address(text[start:end])
        if not head and _names_foreign(text[:start]):
            return Door(begin, end, words, (), Trouble.OUTSIDE)
        spots = tuple(_unique(spot for book in self.books for spot in homes(book, address)))
        if len(spots) == 1:
            return Door(begin, end, words, spots)
        if spots:
            return Door(begin, end, words, spots, Trouble.DOOR_AMBIGUOUS)
        if any(homes(book, address) for book in self.around):
            return Door(begin, end, words, (), Trouble.OUTSIDE)
        return Door(begin, end, words, (), Trouble.DOOR_UNKNOWN if whole else Trouble.DOOR_INCOMPLETE)

    def _head(self, text: str, start: int) -> tuple[str, int]:
        """The estate named right before an address, and where its name begins."""
        before = text[:start].rstrip(" 的,")
        if len(text[:start]) - len(before) > NEAR:
            return "", start
        name = next((name for name in self._heads if before.endswith(name)), "")
        return name, len(before) - len(name) if name else start


_NUM = "[\\d一二三四五六七八九十]"
_WRITTEN = (
    (re.compile(_SEP), "-"),
    (re.compile(r"(?<=单元|门洞)\s*-"), ""),
    (re.compile(rf"(?<=[#楼栋幢座])\s*-(?=\s*(?:[东西中]|{_NUM}{{1,3}})\s*(?:单元|门))"), ""),
    (re.compile(rf"(?<={_NUM})\s*(?:号院?|楼)(?=\s*-?\s*{_NUM}{{1,3}}\s*(?:单元|门))"), "号楼"),
    (re.compile(rf"(?<={_NUM})\s*门(?!洞)"), "单元"),
    (re.compile(r"(?<=\d)\s+(?=\d)"), "-"),
    (re.compile(r"(?<=[#楼栋幢座])\s*-?\s*(\d{1,2})-(?=\d)"), r"\1单元"),
    (re.compile("房"), "室"),
    (re.compile("家"), ""),
)


def _as_address(words: str) -> str:
    """Other separators than the hyphen, as a plate would be written: '3 2 501' and 3/2/501 are 3-2-501."""
    text = words.strip()
    for form, plate in _WRITTEN:
        text = form.sub(plate, text)
    return text


def _names_foreign(before: str) -> bool:
    found = FOREIGN.search(before[-14:].rstrip(" 的,"))
    return found is not None and not NOT_ESTATE.match(found.group().strip())


def homes(book: Book, address: str) -> list[Spot]:
    """The homes of a book that an address can mean. More than one where the text leaves it open; never a choice."""
    text = plain(address)
    try:
        return [book.home(text)]
    except Problem as problem:
        if problem.code not in ("address_ambiguous", "address_unclear", "bed_missing", "address_incomplete"):
            return []
    return _several(book, book.without_surroundings(text))


def _several(book: Book, text: str) -> list[Spot]:
    """Every door with the numbers written: 3-2-501 in a community of several compounds."""
    address = split_address(text)
    if address is None:
        number = re.fullmatch(r"(\d{2,5}[a-z]?)(?:号?室|户)?", text)
        parts = [(Kind.HOUSEHOLD, number[1])] if number else []
        head = ""
    else:
        parts, head = list(address.parts), address.head
    if not parts or parts[-1][0] not in DOORS | HOMES:
        return []
    spots = [spot for spot in book.by_kind[Kind.HOUSEHOLD] if _fits(spot, parts)]
    return [spot for spot in spots if not head or head in plain(spot.label)]


def _fits(spot: Spot, parts: Iterable[tuple[Kind, str]]) -> bool:
    chain: dict[Kind, str] = {}
    around: Spot | None = spot
    while around:
        chain[around.kind] = written(around.name, around.kind).counted
        around = around.parent
    return all(chain.get(kind) == number for kind, number in parts)


def _unique(spots: Iterable[Spot]) -> list[Spot]:
    return list({spot.key: spot for spot in spots}.values())


def within(book: Book, covers: Callable[[Spot], bool]) -> Book:
    """The same book with only the homes that ``covers`` and what is around them: the places of one worker."""
    kept: dict[int, Spot] = {}
    narrow = Book(book.root, said=book.said)
    homes_of = [spot for kind in HOMES for spot in book.by_kind[kind] if covers(spot)]
    wanted: set[int] = set()
    for spot in homes_of:
        around: Spot | None = spot
        while around and around.key not in wanted:
            wanted.add(around.key)
            around = around.parent
    root = Spot(book.root.key, book.root.kind, book.root.name, book.root.path, None, book.root.aliases)
    kept[root.key], narrow.root = root, root
    every = sorted((spot for spots in book.by_kind.values() for spot in spots if spot.key in wanted), key=_depth)
    for spot in every:
        parent = kept.get(spot.parent.key) if spot.parent else None
        copy = Spot(spot.key, spot.kind, spot.name, spot.path, parent, spot.aliases, spot.grid, spot.uuid)
        kept[spot.key] = copy
        narrow.add(copy)
    return narrow


def _depth(spot: Spot) -> tuple[int, str]:
    return len(spot.path), spot.path
