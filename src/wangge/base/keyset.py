"""Pages of a long list by where the last one ended: the last page costs what the first one does.

A page number makes the database walk over everything before it. Here a token says after, or before, which row a page
begins; each of the few statements that read it begins in the index where the page does.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)
LAST = "last"  # the token of the last page


@dataclass(frozen=True, slots=True)
class Slice(Generic[M]):
    """Rows of a page and the tokens of its neighbours; '' where there is none."""

    rows: Sequence[M]
    previous: str
    next: str


def cut(found: QuerySet[M], order: Sequence[str], size: int, token: str = "") -> Slice[M]:
    """The page that a token names; the first one without a token, or with one that nobody gave out.

    ``order``: names of fields that are never null, as ``order_by`` takes them, the last one unique.
    """
    back, at = _read(found.model, order, token)
    rows = _beyond(found, _turned(order) if back else order, at, size + 1)
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows = rows[::-1]
    if not rows:
        return Slice([], "", "")
    before = more if back else at is not None
    after = at is not None if back else more
    return Slice(
        rows, _token("b", rows[0], order) if before else "", _token("a", rows[-1], order) if after else "",
    )  # fmt: skip


def _beyond(found: QuerySet[M], order: Sequence[str], at: Sequence[Any] | None, many: int) -> list[M]:
    """The next rows behind some values: first those that share all but the last of them, then all but the last two …"""
    sorted_ = found.order_by(*order)
    if at is None:
        return list(sorted_[:many])
    rows: list[M] = []
    for depth in range(len(order), 0, -1):
        if len(rows) < many:
            same = Q(**{_name(one): value for one, value in zip(order[: depth - 1], at, strict=False)})
            last = order[depth - 1]
            beyond = Q(**{f"{_name(last)}__{'lt' if last.startswith('-') else 'gt'}": at[depth - 1]})
            rows += sorted_.filter(same & beyond)[: many - len(rows)]
    return rows


def _turned(order: Sequence[str]) -> list[str]:
    return [one[1:] if one.startswith("-") else f"-{one}" for one in order]


def _name(one: str) -> str:
    return one.removeprefix("-")


def _token(way: str, row: Model, order: Sequence[str]) -> str:
    values = json.dumps([getattr(row, _name(one)) for one in order], cls=_Whole)
    return way + urlsafe_b64encode(values.encode()).decode().rstrip("=")


class _Whole(DjangoJSONEncoder):
    """Instants with their microseconds: cut to thousandths, a row would come twice."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if hasattr(value, "isoformat") else super().default(value)


def _read(model: type[Model], order: Sequence[str], token: str) -> tuple[bool, list[Any] | None]:
    if token == LAST:
        return True, None
    if token[:1] not in ("a", "b"):
        return False, None
    try:
        values = json.loads(urlsafe_b64decode(token[1:] + "=" * (-len(token[1:]) % 4)))
        fields = [model._meta.get_field(_name(one)) for one in order]
        at = [field.to_python(value) for field, value in zip(fields, values, strict=True)]  # type: ignore[union-attr]
    except (ValueError, TypeError, AttributeError, ValidationError, FieldDoesNotExist, OverflowError):
        return False, None
    return token[0] == "b", None if None in at else at
