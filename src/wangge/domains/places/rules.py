"""Policy of places: kinds, what may lie in what, paths and walking order. Names are in ``naming.py``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

SEGMENT = 4  # characters a level adds to the path: 36**4 = 1,679,616 children
COMMUNITY_LEVEL = 4  # city, district, township, community
LAST_ORDER = 99_999  # five digits of the walking key
NAME_LENGTH = 80
CODE_LENGTH = 32
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Kind(StrEnum):
    """What a place is. House.md, "places"."""

    CITY = "city"
    DISTRICT = "district"
    TOWNSHIP = "township"
    COMMUNITY = "community"  # 居委会 or 村委会, by its 12-digit code
    COMPOUND = "compound"
    BUILDING = "building"
    UNIT = "unit"
    HOUSEHOLD = "household"
    HAMLET = "hamlet"  # 自然村, natural village
    YARD = "yard"
    SITE = "site"  # a collective household's site: dormitory, care home, construction camp
    ROOM = "room"
    BED = "bed"


#: What each kind may directly lie in.
INSIDE: dict[Kind, frozenset[Kind]] = {
    Kind.CITY: frozenset(),
    Kind.DISTRICT: frozenset({Kind.CITY}),
    Kind.TOWNSHIP: frozenset({Kind.DISTRICT}),
    Kind.COMMUNITY: frozenset({Kind.TOWNSHIP}),
    Kind.COMPOUND: frozenset({Kind.COMMUNITY}),
    Kind.BUILDING: frozenset({Kind.COMMUNITY, Kind.COMPOUND}),
    Kind.UNIT: frozenset({Kind.BUILDING}),
    Kind.HOUSEHOLD: frozenset({Kind.BUILDING, Kind.UNIT}),
    Kind.HAMLET: frozenset({Kind.COMMUNITY}),
    Kind.YARD: frozenset({Kind.HAMLET, Kind.COMMUNITY}),
    Kind.SITE: frozenset({Kind.COMMUNITY, Kind.COMPOUND}),
    Kind.ROOM: frozenset({Kind.SITE}),
    Kind.BED: frozenset({Kind.ROOM}),
}
#: Places somebody knocks at. A bed's door is its room, so that a dormitory is never one household.
DOORS = frozenset({Kind.HOUSEHOLD, Kind.YARD, Kind.ROOM})
#: Places that are a home.
HOMES = frozenset({Kind.HOUSEHOLD, Kind.YARD, Kind.BED})
#: Places that can belong to a grid as a whole.
GRID_MEMBERS = frozenset({Kind.COMPOUND, Kind.BUILDING, Kind.UNIT, Kind.HAMLET, Kind.YARD, Kind.SITE})
#: Places that carry the current grid: every door, and every home behind one.
GRIDDED = DOORS | HOMES
DIVISIONS = frozenset({Kind.CITY, Kind.DISTRICT, Kind.TOWNSHIP, Kind.COMMUNITY})


def may_lie_in(kind: Kind, parent: Kind | None) -> bool:
    """Whether a place of this kind may directly lie in one of that kind."""
    return not INSIDE[kind] if parent is None else parent in INSIDE[kind]


def segment(number: int) -> str:
    """A child's number as a fixed-width base-36 segment. Raises ValueError beyond 36**4 - 1."""
    if not 0 <= number < len(DIGITS) ** SEGMENT:
        raise ValueError(number)
    text = ""
    for _ in range(SEGMENT):
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return text


def segment_number(text: str) -> int:
    """The inverse of ``segment``."""
    return int(text, 36)


def ancestors(path: str) -> list[str]:
    """The paths of all places around this one, outermost first, without itself."""
    return [path[:end] for end in range(SEGMENT, len(path), SEGMENT)]


def community_path(path: str) -> str:
    """The path of the community around a place below communities."""
    return path[: COMMUNITY_LEVEL * SEGMENT]


def walk_key(parent_walk: str, order: int) -> str:
    """The walking-order key: building, unit, floor and door numbers as one sortable text."""
    return f"{parent_walk}{order:05d}"


def full_code(code: str) -> str:
    """A short statistical code filled up to 12 digits (140106 → 140106000000); any other code unchanged."""
    return code.ljust(12, "0") if code.isdecimal() and len(code) in (4, 6, 9) else code


def is_statistical(code: str) -> bool:
    """Whether a code has the published form: 12 digits (国统字〔2009〕91号). Every other code is local."""
    return len(code) == 12 and code.isascii() and code.isdecimal()


def door_order(floor: int, number: int) -> int:
    """The order of a door in its unit: upwards, then along the landing."""
    return floor * 100 + number


@dataclass(frozen=True, slots=True)
class Seed:
    """A place still to be made, with what lies in it. ``order`` sorts it among its siblings (0-99,999)."""

    kind: Kind
    name: str
    order: int
    code: str = ""
    uuid: UUID | None = None
    children: tuple["Seed", ...] = ()


def wrong_with(seed: Seed, parent: Kind | None) -> str:
    """The code of the first problem with making a place in one of that kind; '' when it may be made."""
    if not may_lie_in(seed.kind, parent):
        return "wrong_parent"
    if not seed.name.strip():
        return "name_missing"
    if len(seed.name) > NAME_LENGTH:
        return "name_too_long"
    if not 0 <= seed.order <= LAST_ORDER:
        return "order_impossible"
    return "" if len(seed.code) <= CODE_LENGTH else "code_too_long"


@dataclass(frozen=True, slots=True)
class Membership:
    """What one row of grid history says: this place belongs to that grid from ``opened`` on."""

    key: int
    grid: int
    path: str
    opened: date
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What giving places to a grid means: who stays, which memberships end; or why not, and where."""

    problem: str = ""
    path: str = ""
    stays: frozenset[str] = frozenset()
    leaves: frozenset[int] = frozenset()


def clash(grid: int, paths: Sequence[str], members: Sequence[Membership], day: date) -> Verdict:
    """Whether places may belong to a grid from a day on: a door must never be in two grids at once.

    ``members`` are the memberships of the community that hold on that day or later.
    """
    moving = set(paths)
    others = {member.path for member in members if member.grid != grid and member.path not in moving}
    inside = {around: path for path in others for around in ancestors(path)}
    for path in paths:
        if any(around in others for around in ancestors(path)):
            return Verdict("around_in_another_grid", path)
        if path in inside:
            return Verdict("inside_in_another_grid", path)
    concerned = [member for member in members if member.path in moving]
    stays = frozenset(member.path for member in concerned if member.grid == grid and not member.ended)
    leaving = [member for member in concerned if member.path not in stays]
    for member in leaving:
        if member.opened > day:
            return Verdict("grid_day_behind", member.path)
    return Verdict(stays=stays, leaves=frozenset(member.key for member in leaving))
