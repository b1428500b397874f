"""Which place a text means: candidates with reasons, and a choice only where one stands alone.

Short names are ambiguous (双一社区 has three candidates in 迎泽区), so nothing here picks between two.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from wangge.domains.places.rules import Kind
from wangge.domains.places.spelling import PART, ROADS, Written, digits, normalise, short_name, verbatim, written


class Reason(StrEnum):
    """Why a place is a candidate, the strongest first."""

    EXACT = "exact"  # the official name or its short form, letter by letter
    OFFICIAL = "official"  # the same name with another word for the committee, or without one
    ADDRESS = "address"  # building, unit and door, each inside the one before
    ALIAS = "alias"  # another name people use, kept with the place
    NUMERALS = "numerals"  # the same but for 4 and 四, 3栋 and 三号楼
    ENDING = "ending"  # a village named as a community, or the other way round
    ABBREVIATION = "abbreviation"  # 并四 for 并州东街四
    PART = "part"  # some of the name in one piece


#: A score is a tier, not a likelihood. From ENDING up the whole name was written.
SCORE = {
    Reason.EXACT: 100, Reason.OFFICIAL: 90, Reason.ADDRESS: 85, Reason.ALIAS: 80, Reason.NUMERALS: 70,
    Reason.ENDING: 60, Reason.ABBREVIATION: 40, Reason.PART: 20,
}  # fmt: skip
WHOLE = SCORE[Reason.ENDING]
#: Places whose names are mostly a number and a word for what they are.
PLATES = frozenset(PART)


@dataclass(frozen=True, slots=True)
class Name:
    """A place as resolving sees it. ``key`` is the caller's own."""

    key: int
    text: str
    kind: Kind
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate and why."""

    key: int
    reason: Reason

    @property
    def score(self) -> int:
        return SCORE[self.reason]


@dataclass(frozen=True, slots=True)
class Resolution:
    """All candidates, best first."""

    matches: tuple[Match, ...]

    @property
    def best(self) -> tuple[Match, ...]:
        """The candidates of the best tier."""
        return tuple(match for match in self.matches if match.score == self.matches[0].score)

    @property
    def chosen(self) -> Match | None:
        """The one candidate that stands alone in the best tier. A mere part of a name is only ever proposed."""
        best = self.best
        return best[0] if len(best) == 1 and best[0].reason is not Reason.PART else None


def resolve(text: str, names: Iterable[Name]) -> list[Match]:
    """The candidates for a text among some names, best first, then in the order given."""
    said = written(text)
    if not said.plain:
        return []
    found = ((name, why(said, name)) for name in names)
    matches = [Match(name.key, reason) for name, reason in found if reason]
    return sorted(matches, key=lambda match: -match.score)


def why(text: Written, name: Name) -> Reason | None:
    """The strongest reason for which a text can mean a place; None when there is none."""
    own = written(name.text, name.kind)
    if text.plain in (own.plain, normalise(short_name(name.text, name.kind))):
        return Reason.EXACT
    if name.kind in PLATES:
        text = written(text.plain, name.kind)  # 3栋 is 3号楼 when it is compared with a building
    if reason := _whole(text, own, name.kind) or _whole(verbatim(text.plain), own, name.kind):
        return reason
    if any(_is_alias(text, alias, name.kind) for alias in name.aliases):
        return Reason.ALIAS
    if text.kinds and name.kind not in text.kinds:
        return None
    if text.bare == own.bare:
        return Reason.ENDING
    if abbreviates(text.tokens, own.tokens):
        return Reason.ABBREVIATION
    return Reason.PART if _piece(text.tokens, own.tokens) else None


def abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether people would shorten a name so: its first character, its last that matters, in order between.

    A road's last character does not matter (双北 is 双塔北路); a number does, whole: 并四 is not 并州东街十四.
    """
    if not 2 <= len(short) < len(long) or short[0] != long[0]:
        return False
    end = len(long)
    while end > 2 and short[-1] != long[end - 1] and long[end - 1] in ROADS:
        end -= 1
    rest = iter(long[1 : end - 1])
    return short[-1] == long[end - 1] and all(token in rest for token in short[1:-1])


def _whole(text: Written, own: Written, kind: Kind) -> Reason | None:
    """The reason when the whole name was written, be it with another ending that means the same."""
    if text.kinds and (kind not in text.kinds or (own.kinds and own.kinds != text.kinds)):
        return None
    if text.stem == own.stem:
        return Reason.OFFICIAL
    return Reason.NUMERALS if text.counted == own.counted else None


def _is_alias(text: Written, alias: str, kind: Kind) -> bool:
    other = written(alias, kind)
    return text.plain == other.plain or _whole(text, other, kind) is not None


def _piece(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the tokens stand in the other text in one piece. A single one says too little."""
    width = len(short)
    return width > 1 and any(long[at : at + width] == short for at in range(len(long) - width + 1))


@dataclass(frozen=True, slots=True)
class Address:
    """A text whose end names a building, unit or door; ``head`` is what stands before, '' for nothing."""

    head: str
    parts: tuple[tuple[Kind, str], ...]


_BUILDING = r"(?P<building>[甲乙丙丁东西南北]?\d{1,4}[a-z]?|[a-z])"
_WORDS = re.compile(
    rf"^(?P<head>.*?)(?:{_BUILDING}(?:号楼|#楼|栋|幢|座|#))?(?:(?P<unit>[东西中]|\d{{1,2}})(?:单元|门洞))?"
    r"(?:(?P<door>\d{2,5}[a-z]?)(?:号?室|号|户)?)?$"
)
_DASHES = (
    re.compile(r"^(?P<head>.*?)(?P<building>\d{1,4})-(?P<unit>\d{1,2})-(?P<door>\d{2,5})(?:号?室|号|户)?$"),
    re.compile(r"^(?P<head>.*?)(?P<building>\d{1,4})-(?P<unit>)(?P<door>\d{3,5})(?:号?室|号|户)?$"),
    re.compile(r"^(?P<head>.*?)(?P<building>\d{1,4})-(?P<unit>\d{1,2})(?P<door>)$"),
)


def split_address(text: str) -> Address | None:
    """Take building, unit and door off the end: 水产宿舍3-2-501 and 水产宿舍3号楼2单元501室 are the same.

    None when neither a building nor a unit is named: a bare 501 is a name like any other.
    """
    plain = digits(normalise(text))
    found = next((match for form in (*_DASHES, _WORDS) if (match := form.match(plain))), None)
    if found is None or not (found["building"] or found["unit"]):
        return None
    wanted = ((Kind.BUILDING, "building"), (Kind.UNIT, "unit"), (Kind.HOUSEHOLD, "door"))
    return Address(found["head"], tuple((kind, found[group]) for kind, group in wanted if found[group]))
