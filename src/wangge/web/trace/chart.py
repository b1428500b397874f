"""What the chain picture shows, and where on the paper it lies. Pure: no database, no clock, no language.

Time runs from left to right. The case is a line; each meeting is a branch that leaves it at its hour, homes upwards
and everything else downwards, with the people met as stations. Later meetings lie nearer to the line, so that no
branch crosses another's people. On a phone the same line runs down the page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody met. ``key`` names the row of the table below; ``hanging`` are those who live with them."""

    key: str
    name: str
    door: str
    note: str
    state: str
    hanging: tuple["Who", ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where, when and who. ``crowd`` are the states of those not drawn one by one, ``more`` says them in words
    and ``url`` leads to them.
    """

    where: str
    when: str
    starts: datetime
    ends: datetime
    home: bool
    people: tuple[Who, ...]
    crowd: tuple[str, ...] = ()
    more: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """A case with its meetings. ``days`` are the civil days shown, each with its midnight and its name."""

    title: str
    name: str
    told: str
    days: tuple[tuple[datetime, str], ...]
    infectious_from: datetime
    infectious: str
    confirmed_at: datetime
    confirmed: str
    meetings: tuple[Meeting, ...]
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Station:
    """A person on the paper: the middle of the mark. ``from_y`` is where the line to it begins, for one hanging."""

    who: Who
    x: int
    y: int
    from_y: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """A meeting on the paper. The head's two lines stand at its top; ``more_y`` is the row of the others' marks."""

    meeting: Meeting
    x: int
    y: int
    width: int
    height: int
    stations: tuple[Station, ...]
    more_y: int | None
    ends_x: int = 0

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def last_y(self) -> int:
        """How far down the branch's own line runs."""
        own = [one.y for one in self.stations if one.from_y is None]
        return self.more_y or max(own, default=self.y)


@dataclass(frozen=True, slots=True)
class Measures:
    """Distances of one of the two forms, in pixels."""

    head: int  # from a branch's top to its first person
    pitch: int  # from one person to the next
    foot: int  # below the last person
    under: int  # from a person to where the line of those who hang on them begins
    indent: int  # of those who hang on somebody
    width: int  # a person with door and note


WIDE = Measures(head=58, pitch=28, foot=32, under=12, indent=22, width=364)
TALL = Measures(head=60, pitch=50, foot=46, under=30, indent=22, width=256)
GUTTER, AXIS, BAND = 176, 56, 42  # the case's box; day names above; free paper on each side of the line
DAY = (104, 300)  # the least and the most a day is wide
POINT_WIDTH = 150  # the words beside the hour of confirmation
PAPER = 960  # what a desk shows without scrolling
MORE = 46  # one row of marks for those not drawn one by one, and the words for them
DOT, ROWS = 9, 4  # from one such mark to the next; the most rows of them
APART = 16  # between two branches that leave at the same minute


@dataclass(frozen=True, slots=True)
class Wide:
    """The picture for a desk."""

    width: int
    height: int
    line_y: int
    days: tuple[tuple[int, str], ...]
    infectious_x: int
    confirmed_x: int
    branches: tuple[Branch, ...]


def _stations(people: Sequence[Who], x: int, y: int, m: Measures) -> tuple[list[Station], int]:
    """The people of one branch from ``y`` on, each followed by those who hang on them; and the next free ``y``."""
    found: list[Station] = []
    for who in people:
        found.append(Station(who, x, y))
        top, y = y, y + m.pitch
        for other in who.hanging:
            found.append(Station(other, x + m.indent, y, from_y=top))
            y += m.pitch
    return found, y


def crowd_room(m: Measures) -> int:
    """How many marks of a crowd stand in one row."""
    return (m.width - 20) // DOT


def crowd_rows(count: int, m: Measures) -> int:
    """How many rows the marks of a crowd take; beyond the last row only the words tell how many."""
    return min(max(-(-count // crowd_room(m)), 1), ROWS)


def branch(meeting: Meeting, x: int, y: int, m: Measures, ends_x: int = 0) -> Branch:
    """One meeting laid out with its top at ``y``."""
    stations, below = _stations(meeting.people, x, y + m.head, m)
    more_y = below if meeting.more else None
    below += MORE + (crowd_rows(len(meeting.crowd), m) - 1) * DOT if meeting.more else 0
    return Branch(meeting, x, y, m.width, below - m.pitch + m.foot - y, tuple(stations), more_y, ends_x)


def wide(chain: Chain) -> Wide:
    """Homes above the line, the other meetings below it; nothing covers anything."""
    day = _day_width(chain)

    def x_of(at: datetime) -> int:
        return GUTTER + round(_days_to(chain, at) * day)

    above = _stack([one for one in chain.meetings if one.home], x_of)
    below = _stack([one for one in chain.meetings if not one.home], x_of)
    line_y = AXIS + max((one.bottom for one in above), default=0) + BAND
    # What was stacked downwards from the line is turned upwards, each branch still read from top to bottom.
    turned = [_moved(one, line_y - BAND - one.bottom - one.y) for one in above]
    lowered = [_moved(one, line_y + BAND) for one in below]
    branches = [*turned, *lowered]
    height = max((one.bottom for one in lowered), default=line_y + BAND)
    reach = [x_of(chain.confirmed_at) + POINT_WIDTH, *(one.x + WIDE.width for one in branches)]
    return Wide(
        max(reach), height, line_y,
        tuple((x_of(at), name) for at, name in chain.days), x_of(chain.infectious_from), x_of(chain.confirmed_at),
        tuple(branches),
    )  # fmt: skip


def _days_to(chain: Chain, at: datetime) -> float:
    """How many days after the first midnight shown; what lies outside counts as the edge."""
    return min(max((at - chain.days[0][0]) / timedelta(days=1), 0.0), float(len(chain.days)))


def _day_width(chain: Chain) -> int:
    """As wide as the paper allows: the people of the last meeting and the hour of confirmation need their room."""
    last = max((_days_to(chain, one.starts) for one in chain.meetings), default=0.0)
    people = (PAPER - GUTTER - WIDE.width) / max(last, 0.01)
    words = (PAPER - GUTTER - POINT_WIDTH) / max(_days_to(chain, chain.confirmed_at), 0.01)
    return round(min(max(min(people, words), DAY[0]), DAY[1]))


def _stack(meetings: Iterable[Meeting], x_of: Callable[[datetime], int]) -> list[Branch]:
    """The latest nearest to the line (y 0), an earlier one below all whose people reach over its own."""
    known = sorted(meetings, key=lambda one: one.starts)
    places: list[int] = []
    for meeting in known:
        places.append(max(x_of(meeting.starts), places[-1] + APART if places else 0))
    placed: list[Branch] = []
    for meeting, x in zip(reversed(known), reversed(places), strict=True):
        y = max((one.bottom for one in placed if one.x < x + WIDE.width), default=0)
        placed.append(branch(meeting, x, y, WIDE, ends_x=max(x, x_of(meeting.ends))))
    return placed


def _moved(one: Branch, by: int) -> Branch:
    y = one.y + by
    moved = [Station(it.who, it.x, it.y + by, None if it.from_y is None else it.from_y + by) for it in one.stations]
    more_y = None if one.more_y is None else one.more_y + by
    return Branch(one.meeting, one.x, y, one.width, one.height, tuple(moved), more_y, one.ends_x)


RAIL, PHONE = 22, 300  # the line's distance from the edge; the width of a phone's page
DAY_HEAD, POINT = 40, 44  # a day's name; a point on the line with its words
TOP = 64  # the case's box


@dataclass(frozen=True, slots=True)
class Tall:
    """The picture for a phone."""

    width: int
    height: int
    days: tuple[tuple[int, str], ...]
    infectious_y: int
    confirmed_y: int
    branches: tuple[Branch, ...]


def tall(chain: Chain) -> Tall:
    """One thing below the other in the order of time, under the name of its day."""
    begins, ends = (chain.infectious_from, None), (chain.confirmed_at, None)
    points: list[tuple[datetime, Meeting | None]] = [begins, *((one.starts, one) for one in chain.meetings), ends]
    points.sort(key=lambda point: point[0])
    y, days, branches, marks = TOP, dict[int, str](), list[Branch](), list[int]()
    named: str | None = None
    for at, meeting in points:
        if (name := _day_of(chain, at)) != named:
            days[y], named = name, name
            y += DAY_HEAD
        if meeting is None:
            marks.append(y)
            y += POINT
        else:
            branches.append(branch(meeting, RAIL + TALL.indent, y, TALL))
            y = branches[-1].bottom
    return Tall(PHONE, y, tuple(days.items()), marks[0], marks[1], tuple(branches))


def _day_of(chain: Chain, at: datetime) -> str:
    """The name of the day shown; what lies before the first is told under the first."""
    begun = [name for midnight, name in chain.days if midnight <= at]
    return begun[-1] if begun else chain.days[0][1]
