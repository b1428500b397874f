"""Policy of checkpoints: what is said to somebody at a gate. The field app has the same rules (checkpoint/rules.ts).

Whatever is said, the emergency lane is open: no colour and no reading stops a person in medical need. Nobody is
refused for want of a phone or a code.
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a checkpoint stands at."""

    GATE = "gate"  # 小区、村口
    SHOP = "shop"
    MARKET = "market"
    STATION = "station"
    OFFICE = "office"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    CARE_HOME = "care_home"


class Seen(StrEnum):
    """What came of a look at somebody's code, or what stands for one."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    EXPIRED = "expired"  # ours, its day is over
    FORGED = "forged"  # says it is ours and is not signed so
    FOREIGN = "foreign"  # another kind of code, such as one to pay with
    UNREADABLE = "unreadable"  # torn, smeared, cut off
    UNKNOWN = "unknown"  # ours and in force, and its number is not in the list
    PAPER = "paper"  # a line on paper
    TALLY = "tally"  # neither phone nor code
    NOT_ASKED = "not_asked"  # no code is asked for here
    CLOCK = "clock"  # this phone's clock is wrong: it cannot tell what is in force
    FALLBACK = "fallback"  # the list is too old, or there is none


COLOURS = frozenset({Seen.GREEN, Seen.YELLOW, Seen.RED})
#: What says nothing about the person: look again, or note a line instead.
ABOUT_THE_CODE = frozenset({Seen.EXPIRED, Seen.FORGED, Seen.FOREIGN, Seen.UNREADABLE, Seen.UNKNOWN})
#: What a pass may be recorded as.
COUNTED = tuple(one for one in Seen if one not in ABOUT_THE_CODE)


class Condition(StrEnum):
    """What is looked at besides a code."""

    TEMPERATURE = "temperature"
    MASK = "mask"
    VENUE_CODE = "venue_code"


class Band(StrEnum):
    """A temperature as far as it is kept: not taken, below the protocol's line, from it on."""

    NONE = ""
    NORMAL = "normal"
    FEVER = "fever"


class Then(StrEnum):
    """What is said."""

    THROUGH = "through"
    COMPLETE = "complete"  # something asked here is still missing
    ASIDE = "aside"  # out of the queue, help is called; never sent away with nothing
    AGAIN = "again"  # nothing is known yet: again, or a line on paper or a tally


class Why(StrEnum):
    """The reason in one word; the clause beside it is the protocol's."""

    RED = "red"
    YELLOW = "yellow"
    FEVER = "fever"
    EXPIRED = "expired"
    FORGED = "forged"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    MISSING = "missing"
    OLD_LIST = "old_list"
    CLOCK = "clock"
    NO_CODE = "no_code"
    NOT_ASKED = "not_asked"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Met:
    """What of the conditions is met."""

    temperature: Band = Band.NONE
    mask: bool = False
    venue_code: bool = False

    def has(self, one: Condition) -> bool:
        if one is Condition.TEMPERATURE:
            return self.temperature is not Band.NONE
        return self.mask if one is Condition.MASK else self.venue_code


@dataclass(frozen=True, slots=True)
class Said:
    """What is said to somebody. ``help``: with the words for a fever. ``lane``: whether the emergency lane is open."""

    then: Then
    why: Why
    seen: Seen
    missing: tuple[Condition, ...] = ()
    help: bool = False
    lane: bool = True


CLOCK_SLACK = 5  # minutes a list may lie ahead of a phone's clock


def weighed(seen: Seen, list_minutes: int | None, limit_minutes: int) -> Seen:
    """What a look is worth by the age of the list, in minutes (None: there is none): an old one says nothing more.

    A list from the future says that this phone's clock is wrong.
    """
    if seen not in COLOURS and seen not in (Seen.EXPIRED, Seen.UNKNOWN):
        return seen
    if list_minutes is not None and list_minutes < -CLOCK_SLACK:
        return Seen.CLOCK
    if seen is Seen.EXPIRED:
        return seen
    return Seen.FALLBACK if list_minutes is None or list_minutes > limit_minutes else seen


_COLOUR = {Seen.RED: Why.RED, Seen.YELLOW: Why.YELLOW}
_AGAIN = {
    Seen.EXPIRED: Why.EXPIRED, Seen.FORGED: Why.FORGED, Seen.FOREIGN: Why.FOREIGN,
    Seen.UNREADABLE: Why.UNREADABLE, Seen.UNKNOWN: Why.UNKNOWN,
}  # fmt: skip
_THROUGH = {
    Seen.GREEN: Why.GREEN, Seen.PAPER: Why.NO_CODE, Seen.TALLY: Why.NO_CODE, Seen.NOT_ASKED: Why.NOT_ASKED,
    Seen.CLOCK: Why.CLOCK, Seen.FALLBACK: Why.OLD_LIST,
}  # fmt: skip


def decide(seen: Seen, asks: Collection[Condition], met: Met) -> Said:
    """What is said, the gravest first: a colour, a fever, a code that says nothing, something missing, through."""
    fever = met.temperature is Band.FEVER
    if seen in _COLOUR:
        return Said(Then.ASIDE, _COLOUR[seen], seen, help=fever)
    if fever:
        return Said(Then.ASIDE, Why.FEVER, seen, help=True)
    if seen in _AGAIN:
        return Said(Then.AGAIN, _AGAIN[seen], seen)
    missing = tuple(one for one in Condition if one in asks and not met.has(one))
    if missing:
        return Said(Then.COMPLETE, Why.MISSING, seen, missing)
    return Said(Then.THROUGH, _THROUGH[seen], seen)


LOWEST, HIGHEST = 340, 430  # tenths of a degree that a living person's skin shows


def read_temperature(text: str) -> int | None:
    """Tenths of a degree Celsius from what was typed or what a thermometer types ("36.8", "36,8℃", "368"); None for
    what is no body temperature: it is taken again."""
    plain = unicodedata.normalize("NFKC", text).strip().upper().replace(",", ".").replace("。", ".")
    plain = plain.removeprefix("T").lstrip(":=").removesuffix("C").rstrip("° ")
    digits, _, rest = plain.partition(".")
    if not digits.isascii() or not digits.isdigit() or (rest and not (rest.isascii() and rest.isdigit())):
        return None
    tenths = int(digits) if len(digits) == 3 and not rest else int(digits[:4]) * 10 + int((rest or "0")[0])
    return tenths if LOWEST <= tenths <= HIGHEST else None


def band(tenths: int | None, fever: int) -> Band:
    """The band of a reading; ``fever`` is the protocol's line, in tenths."""
    if tenths is None:
        return Band.NONE
    return Band.FEVER if tenths >= fever else Band.NORMAL


class Entered(StrEnum):
    """Whose line in the register."""

    VISITOR = "visitor"
    VEHICLE = "vehicle"
    RIDER = "rider"  # 快递、外卖


class Called(StrEnum):
    """Whom somebody called as they let a person in need through."""

    AMBULANCE = "ambulance"  # 120
    COMMUNITY = "community"
    NOBODY = "nobody"  # on their way already, or taken by family


class Became(StrEnum):
    """What became of an emergency."""

    HOSPITAL = "hospital"
    HOME = "home"
    WENT_ON = "went_on"
    UNKNOWN = "unknown"  # asked, and nobody knows
