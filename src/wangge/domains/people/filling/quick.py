"""Rows written as nearly all rows are: an ID card, at most one mobile number, nothing to be made uniform.

What is answered here is what ``inputs.read_person_row`` says of the row, word for word (a test holds the two
together); every other row is left to it. A number is checked by its three parts, each worked out once: the area and
the sequence repeat from row to row, and there are no more than some 60,000 dates of birth.
"""

from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple
from unicodedata import is_normalized

from wangge.base import clock
from wangge.domains.people.inputs import EARLIEST, LONGEST_NAME, LONGEST_RELATION, SEXES
from wangge.domains.people.phones import is_mobile
from wangge.domains.people.rules import CHECK, WEIGHTS, day_in, normal_name
from wangge.domains.places.addresses import PARTS

OTHERWISE = frozenset("89")  # how residence permits begin, which are built like an ID card
WHERE = ("address", *PARTS)
_MOST = 100_000  # parts of numbers kept: there are fewer that can be


class Plain(NamedTuple):
    """Who a row is. ``plain_name`` is how names are compared, ``born`` the birth date as text (ISO 8601)."""

    name: str
    plain_name: str
    sex: str
    birth_date: date
    born: str
    document: str
    phone: str
    relation: str


class Quick:
    """Reads the rows of one file, whose columns are these fields ('' for none)."""

    def __init__(self, columns: Sequence[str]) -> None:
        at = {field: index for index, field in enumerate(columns, 1) if field}

        def cells(*fields: str) -> Callable[[Sequence[str]], tuple[str, ...]]:
            return itemgetter(*(at.get(field, 0) for field in fields))

        self._blanks = [""] * (len(columns) + 1)

        self.where = cells(*WHERE)  # of wide cells
        self._person = cells("name", "document", "sex", "birth_date", "phone", "phone_2", "relation")
        self._areas, self._days, self._tails = _Areas(), _Days(), _Tails()

    def wide(self, cells: Sequence[str]) -> list[str]:
        """The cells behind an empty one, which stands for every field without a column; a short row is filled up."""
        return ["", *cells, *self._blanks[len(cells) + 1 :]]

    def read(self, wide: Sequence[str]) -> Plain | None:
        """Who it is; None where that needs more than a look."""
        name, number, said, born, phone, other, relation = self._person(wide)
        area, day, tail = self._areas[number[:6]], self._days[number[6:14]], self._tails[number[14:]]
        if not (area and day and tail) or (area + day[0] + tail[0]) % 11 != 1:
            return None
        sex = SEXES.get(said)
        if (
            sex is None or other
            or not (name.isalpha() and is_normalized("NFKC", name) and len(name) <= LONGEST_NAME)
            or (phone and not is_mobile(phone))
            or (born and born != day[2] and born != number[6:14])
            or (relation and not (relation.isalnum() and len(relation) <= LONGEST_RELATION))
        ):  # fmt: skip
            return None
        sex = tail[1] if sex == "unknown" else sex
        return Plain(name, normal_name(name), sex, day[1], day[2], number, phone, relation)


class _Parts(dict[str, Any]):
    """What each part of a number means, worked out when it is first seen; nothing is kept of what cannot be."""

    def __missing__(self, part: str) -> Any:
        found = self.work_out(part) if part.isascii() else None
        if found is not None and len(self) < _MOST:
            self[part] = found
        return found

    def work_out(self, part: str) -> Any:
        raise NotImplementedError


class _Areas(_Parts):
    """Digits 1 to 6: their weighted sum. It is never 0: no area begins with it and no weight is 0."""

    def work_out(self, part: str) -> int | None:
        can_be = len(part) == 6 and part.isdigit() and part[0] not in OTHERWISE
        return _sum(part, 0) or None if can_be else None


class _Days(_Parts):
    """Digits 7 to 14: their weighted sum, the date, and the date as text; no date of the future."""

    def work_out(self, part: str) -> tuple[int, date, str] | None:
        born = day_in("000000" + part) if len(part) == 8 and part.isdigit() else None
        return (_sum(part, 6), born, born.isoformat()) if born and EARLIEST <= born <= clock.today() else None


class _Tails(_Parts):
    """Characters 15 to 18: the weighted sum with the check digit in it, and the sex."""

    def work_out(self, part: str) -> tuple[int, str] | None:
        if len(part) != 4 or not part[:3].isdigit() or part[3] not in CHECK:
            return None
        check = 10 if part[3] == "X" else int(part[3])
        return _sum(part[:3], 14) + check, "male" if part[2] in "13579" else "female"


def _sum(digits: str, first: int) -> int:
    """The weighted sum of digits that stand at ``first`` (from 0). Of a whole number that is right it is 1 modulo 11
    with the check digit added (ISO 7064 MOD 11-2)."""
    return sum(int(digit) * WEIGHTS[at] for at, digit in enumerate(digits, first))
