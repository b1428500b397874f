"""Supplies in the tiny city."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.domains.supplies.standing import Shelf

from wangge.base import clock

city = city_fixture(at=afternoon, answered=True, check_ins=False)


@pytest.fixture
def shelf(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Shelf]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Shelf(tiny)
