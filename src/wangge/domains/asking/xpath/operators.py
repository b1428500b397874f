"""What stands between operands: and, or, comparisons and arithmetic."""

import math
import operator
from collections.abc import Callable, Sequence

from wangge.domains.asking.xpath.kinds import Kind
from wangge.domains.asking.xpath.pieces import Count, Piece, as_condition, as_number, as_text, condition, number
from wangge.domains.asking.xpath.refusals import Refused

_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_SUM: dict[str, Callable[[float, float], float]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def operation(sign: str, parts: Sequence[Piece], at: int) -> Piece:
    """The piece that an operator makes of its operands. Raises Refused."""
    if sign in ("and", "or"):
        return _logic(sign, parts, at)
    if len(parts) == 1:
        count = as_number(parts[0])
        return number(at, lambda m: -count(m))
    left, right = parts
    if sign in ("=", "!="):
        return _same(sign, left, right, at)
    if sign in _ORDER:
        return _ordered(sign, left, right, at)
    return _arithmetic(sign, left, right, at)


def _logic(sign: str, parts: Sequence[Piece], at: int) -> Piece:
    tests = [as_condition(part) for part in parts]
    if len(tests) == 2:
        first, second = tests
        if sign == "and":
            return condition(at, lambda m: first(m) and second(m))
        return condition(at, lambda m: first(m) or second(m))
    if sign == "and":
        return condition(at, lambda m: all(test(m) for test in tests))
    return condition(at, lambda m: any(test(m) for test in tests))


def _same(sign: str, left: Piece, right: Piece, at: int) -> Piece:
    equal = sign == "="
    if left.test is not None and right.test is not None:
        one, other = left.test, right.test
        return condition(at, lambda m: (one(m) is other(m)) is equal)
    _refuse_comparing(left, right, at)
    if Kind.MIXED in (left.kind, right.kind):
        raise Refused("xpath_mixed_compared", at)
    if left.is_text and right.is_text:
        return _same_text(equal, left, right, at)
    if left.is_time is not right.is_time:
        raise Refused("xpath_date_with_other", at)
    a, b = _counts(left, right)
    return condition(at, lambda m: (a(m) == b(m)) is equal)


def _same_text(equal: bool, left: Piece, right: Piece, at: int) -> Piece:
    if left.literal is not None:
        left, right = right, left
    one, other, literal = as_text(left), as_text(right), right.literal
    if literal is None:
        return condition(at, lambda m: (one(m) == other(m)) is equal)
    if equal:
        return condition(at, lambda m: one(m) == literal)
    return condition(at, lambda m: one(m) != literal)


def _ordered(sign: str, left: Piece, right: Piece, at: int) -> Piece:
    _refuse_comparing(left, right, at)
    if left.is_time is not right.is_time:
        raise Refused("xpath_date_with_other", at)
    compare, (a, b) = _ORDER[sign], _counts(left, right)
    return condition(at, lambda m: compare(a(m), b(m)))


def _refuse_comparing(left: Piece, right: Piece, at: int) -> None:
    if Kind.SPAN in (left.kind, right.kind):
        raise Refused("xpath_span_rounded", at)
    if Kind.BOOLEAN in (left.kind, right.kind):
        raise Refused("xpath_condition_compared", at)


def _counts(left: Piece, right: Piece) -> tuple[Count, Count]:
    assert left.count is not None  # only conditions have none, and they are refused before
    assert right.count is not None
    return left.count, right.count


def _arithmetic(sign: str, left: Piece, right: Piece, at: int) -> Piece:
    if left.is_time or right.is_time:
        return _with_days(sign, left, right, at)
    a, b = as_number(left), as_number(right)
    if sign in _SUM:
        does = _SUM[sign]
        return number(at, lambda m: does(a(m), b(m)))
    divide = _quotient if sign == "div" else _remainder
    return number(at, lambda m: divide(a(m), b(m)))


def _with_days(sign: str, left: Piece, right: Piece, at: int) -> Piece:
    """A date moved by days, or the days between two."""
    if sign == "-" and left.is_time and right.is_time:
        a, b = _counts(left, right)
        return Piece(Kind.SPAN, at, count=lambda m: a(m) - b(m))
    if sign not in ("+", "-") or (right.is_time and (sign == "-" or left.is_time)):
        raise Refused("xpath_date_arithmetic", at)
    as_number(right if left.is_time else left)
    (a, b), does = _counts(left, right), _SUM[sign]
    return Piece(Kind.DAYS, at, count=lambda m: does(a(m), b(m)))


def _quotient(a: float, b: float) -> float:
    if b:
        return a / b
    if not a or a != a or b != b:
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def _remainder(a: float, b: float) -> float:
    """With the sign of the first, as in JavaScript."""
    if b == 0 or math.isinf(a) or a != a or b != b:
        return math.nan
    return math.fmod(a, b)
