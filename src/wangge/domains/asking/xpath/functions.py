"""The functions of the subset. Each builder gets its arguments compiled and yields a piece, or refuses."""

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from wangge.domains.asking.xpath.kinds import (
    SPACES,
    Kind,
    Moment,
    any_number,
    date_number,
    date_of,
    joined,
    list_of,
    units,
)
from wangge.domains.asking.xpath.patterns import matcher
from wangge.domains.asking.xpath.pieces import (
    Count,
    Piece,
    Say,
    Test,
    as_condition,
    as_number,
    as_text,
    condition,
    day,
    mixed,
    number,
    text,
)
from wangge.domains.asking.xpath.refusals import Refused

Build = Callable[[int, Sequence[Piece]], Piece]
MANY = 100
T = TypeVar("T")


def _not(at: int, parts: Sequence[Piece]) -> Piece:
    test = as_condition(parts[0])
    return condition(at, lambda m: not test(m))


def _truth(value: bool) -> Build:
    return lambda at, parts: condition(at, lambda m: value)


def _if(at: int, parts: Sequence[Piece]) -> Piece:
    test, (yes, no) = as_condition(parts[0]), parts[1:]
    if yes.test is not None and no.test is not None:
        return condition(at, _choose(test, yes.test, no.test))
    if yes.kind is no.kind and not (yes.is_text and no.is_text) and yes.count and no.count:
        return Piece(yes.kind, at, _choose(test, yes.say, no.say) if yes.say and no.say else None,
                     _choose(test, yes.count, no.count))  # fmt: skip
    say = _choose(test, as_text(yes), as_text(no))
    return text(at, say) if yes.is_text and no.is_text and yes.kind is no.kind is Kind.TEXT else mixed(at, say)


def _choose(test: Test, yes: Callable[[Moment], T], no: Callable[[Moment], T]) -> Callable[[Moment], T]:
    return lambda m: yes(m) if test(m) else no(m)


def _coalesce(at: int, parts: Sequence[Piece]) -> Piece:
    first, second = (as_text(part) for part in parts)
    return text(at, lambda m: first(m) or second(m))


def _once(at: int, parts: Sequence[Piece]) -> Piece:
    """What was worked out the first time stays: the answer at hand where there is one."""
    say = as_text(parts[0])
    return text(at, lambda m: m.here or say(m))


def _selected(at: int, parts: Sequence[Piece]) -> Piece:
    chosen, name = (as_text(part) for part in parts)
    if (literal := parts[1].literal) is not None:
        wanted = literal.strip(SPACES)
        return condition(at, lambda m: wanted in list_of(chosen(m)))
    return condition(at, lambda m: name(m).strip(SPACES) in list_of(chosen(m)))


def _count_selected(at: int, parts: Sequence[Piece]) -> Piece:
    say = as_text(parts[0])
    return number(at, lambda m: float(len(list_of(chosen))) if (chosen := say(m).strip(SPACES)) else 0.0)


def _selected_at(at: int, parts: Sequence[Piece]) -> Piece:
    say, place = as_text(parts[0]), as_number(parts[1])

    def chosen(m: Moment) -> str:
        names, which = list_of(say(m)), _whole(place(m))
        return names[int(which)] if 0 <= which < len(names) else ""

    return text(at, chosen)


def _whole(value: float) -> float:
    """As the phone reads a place: the digits before the point of what is written."""
    return float(math.trunc(value)) if abs(value) < 1e21 else math.nan


def _substr(at: int, parts: Sequence[Piece]) -> Piece:
    say, start = as_text(parts[0]), as_number(parts[1])
    end: Count = as_number(parts[2]) if len(parts) > 2 else lambda m: math.inf

    def cut(m: Moment) -> str:
        whole = units(say(m))
        first = _place(_whole(start(m)), len(whole))
        last = len(whole) if len(parts) < 3 else _place(_whole(end(m)), len(whole))
        return joined(whole[first:last]) if 0 <= first <= last else ""

    return text(at, cut)


def _place(value: float, length: int) -> int:
    """A place in a text, from its end where it is negative; -1 where there is none."""
    if value != value:
        return -1
    return int(min(max(0, value + length if value < 0 else value), length))


def _length(at: int, parts: Sequence[Piece]) -> Piece:
    say = as_text(parts[0])
    return number(at, lambda m: float(len(units(say(m)))))


def _pair(does: Callable[[str, str], bool]) -> Build:
    def build(at: int, parts: Sequence[Piece]) -> Piece:
        whole, part = (as_text(one) for one in parts)
        return condition(at, lambda m: does(whole(m), part(m)))

    return build


def _concat(at: int, parts: Sequence[Piece]) -> Piece:
    says: list[Say] = [as_text(part) for part in parts]
    return text(at, lambda m: "".join([say(m) for say in says]))


def _string(at: int, parts: Sequence[Piece]) -> Piece:
    return text(at, as_text(parts[0]))


def _normalize(at: int, parts: Sequence[Piece]) -> Piece:
    say = as_text(parts[0])
    return text(at, lambda m: " ".join(list_of(say(m))))


def _before(at: int, parts: Sequence[Piece]) -> Piece:
    whole, part = (as_text(one) for one in parts)
    return text(at, lambda m: _head(whole(m), part(m)))


def _head(whole: str, part: str) -> str:
    head, found, _ = whole.partition(part) if part else ("", "", "")
    return head if found else ""


def _regex(at: int, parts: Sequence[Piece]) -> Piece:
    say, pattern = as_text(parts[0]), parts[1].literal
    if pattern is None:
        raise Refused("pattern_not_written", parts[1].at)
    matches = matcher(pattern, parts[1].at)
    return condition(at, lambda m: matches(say(m)))


def _number(at: int, parts: Sequence[Piece]) -> Piece:
    if parts[0].kind in (Kind.TEXT, Kind.MIXED) and parts[0].say:
        say = parts[0].say
        return number(at, lambda m: any_number(say(m), m.at))
    return number(at, as_number(parts[0]))


def _float(does: Callable[[float], float]) -> Build:
    def build(at: int, parts: Sequence[Piece]) -> Piece:
        count = as_number(parts[0])
        return number(at, lambda m: does(value) if math.isfinite(value := count(m)) else value)

    return build


def _round(at: int, parts: Sequence[Piece]) -> Piece:
    """Half goes away from zero. The days between two dates become exact by it."""
    if parts[0].kind is Kind.SPAN and len(parts) == 1:
        count = parts[0].count
        assert count is not None  # a span counts
        return number(at, lambda m: _rounded(count(m), 0.0))
    value = as_number(parts[0])
    places: Count = as_number(parts[1]) if len(parts) > 1 else lambda m: 0.0
    return number(at, lambda m: _rounded(value(m), places(m)))


def _rounded(value: float, places: float) -> float:
    try:
        shifted = abs(value) * 10.0**places
        if not math.isfinite(shifted) or shifted >= 2.0**52:
            return value if math.isfinite(shifted) else math.nan
        down = math.floor(shifted)
        return math.copysign((down + (shifted - down >= 0.5)) / 10.0**places, value)
    except (OverflowError, ZeroDivisionError):
        return math.nan


def _most(does: Callable[[Sequence[float]], float]) -> Build:
    def build(at: int, parts: Sequence[Piece]) -> Piece:
        counts = [as_number(part) for part in parts]

        def found(m: Moment) -> float:
            values = [count(m) for count in counts]
            return math.nan if any(value != value for value in values) else does(values)

        return number(at, found)

    return build


def _date(at: int, parts: Sequence[Piece]) -> Piece:
    """Only of a date that is written there: the phone refuses the date of an answer."""
    written = parts[0].literal
    if written is None or date_of(written) is None:
        raise Refused("xpath_date_written", parts[0].at)
    days = date_number(written)
    return day(at, lambda m: days)


def _today(at: int, parts: Sequence[Piece]) -> Piece:
    return day(at, lambda m: m.today)


def _now(at: int, parts: Sequence[Piece]) -> Piece:
    return Piece(Kind.DATETIME, at, lambda m: m.at.isoformat(timespec="milliseconds"), lambda m: m.now)


def _boolean(at: int, parts: Sequence[Piece]) -> Piece:
    say = as_text(parts[0])
    return condition(at, lambda m: say(m) in ("1", "true"))


#: By name: the fewest and the most arguments, and the builder.
FUNCTIONS: dict[str, tuple[int, int, Build]] = {
    "not": (1, 1, _not),
    "true": (0, 0, _truth(True)),
    "false": (0, 0, _truth(False)),
    "boolean-from-string": (1, 1, _boolean),
    "if": (3, 3, _if),
    "coalesce": (2, 2, _coalesce),
    "once": (1, 1, _once),
    "selected": (2, 2, _selected),
    "count-selected": (1, 1, _count_selected),
    "selected-at": (2, 2, _selected_at),
    "string": (1, 1, _string),
    "string-length": (1, 1, _length),
    "substr": (2, 3, _substr),
    "substring-before": (2, 2, _before),
    "normalize-space": (1, 1, _normalize),
    "contains": (2, 2, _pair(lambda whole, part: part in whole)),
    "starts-with": (2, 2, _pair(str.startswith)),
    "ends-with": (2, 2, _pair(str.endswith)),
    "concat": (1, MANY, _concat),
    "regex": (2, 2, _regex),
    "number": (1, 1, _number),
    "int": (1, 1, _float(lambda value: float(math.trunc(value)))),
    "round": (1, 2, _round),
    "floor": (1, 1, _float(lambda value: float(math.floor(value)))),
    "ceiling": (1, 1, _float(lambda value: float(math.ceil(value)))),
    "abs": (1, 1, _float(abs)),
    "min": (1, MANY, _most(min)),
    "max": (1, MANY, _most(max)),
    "date": (1, 1, _date),
    "today": (0, 0, _today),
    "now": (0, 0, _now),
}
