"""Lists page by page, by key and never by counting rows off. A cursor is sealed: it says nothing and cannot be made."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from ninja import Field, Schema

from wangge.base import sealing
from wangge.base.ids import derived
from wangge.base.keys import KeyMissing
from wangge.base.problems import Problem

M = TypeVar("M", bound=Model)
T = TypeVar("T")
MOST = 500


class Paging(Schema):
    """``after`` is the ``next`` of the page before; without it the list begins."""

    after: str = Field("", max_length=400)
    limit: int = Field(100, ge=1, le=MOST)


class Page(Schema, Generic[T]):
    """One page; ``next`` is null at the end of the list."""

    items: list[T]
    next: str | None


def write_cursor(kind: str, key: int | str) -> str:
    """A place in a list of one kind."""
    sealed = sealing.seal(f"cursor:{kind}", derived("cursor", kind), {"after": key})
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def read_cursor(kind: str, text: str) -> Any:
    """The key in a cursor of this kind; None for ''. Raises Problem for one that was not made here for this list."""
    if not text:
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return sealing.unseal(f"cursor:{kind}", derived("cursor", kind), raw)["after"]
    except (ValueError, binascii.Error, IndexError, KeyError, KeyMissing, sealing.Tampered) as error:
        raise Problem("cursor_wrong", field="after") from error


def page(rows: QuerySet[M], kind: str, paging: Paging, key: str = "pk") -> tuple[list[M], str | None]:
    """A page in order of a unique key, and the cursor to go on from."""
    return page_of([rows], kind, paging, key)


def page_of(parts: Sequence[QuerySet[M]], kind: str, paging: Paging, key: str) -> tuple[list[M], str | None]:
    """The same of several choices put together; what is in two of them comes once."""
    after = read_cursor(kind, paging.after)
    found: dict[Any, M] = {}
    for rows in parts:
        rows = rows if after is None else rows.filter(**{f"{key}__gt": after})
        found |= {getattr(one, key): one for one in rows.order_by(key)[: paging.limit + 1]}
    keys = sorted(found)
    shown = [found[one] for one in keys[: paging.limit]]
    return shown, write_cursor(kind, getattr(shown[-1], key)) if len(keys) > paging.limit else None
