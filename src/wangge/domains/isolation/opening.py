"""One's own order without a code: its number from the paper and something that stands on one's own document."""

from datetime import date
from hmac import compare_digest
from typing import Any
from uuid import UUID

from wangge.base import clock
from wangge.base.access.scope import EVERYTHING
from wangge.domains.isolation.models import Order
from wangge.domains.isolation.queries import whole
from wangge.domains.isolation.rules import OrderState
from wangge.domains.people.queries import details

NUMBER = 8  # hex digits of an order's id that stand on its paper
LAST = 4  # characters of the document, or month and day of birth


def order_numbered(number: str) -> Order | None:
    """The order of an authority whose paper carries a number, also one that is over; None where no paper does.

    ``number``: as it was typed, or the whole id behind the paper's picture. Two orders of one number (one in four
    thousand millions) open nothing: the paper's picture does.
    """
    text = "".join(number.split()).replace("-", "").lower()
    if not set(text) <= set("0123456789abcdef") or len(text) not in (NUMBER, 32):
        return None
    which: dict[str, Any] = {"uuid": UUID(text)} if len(text) == 32 else {"uuid__endswith": text}
    found = Order.objects.within(EVERYTHING).filter(provisional=False, confirmed_at__isnull=False, **which)
    some = list(whole(found.exclude(state=OrderState.PROPOSED))[:2])
    return some[0] if len(some) == 1 else None


def is_theirs(order: Order, typed: str) -> bool:
    """Whether somebody knows the last four of the person's document; of whoever has none, month and day of birth."""
    return compare_digest(_plain(typed).encode(), _expected(details(order.person), order.person.birth_date).encode())


def by_birthday(order: Order) -> bool:
    """Whether no document is known, so that month and day of birth are asked for."""
    return not details(order.person).get("document")


def _expected(known: dict[str, Any], born: date | None) -> str:
    """Never empty: what nobody can type where nothing is known."""
    if document := str(known.get("document", "")):
        return _plain(document)[-LAST:]
    return f"{born:%m%d}" if born else "-" * (LAST + 1)


def _plain(text: str) -> str:
    return "".join(text.split()).upper()


def opens_until(order: Order) -> int:
    """For how many seconds a phone may keep the page: two weeks beyond the order's end, at least an hour."""
    left = order.ends_at - clock.now()
    return max(int(left.total_seconds()) + 14 * 86_400, 3_600)
