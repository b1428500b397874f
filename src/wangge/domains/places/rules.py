"""Policy of places: kinds, what may lie in what, paths and walking order. Names are in ``naming.py``."""

from enum import StrEnum

SEGMENT = 4  # characters a level adds to the path: 36**4 = 1,679,616 children
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


def walk_key(parent_walk: str, order: int) -> str:
    """The walking-order key: building, unit, floor and door numbers as one sortable text."""
    return f"{parent_walk}{order:05d}"


def door_order(floor: int, number: int) -> int:
    """The order of a door in its unit: upwards, then along the landing."""
    return floor * 100 + number
