"""The public search of risk areas: as one types, and not as fast as a script can."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from wangge.base import clock
from wangge.base.access.by import SYSTEM
from wangge.demo.small import Small
from wangge.domains.risk.actions import take_list
from wangge.domains.risk.inputs import Named, Published
from wangge.domains.risk.rules import Level
from wangge.web import areas

AREA = Named("山西省", "云州市", "松原区", "学府小区7栋")
Search = Callable[..., Any]


@pytest.fixture
def search(tiny: Small, monkeypatch: pytest.MonkeyPatch) -> Search:
    """Three searches are allowed."""
    at = clock.now() - timedelta(days=10)
    take_list(published=Published(at, {AREA.key: Level.HIGH}, {AREA.key: AREA}), by=SYSTEM)
    monkeypatch.setattr(areas, "MOST", 3)
    client = Client()
    client.cookies["django_language"] = "en"

    def ask(name: str = "areas-json", at: str = "203.0.113.5", **more: Any) -> Any:
        return client.get(reverse(name), {"q": "学府"} | more.pop("typed", {}), REMOTE_ADDR=at, **more)

    return ask


def test_as_one_types_nothing_is_refused() -> None:
    """Every key of a long name, several names one after the other, for everybody of a household."""
    assert areas.MOST >= 20 * 10 * 3


def test_who_searches_too_often_waits(search: Search) -> None:
    assert [search().status_code for _ in range(3)] == [200] * 3
    answer = search(typed={"around": "云州松原"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert "Very many searches" in answer.json()["error"]
    assert search(at="203.0.113.6").json()["areas"][0]["name"].endswith("学府小区7栋")
    with clock.held(clock.now() + areas.WITHIN):
        assert search().status_code == 200


def test_the_page_counts_with_it_and_says_so_in_words(search: Search) -> None:
    assert [search("areas").status_code for _ in range(3)] == [200] * 3
    answer = search("areas")
    assert (answer.status_code, answer["Retry-After"]) == (429, "600")
    assert "Very many searches" in answer.text
    assert "学府小区7栋" not in answer.text
    typing = search("areas", HTTP_HX_REQUEST="true")
    assert typing.status_code == 422  # which htmx puts into the page
    assert "Very many searches" in typing.text[typing.text.index('id="found"') :]
    assert search("areas", typed={"q": ""}).status_code == 200  # the empty page is no search


def test_wrong_days_are_said_and_not_counted(search: Search) -> None:
    for _ in range(4):
        assert search(typed={"first": "x"}).status_code == 422
    assert "These days cannot be read" in search("areas", typed={"first": "x"}).text
    assert search().status_code == 200
