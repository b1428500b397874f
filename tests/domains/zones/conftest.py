"""Zones are drawn in the tiny city."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.domains.zones.drawing import Drawing

from wangge.base import clock

city = city_fixture(at=afternoon, answered=True, check_ins=False)


@pytest.fixture
def drawing(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Drawing]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Drawing(tiny)
