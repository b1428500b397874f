"""Whoever a plan takes away hears of it before the door opens; another plan says it anew; who stays hears no more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.domains.transfer.taking import Taking

from wangge.base import clock, worker
from wangge.base.access.by import SYSTEM
from wangge.base.access.scope import EVERYTHING
from wangge.domains.messages.models import Message
from wangge.domains.messages.queries import own_values
from wangge.domains.messages.rules import State
from wangge.domains.transfer import actions

city = city_fixture(at=afternoon, answered=True)


@pytest.fixture
def taking(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Taking]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Taking(tiny)


def told(*states: State) -> list[Message]:
    found = Message.objects.within(EVERYTHING).filter(dispatch__template="transfer_planned", state__in=states)
    return list(found.select_related("dispatch", "person", "response"))


def test_everybody_of_a_plan_is_told_once_when_where_and_what_to_bring(taking: Taking) -> None:
    taking.listed(*taking.tiny.family)
    taking.adopted()
    worker.run_pending()
    waiting = told(State.QUEUED, State.CALLS)
    assert {one.person for one in waiting} == set(taking.tiny.family), "who has no number stands on the call list"
    values = own_values(waiting[0])
    assert values["where"]["zh"] == taking.hotel.name
    assert "医保卡" in values["bring"]["zh"]
    assert "月" in values["when"]["zh"]


def test_another_plan_stops_what_the_first_one_said(taking: Taking) -> None:
    taking.listed(*taking.tiny.family)
    for _plan in range(2):
        taking.adopted()
        worker.run_pending()
    assert len(told(State.QUEUED, State.CALLS)) == len(taking.tiny.family)
    assert len(told(State.STOPPED)) == len(taking.tiny.family)


def test_whose_order_is_over_hears_of_no_trip(taking: Taking) -> None:
    people = taking.listed(*taking.tiny.family)
    taking.adopted()
    worker.run_pending()
    actions.take_off(orders=[one.order for one in people if one.order], why="order_over", by=SYSTEM)
    worker.run_pending()
    assert told(State.QUEUED, State.CALLS) == []
