"""A compiled part of an expression, and how one kind is taken for another.

What the clients do not do alike is refused: a date as a number, a text as a condition, days that are not rounded.
"""

from collections.abc import Callable
from dataclasses import dataclass

from wangge.domains.asking.xpath.kinds import (
    Kind,
    Moment,
    any_number,
    date_number,
    date_text,
    datetime_number,
    number_of,
    text_of,
)
from wangge.domains.asking.xpath.refusals import Refused

Say = Callable[[Moment], str]
Count = Callable[[Moment], float]
Test = Callable[[Moment], bool]
TIMES = frozenset({Kind.DATE, Kind.DATETIME, Kind.DAYS})


@dataclass(frozen=True, slots=True)
class Piece:
    """``say``, ``count`` and ``test``: what it is as text, as a number and as a condition; None where it is none.

    ``node``: it stands for an answer as it was given. ``literal``: what is written between quotation marks.
    """

    kind: Kind
    at: int
    say: Say | None = None
    count: Count | None = None
    test: Test | None = None
    node: bool = False
    literal: str | None = None

    @property
    def is_time(self) -> bool:
        return self.kind in TIMES

    @property
    def is_text(self) -> bool:
        """Compared as text with other text: an answer, whatever it holds, or text."""
        return self.node or self.kind is Kind.TEXT


def text(at: int, say: Say, literal: str | None = None) -> Piece:
    return Piece(Kind.TEXT, at, say, lambda m: any_number(say(m), m.at), literal=literal)


def mixed(at: int, say: Say) -> Piece:
    return Piece(Kind.MIXED, at, say, lambda m: any_number(say(m), m.at))


def number(at: int, count: Count) -> Piece:
    return Piece(Kind.NUMBER, at, lambda m: text_of(count(m)), count)


def condition(at: int, test: Test) -> Piece:
    return Piece(Kind.BOOLEAN, at, test=test)


def day(at: int, count: Count) -> Piece:
    return Piece(Kind.DATE, at, lambda m: date_text(count(m)), count)


def answer(at: int, kind: Kind, say: Say) -> Piece:
    """An answer as it was given, of the kind of its question."""
    counts: dict[Kind, Count] = {
        Kind.NUMBER: lambda m: number_of(say(m)),
        Kind.DATE: lambda m: date_number(say(m)),
        Kind.DATETIME: lambda m: datetime_number(say(m), m.at),
    }
    return Piece(kind, at, say, counts.get(kind, lambda m: any_number(say(m), m.at)), node=True)


def as_text(piece: Piece) -> Say:
    """What is written of it. Raises Refused for a condition and for days, which the phone writes otherwise."""
    if piece.say is not None:
        return piece.say
    raise Refused("xpath_condition_as_text" if piece.kind is Kind.BOOLEAN else "xpath_days_as_text", piece.at)


def as_number(piece: Piece) -> Count:
    """What it counts. Raises Refused for conditions and dates."""
    if piece.kind is Kind.SPAN:
        raise Refused("xpath_span_rounded", piece.at)
    if piece.count is None or piece.is_time:
        raise Refused("xpath_no_number", piece.at)
    return piece.count


def as_condition(piece: Piece) -> Test:
    """Whether it holds. Raises Refused for what is no comparison: the clients do not agree on what is true."""
    if piece.test is None:
        raise Refused("xpath_no_condition", piece.at)
    return piece.test
