"""Pages by where they begin: forwards and backwards each row comes once, whatever happens in between."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wangge.base import clock
from wangge.base.access.models import Tries
from wangge.base.keyset import LAST, Slice, cut

pytestmark = pytest.mark.django_db
TOKENS = ("x", "a", "b!!!", "aW10", "aWzEsIm5vdCBhIGRheSIsM10", "b" + "A" * 400, "\0", "page=2")
ORDER = ("-count", "since", "key")


@pytest.fixture
def rows() -> list[str]:
    """Twenty-three, many of them with the same values but the last; their keys in order."""
    now = clock.now()
    for number in range(23):
        Tries.objects.create(key=f"{number}", since=now + timedelta(microseconds=number % 4), count=number % 2)
    return list(Tries.objects.order_by(*ORDER).values_list("pk", flat=True))


def page(token: str = "", size: int = 5) -> Slice[Tries]:
    return cut(Tries.objects.all(), ORDER, size, token)


def keys(one: Slice[Tries]) -> list[str]:
    return [row.pk for row in one.rows]


def test_forwards_each_row_comes_once_and_in_order(rows: list[str]) -> None:
    seen, one = list[str](), page()
    assert one.previous == ""
    while True:
        seen += keys(one)
        if not one.next:
            break
        one = page(one.next)
        assert one.previous
    assert seen == rows


def test_backwards_from_the_last_page_too(rows: list[str]) -> None:
    pages, one = list[list[str]](), page(LAST)
    assert one.next == ""
    while True:
        pages.insert(0, keys(one))
        if not one.previous:
            break
        one = page(one.previous)
        assert one.next
    assert [key for some in pages for key in some] == rows


def test_there_and_back_is_the_same_page(rows: list[str]) -> None:
    second = page(page().next)
    assert keys(page(page(second.next).previous)) == keys(second) == rows[5:10]


def test_what_is_over_in_between_moves_nothing(rows: list[str]) -> None:
    one = page()
    Tries.objects.filter(pk__in=rows[:5]).delete()
    assert keys(page(one.next)) == rows[5:10], "a page number would have left five out"


def test_the_last_page_is_read_with_as_few_statements_as_any(rows: list[str]) -> None:
    with CaptureQueriesContext(connection) as seen:
        page(LAST)
    assert len(seen) == 1
    with CaptureQueriesContext(connection) as seen:
        page(page().next)
    assert len(seen) - 1 <= len(ORDER)


@pytest.mark.parametrize("token", TOKENS)
def test_what_nobody_gave_out_is_the_first_page(rows: list[str], token: str) -> None:
    assert keys(page(token)) == rows[:5]


def test_an_empty_list_has_no_neighbours() -> None:
    assert [page(token) for token in ("", LAST)] == [Slice([], "", "")] * 2


def test_every_size(rows: list[str]) -> None:
    for size in (1, 22, 23, 24):
        one = page(size=size)
        assert keys(one) == rows[:size]
        assert bool(one.next) is (size < len(rows))
