"""Receptions are tried out in the tiny city, at three in the afternoon."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.city import Standing, afternoon, city_fixture, visit
from tests.flows.stage import Stage

from wangge.base import clock

city = city_fixture(at=afternoon, answered=False)


@pytest.fixture
def stage(city: Standing, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    with clock.held(city.at), visit(city, settings, tmp_path) as tiny:
        yield Stage(tiny)
