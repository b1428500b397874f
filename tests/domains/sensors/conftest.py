"""Sensors hang at doors of the tiny city, whose Response is under the eighth edition."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.domains.sensors.doors import Doors

from wangge.base import clock

city = city_fixture(at=afternoon, answered=True)


@pytest.fixture
def doors(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Doors]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Doors(tiny)
